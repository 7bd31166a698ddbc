"""What was really done. A start that needs everything live, then a signed record."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site, User
from clinic.booking.models import Appointment, CheckIn
from clinic.clients.models import Client
from clinic.consent.models import Consent, ConsentText
from clinic.core.fields import ActedBy
from clinic.procedures.models import Procedure


class Treatment(ActedBy):
    """A treatment under way. While it runs, the appointment cannot end under it.

    `must_live` is true until `ended_at`; foreign keys (migration 0002) hold the appointment, the
    consent with both signatures, and today's check-in to it. A withdrawn consent or an adverse
    event ends it (migration 0006). It then owes a record, or `nothing_done_at`.
    """

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="treatment")
    client = models.ForeignKey(Client, models.PROTECT, related_name="treatments")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    practitioner = models.ForeignKey(User, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="treatments")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=60)
    local_day = models.DateField()
    nothing_new = models.BooleanField(default=True)
    cooling_off_until = models.DateTimeField()
    max_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    consent_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    session_number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_cause = models.CharField(max_length=500, blank=True, default="")
    stopped_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    nothing_done_at = models.DateTimeField(null=True)
    must_live = models.GeneratedField(
        expression=Case(When(ended_at=None, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="nothing_new_at_check_in", condition=Q(nothing_new=True)),
            models.CheckConstraint(
                name="not_before_the_cooling_off_has_passed",
                condition=Q(started_at__gte=models.F("cooling_off_until")),
            ),
            models.CheckConstraint(
                name="no_deeper_than_consented",
                condition=Q(max_depth_mm__lte=models.F("consent_depth_mm")),
            ),
        ]

    @property
    def owes_record(self) -> bool:
        """It was stopped, and nobody has signed yet what was done until then. One query."""
        over = self.ended_at is not None and self.nothing_done_at is None
        return over and not self.records.exists()


class TreatmentRecord(ActedBy):
    """The signed record. Never changed; a correction is a new record that supersedes it.

    `started_at` is the true start where it is not the treatment's. `voids`: this one only says
    that the record it supersedes was of another client; it has no areas.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="records")
    client = models.ForeignKey(Client, models.PROTECT, related_name="treatment_records")
    started_at = models.DateTimeField(null=True)
    voids = models.BooleanField(default=False, db_default=False)
    device = models.CharField(_("Device"), max_length=120)
    skin_preparation = models.CharField(max_length=200, blank=True, default="", db_default="")
    cartridge_kind = models.CharField(max_length=60, blank=True, default="", db_default="")
    more_cartridges = models.JSONField(default=list, db_default=[])
    cartridge_lot = models.CharField(_("Cartridge lot"), max_length=60)
    cartridge_expiry = models.DateField(_("Cartridge expiry"))
    performed_on = models.DateField()
    topicals = models.JSONField(default=list)
    anaesthetic = models.JSONField(null=True)
    products_given = models.JSONField(default=list)
    excluded_zones = models.CharField(max_length=300, blank=True)
    reactions = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    meaning = models.TextField()
    finished_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["treatment"],
                condition=Q(supersedes=None),
                name="one_first_record_per_treatment",
            ),
            models.CheckConstraint(
                name="a_void_supersedes_a_record",
                condition=Q(voids=False) | Q(supersedes__isnull=False),
            ),
            models.CheckConstraint(name="a_cartridge_has_a_lot", condition=~Q(cartridge_lot="")),
        ]


class TreatedArea(models.Model):
    """Depth and passes on one area, or one side; deeper than cleared only with a deviation."""

    class Side(models.TextChoices):
        BOTH = "", _("Both sides")
        LEFT = "LEFT", _("Left")
        RIGHT = "RIGHT", _("Right")

    record = models.ForeignKey(TreatmentRecord, models.PROTECT, related_name="areas")
    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="+")
    area = models.CharField(max_length=20)
    side = models.CharField(
        max_length=5, choices=Side.choices, blank=True, default="", db_default=""
    )
    depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    max_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    passes = models.PositiveSmallIntegerField()
    energy = models.CharField(max_length=40, blank=True, default="", db_default="")
    pulse = models.CharField(max_length=40, blank=True, default="", db_default="")
    endpoints = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "area", "side"], name="one_row_per_treated_side"
            ),
            models.CheckConstraint(name="an_area_has_a_depth", condition=Q(depth_mm__gt=0)),
        ]


class Deviation(ActedBy):
    """What was done otherwise than cleared: what, why, and what was done about it.

    Signed with its record, by whoever signs that. The clinical lead sees it until acknowledged.
    """

    record = models.ForeignKey(TreatmentRecord, models.PROTECT, related_name="deviations")
    kind = models.CharField(max_length=20)
    what = models.TextField()
    why = models.TextField()
    action = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind"], name="one_deviation_of_each_kind_per_record"
            ),
            models.CheckConstraint(
                name="a_deviation_is_explained",
                condition=~Q(what="") & ~Q(why="") & ~Q(action=""),
            ),
        ]


class DeviationSeen(ActedBy):
    """The clinical lead has seen a deviation, and what they note about it."""

    deviation = models.OneToOneField(Deviation, models.PROTECT, related_name="seen")
    note = models.TextField()
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_deviation_is_seen_with_a_note", condition=~Q(note="")),
        ]
