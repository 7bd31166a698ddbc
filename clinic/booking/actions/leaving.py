"""An appointment that will not happen, or did not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.booking import transitions
from clinic.booking.actions.common import locked_as_read, must_be_allowed
from clinic.booking.errors import told
from clinic.booking.models import Appointment
from clinic.core.actor import Actor
from clinic.core.errors import Refused

Status = Appointment.Status


def cancel(*, actor: Actor, appointment: Appointment, cause: str, at: datetime) -> Appointment:
    """Cancel an appointment, with a cause that a person can read. Raises `Refused`."""
    if not cause.strip():
        raise Refused(_("Please say why it is cancelled."))
    return _leave(
        Status.CANCELLED, actor=actor, appointment=appointment, cause=cause.strip(), at=at
    )


def no_show(*, actor: Actor, appointment: Appointment, at: datetime) -> Appointment:
    """The client did not come. Raises `Refused` before the appointment has begun."""
    if at < appointment.starts_at:
        raise Refused(_("The appointment has not begun yet."))
    return _leave(
        Status.NO_SHOW,
        actor=actor,
        appointment=appointment,
        cause=_("The client did not come."),
        at=at,
    )


def _leave(
    to: Status, *, actor: Actor, appointment: Appointment, cause: str, at: datetime
) -> Appointment:
    must_be_allowed(actor, site_id=appointment.site_id)
    with told(), transaction.atomic():
        now = locked_as_read(appointment)
        verb = "appointment.cancel" if to is Status.CANCELLED else "appointment.no_show"
        return transitions.apply(now, to, actor=actor, at=at, verb=verb, cause=cause)
