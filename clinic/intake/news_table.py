"""What was told after answers were given. Only ever added: migration 0009 acts on each new row."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.clients.models import Client
from clinic.core.fields import ActedBy


class News(ActedBy):
    """Something new was told about a client; the questions it touches are unanswered from then on.

    `question_ids`: those questions, with what they follow from and what follows from them;
    `everything`: all questions, whichever they are. `told_by`: who told it, "" for the client.
    `cause`: the words under which clearances end and appointments go on hold.
    """

    class Kind(models.TextChoices):
        CHECK_IN = "CHECK_IN", _("At check-in")
        PHONE = "PHONE", _("On the phone")
        MESSAGE = "MESSAGE", _("In a message")
        IN_PERSON = "IN_PERSON", _("In person")
        AFTERCARE = "AFTERCARE", _("In a check-in after treatment")
        BIRTHDAY = "BIRTHDAY", _("Date of birth corrected")
        ADVERSE_EVENT = "ADVERSE_EVENT", _("Adverse event")

    client = models.ForeignKey(Client, models.PROTECT, related_name="news")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    words = models.TextField(blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    question_ids = ArrayField(models.CharField(max_length=60), default=list)
    everything = models.BooleanField()
    cause = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="news_touches_a_question",
                condition=models.Q(everything=True) | ~models.Q(question_ids=[]),
            ),
            models.CheckConstraint(name="news_has_a_cause", condition=~models.Q(cause="")),
            models.UniqueConstraint(fields=["id", "client"], name="news_of_client"),
        ]
        indexes = [models.Index(fields=["client", "id"], name="news_by_client")]
