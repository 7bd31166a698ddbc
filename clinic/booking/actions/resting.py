"""A session that was done otherwise than planned changes how long the skin rests."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from clinic.booking import transitions
from clinic.booking.models import Appointment
from clinic.core.actor import Actor

Status = Appointment.Status


def rest_until(*, actor: Actor, appointment: Appointment, days: int, at: datetime) -> None:
    """Let the skin rest for `days` after a session that is in treatment or done.

    Whatever the client has booked before then goes on hold first, for two sessions never overlap
    in one rest. Call it inside a transaction that holds the client.
    """
    until = appointment.local_day + timedelta(days=days)
    if until == appointment.rest_until:
        return
    inside = Appointment.objects.filter(
        client_id=appointment.client_id,
        status__in=(Status.BOOKED, Status.ARRIVED),
        local_day__gte=appointment.local_day,
        local_day__lt=until,
    ).exclude(pk=appointment.pk)
    for early in inside.order_by("pk"):
        transitions.apply(
            early,
            Status.ON_HOLD,
            actor=actor,
            at=at,
            verb="appointment.hold",
            cause=_("The session before was deeper than planned, so the skin rests longer."),
        )
    Appointment.objects.filter(pk=appointment.pk).update(rest_until=until)
    appointment.rest_until = until
