"""Appointments that cannot exist without what allows them. The promises are in migration 0002."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site, User
from clinic.clients.models import Client
from clinic.core.fields import ActedBy
from clinic.intake.models import Clearance, Plan
from clinic.procedures.models import Procedure, Room

LIVE_STATUSES = ("BOOKED", "ARRIVED", "IN_TREATMENT")
TAKES_TIME_STATUSES = (*LIVE_STATUSES, "DONE")


class Appointment(Plan):
    """A time with a practitioner in a room, resting on a clearance.

    While `status` is live, `must_live` is true and the composite foreign keys hold the clearance
    and the client to it. `rest_until` is the first day on which the next session may be.
    The `clearance_*` columns are copies that the foreign key keeps true.
    """

    class Status(models.TextChoices):
        BOOKED = "BOOKED", _("Booked")
        ARRIVED = "ARRIVED", _("Here")
        IN_TREATMENT = "IN_TREATMENT", _("In treatment")
        DONE = "DONE", _("Done")
        ON_HOLD = "ON_HOLD", _("On hold")
        CANCELLED = "CANCELLED", _("Cancelled")
        NO_SHOW = "NO_SHOW", _("Did not come")

    client = models.ForeignKey(Client, models.PROTECT, related_name="appointments")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    practitioner = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, models.PROTECT)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="appointments")
    status = models.CharField(max_length=12, choices=Status.choices, default="BOOKED")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60)
    local_day = models.DateField()
    rest_until = models.DateField()
    clearance_valid_from = models.DateField()
    clearance_valid_until = models.DateField()
    clearance_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    clearance_anaesthetic = models.BooleanField()
    booked_at = models.DateTimeField()
    must_live = models.GeneratedField(
        expression=Case(When(status__in=LIVE_STATUSES, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_appointment_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="a_live_appointment_is_inside_its_clearance",
                condition=~Q(status__in=LIVE_STATUSES)
                | Q(
                    local_day__gte=models.F("clearance_valid_from"),
                    local_day__lte=models.F("clearance_valid_until"),
                    depth_mm__lte=models.F("clearance_depth_mm"),
                ),
            ),
            models.CheckConstraint(
                name="numbing_only_as_cleared",
                condition=Q(anaesthetic_planned=False) | Q(clearance_anaesthetic=True),
            ),
            models.CheckConstraint(
                name="the_rest_is_at_least_28_days",
                condition=Q(rest_until__gte=models.F("local_day") + 28),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "local_day", "starts_at"], name="appointments_by_day"),
            models.Index(fields=["client", "-starts_at"], name="appointments_by_client"),
            models.Index(fields=["clearance"], name="appointments_by_clearance"),
        ]


class StatusChange(ActedBy):
    """One step of an appointment's life, with its cause. Only ever added."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="changes")
    status = models.CharField(max_length=12, choices=Appointment.Status.choices)
    cause = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()


class CheckIn(ActedBy):
    """What was asked at the desk on the day. Only ever added; the newest one counts."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="check_ins")
    client = models.ForeignKey(Client, models.PROTECT)
    local_day = models.DateField()
    identity_confirmed = models.BooleanField()
    answers = models.JSONField()
    nothing_new = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_is_confirmed_at_check_in", condition=Q(identity_confirmed=True)
            ),
        ]
