"""The people who come to be treated, what holds them up, and the links they were sent."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Organisation, Site
from clinic.clients import phones
from clinic.core.fields import ActedBy, Endable


class Client(models.Model):
    """One person, once for the whole organisation, seen at the sites of `ClientSite`.

    `name_key` sorts lists by name (see `names.sort_key`); who has one name only has it as the
    first name.

    `site` is the one that registered them. `event_free` is false while an adverse event is open,
    wherever it arose (see `AdverseEvent`).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clients")
    site = models.ForeignKey(Site, models.PROTECT, related_name="clients")
    first_name = models.CharField(_("First name"), max_length=80)
    last_name = models.CharField(_("Last name"), max_length=80, blank=True)
    name_key = models.CharField(max_length=170, db_collation="C")
    date_of_birth = models.DateField(_("Date of birth"))
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("Language"), max_length=10, blank=True, default="")
    search_text = models.CharField(max_length=400)
    phone_digits = models.CharField(max_length=40, blank=True)
    event_free = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_client_can_be_reached",
                condition=~models.Q(phone="", email=""),
            ),
            models.CheckConstraint(
                name="a_client_has_a_name",
                condition=~models.Q(first_name="") & ~models.Q(name_key=""),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name_key", "id"], name="client_by_name"),
            models.Index(Lower("last_name"), "date_of_birth", name="client_by_birth_and_name"),
            models.Index(fields=["organisation", "date_of_birth"], name="client_by_birth"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def listed_name(self) -> str:
        """As in a list by name: "Lind, Maya"."""
        return f"{self.last_name}, {self.first_name}" if self.last_name else self.first_name

    @property
    def tel(self) -> str:
        """The number for a `tel:` link, dialled alike from every country."""
        return f"+{self.phone_digits}" if phones.parse(self.phone) else self.phone_digits


class ClientSite(models.Model):
    """A site that has served a client, or is about to: it sees them, and no other site does.

    The database adds the site that registers somebody; another one links them. Never taken back.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="seen_at")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "site"], name="a_site_sees_a_client_once"),
        ]


class SearchWord(models.Model):
    """One searchable word of a client at one site, so that any part is found by its prefix.

    `suffix` is a tail of a lower-case word of name, phone or e-mail: "maya" gives "maya", "aya",
    "ya". A prefix search over all tails finds any part, with an ordinary index and no extension.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="search_words")
    site_id = models.BigIntegerField()
    suffix = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(
                fields=["site_id", "suffix", "client"],
                name="client_by_any_part",
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            )
        ]


class AdverseEvent(ActedBy, Endable):
    """Something went wrong after a treatment. While it is open, nothing can be booked.

    The promise stands in the database: an open event refers to its client as "not event free",
    a confirmed appointment refers to the same client as "event free". So does one that was closed
    with "never again", or with "only after a doctor's word" while `word_given` is false.
    """

    class Follows(models.TextChoices):
        AGAIN = "AGAIN", _("May be treated again")
        DOCTOR = "DOCTOR", _("Only after a doctor’s word")
        NEVER = "NEVER", _("Never again")

    client = models.ForeignKey(Client, models.PROTECT, related_name="adverse_events")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    what = models.CharField(max_length=1000)
    onset = models.DateField()
    severity = models.CharField(
        max_length=10,
        choices=[("MILD", _("Mild")), ("MODERATE", _("Moderate")), ("SEVERE", _("Severe"))],
    )
    reported_at = models.DateTimeField()
    follows = models.CharField(
        max_length=10, choices=Follows.choices, blank=True, default="", db_default=""
    )
    word_given = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["client"], name="open_events", condition=models.Q(live=True))
        ]

    @property
    def waits_for_word(self) -> bool:
        """Closed with "only after a doctor's word", and none is on record."""
        return self.follows == self.Follows.DOCTOR and not self.word_given


class EventEntry(ActedBy):
    """One thing done, seen or told about an adverse event. Only ever added."""

    class Kind(models.TextChoices):
        ACTION = "ACTION", _("What was done")
        SEEN = "SEEN", _("What was seen or told")
        WORD = "WORD", _("A doctor’s word")

    event = models.ForeignKey(AdverseEvent, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_entry_has_words", condition=~models.Q(words="")),
        ]


class ClientLink(Endable):
    """A private link for one client and one purpose, sent by `site`.

    Only the hash of its token is kept.
    """

    class Purpose(models.TextChoices):
        INTAKE = "INTAKE", _("Health questions")
        CONSENT = "CONSENT", _("Consent")
        AFTERCARE = "AFTERCARE", _("Aftercare sheet")

    client = models.ForeignKey(Client, models.CASCADE, related_name="links")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    object_id = models.BigIntegerField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failed_attempts = models.PositiveSmallIntegerField(default=0)
