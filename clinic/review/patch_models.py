"""The patch test that a clearance waits for: where, with what, when, and how it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.clients.models import Client
from clinic.core.fields import ActedBy
from clinic.intake.models import Clearance


class PatchTest(ActedBy):
    """One patch, on an area that is cleared. Only ever added."""

    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="patch_tests")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    area = models.CharField(max_length=20)
    what = models.CharField(max_length=500)
    done_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_patch_test_says_with_what", condition=~models.Q(what="")
            ),
        ]


class PatchReading(ActedBy):
    """How the skin was after a patch test. Only ever added; a reaction ends the clearance."""

    class Result(models.TextChoices):
        GOOD = "GOOD", _("Good: no reaction")
        REACTED = "REACTED", _("The skin reacted")

    patch = models.ForeignKey(PatchTest, models.PROTECT, related_name="readings")
    read_on = models.DateField()
    result = models.CharField(max_length=7, choices=Result.choices)
    note = models.TextField()
    at = models.DateTimeField()
