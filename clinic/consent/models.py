"""Consent as evidence: the exact text, what was acknowledged, who signed, when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site, User
from clinic.clients.models import Client
from clinic.core.fields import ActedBy, Endable
from clinic.intake.models import Plan, Screening
from clinic.procedures.models import Modality, Procedure


class ConsentText(Endable):
    """One published version of the consent content for a modality. Ends when a newer one begins."""

    modality = models.CharField(max_length=10, choices=Modality.choices)
    version = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["modality", "version"], name="one_consent_text_per_version"
            ),
            models.UniqueConstraint(
                fields=["modality"],
                condition=models.Q(live=True),
                name="one_live_consent_text_per_modality",
            ),
        ]


class Consent(ActedBy, Plan, Endable):
    """The text made ready for one client and plan. Signatures are rows of their own.

    `content` is what is shown, whole: parts, risks, alternatives, acknowledgements. Until it is in
    the client's hands (`handed`), `given_at` and `cooling_off_until` are None: no time runs.
    """

    class Handed(models.TextChoices):
        NOT_YET = "", _("Not yet")
        LINK = "LINK", _("opened by private link")
        TABLET = "TABLET", _("shown on the clinic's tablet")
        PRINTED = "PRINTED", _("handed over in print")

    class End(models.TextChoices):
        NONE = "", _("In force")
        REFUSED = "REFUSED", _("Refused")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        SUPERSEDED = "SUPERSEDED", _("Replaced")

    client = models.ForeignKey(Client, models.PROTECT, related_name="consents")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    screening = models.ForeignKey(Screening, models.PROTECT)
    text = models.ForeignKey(ConsentText, models.PROTECT)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10, default="en")
    prepared_at = models.DateTimeField()
    handed = models.CharField(
        max_length=8, choices=Handed.choices, blank=True, default="", db_default=""
    )
    given_at = models.DateTimeField(null=True)
    cooling_off_until = models.DateTimeField(null=True)
    expires_on = models.DateField()
    end_kind = models.CharField(max_length=10, choices=End.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "procedure"],
                condition=models.Q(live=True),
                name="one_live_consent_per_client_and_procedure",
            ),
            models.CheckConstraint(
                name="cooling_off_starts_when_the_text_is_given",
                condition=models.Q(cooling_off_until__gte=models.F("given_at")),
            ),
            models.CheckConstraint(
                name="the_time_runs_from_the_handing_over",
                condition=models.Q(handed="", given_at=None, cooling_off_until=None)
                | (
                    ~models.Q(handed="")
                    & models.Q(given_at__isnull=False, cooling_off_until__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="an_ended_consent_says_how",
                condition=models.Q(ended_at=None, end_kind="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(end_kind="")),
            ),
        ]


class Signature(ActedBy):
    """One signature on a consent: the client's, or the practitioner's after it.

    `present`: names by role; `asked`, `questions`, `answers` and `capacity` are the practitioner's.
    """

    class Kind(models.TextChoices):
        CLIENT = "CLIENT", _("Client")
        PRACTITIONER = "PRACTITIONER", _("Practitioner")

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=5, choices=[("DRAWN", _("Drawn")), ("TYPED", _("Typed"))])
    printed_name = models.CharField(max_length=200)
    name_differs = models.BooleanField(default=False, db_default=False)
    name_explained = models.CharField(max_length=300, blank=True, default="", db_default="")
    present = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    asked = models.BooleanField(null=True)
    questions = models.TextField(blank=True, default="", db_default="")
    answers = models.TextField(blank=True, default="", db_default="")
    capacity = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    strokes = models.JSONField(null=True)
    meaning = models.TextField()
    acknowledged = ArrayField(models.CharField(max_length=40), default=list)
    choices = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "kind"], name="one_signature_of_each_kind"),
            models.CheckConstraint(
                name="a_drawn_signature_has_strokes",
                condition=~models.Q(method="DRAWN") | models.Q(strokes__isnull=False),
            ),
            models.CheckConstraint(
                name="a_signature_has_a_printed_name", condition=~models.Q(printed_name="")
            ),
            models.CheckConstraint(
                name="a_difference_of_names_is_explained",
                condition=models.Q(name_differs=False) | ~models.Q(name_explained=""),
            ),
            models.CheckConstraint(
                name="a_countersignature_is_by_staff",
                condition=~models.Q(kind="PRACTITIONER") | models.Q(signed_by__isnull=False),
            ),
        ]


class PhotosTakenBack(ActedBy):
    """The client no longer permits one kind of photos. The consent itself stays in force."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="photos_taken_back")
    photo = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "photo"], name="a_photo_permission_is_taken_back_once"
            ),
        ]


class ConsentDocument(models.Model):
    """The sealed PDF of a signed consent: its bytes and their hash. Never changed."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="documents")
    signatures = models.PositiveSmallIntegerField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "signatures"], name="one_document_per_signing"
            ),
        ]
