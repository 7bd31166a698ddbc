"""The steps of an appointment's life: one table, one way to take them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.booking.models import Appointment, StatusChange
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by

Status = Appointment.Status

STEPS: Mapping[Status, frozenset[Status]] = {
    Status.BOOKED: frozenset(
        {Status.BOOKED, Status.ARRIVED, Status.ON_HOLD, Status.CANCELLED, Status.NO_SHOW}
    ),
    Status.ARRIVED: frozenset({Status.IN_TREATMENT, Status.ON_HOLD, Status.CANCELLED}),
    Status.IN_TREATMENT: frozenset({Status.DONE, Status.CANCELLED}),
    Status.ON_HOLD: frozenset({Status.BOOKED, Status.CANCELLED, Status.NO_SHOW}),
    Status.DONE: frozenset({Status.CANCELLED}),
    Status.CANCELLED: frozenset(),
    Status.NO_SHOW: frozenset(),
}
"""From each status to the next. BOOKED to BOOKED is a move; DONE to CANCELLED only where it turns
out that nothing was done. The database keeps the same table (migration 0004), takes the steps to
ON_HOLD itself when a clearance ends, and to DONE when consent is withdrawn during treatment."""


def may(appointment: Appointment, to: Status) -> bool:
    """Whether that step is in the table."""
    return to in STEPS[Status(appointment.status)]


def apply(
    appointment: Appointment,
    to: Status,
    *,
    actor: Actor,
    at: datetime,
    verb: str,
    cause: str = "",
    **changes: Any,
) -> Appointment:
    """Take one step, with its row of history and its audit row; inside a transaction.

    `changes` are other columns that change with it. Raises `Refused` for a step that is not in the
    table, and when somebody else has taken one since the appointment was read.
    """
    if not may(appointment, to):
        raise Refused(
            _("This appointment is “%(status)s” and cannot become “%(to)s”.")
            % {"status": Status(appointment.status).label, "to": to.label}
        )
    unchanged = Appointment.objects.filter(
        pk=appointment.pk, status=appointment.status, starts_at=appointment.starts_at
    )
    if not unchanged.update(status=to, **changes):
        raise Refused(_("Somebody else has just changed this appointment. Please look again."))
    StatusChange.objects.create(
        appointment=appointment, status=to, cause=cause, at=at, **acted_by(actor)
    )
    record(
        actor=actor,
        verb=verb,
        at=at,
        subject=appointment,
        client_id=appointment.client_id,
        status=to.value,
    )
    appointment.refresh_from_db()
    return appointment
