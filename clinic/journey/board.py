"""The day at the desk: each appointment with its state, and whom to call back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from clinic.booking import wording
from clinic.booking.facts import day_facts_of
from clinic.booking.gate import outstanding
from clinic.booking.models import LIVE_STATUSES, Appointment, StatusChange
from clinic.booking.no_longer_offered import flagged
from clinic.booking.states import state_of
from clinic.clients.models import AdverseEvent
from clinic.clients.queries import in_scope
from clinic.core.actor import Actor

AHEAD = timedelta(days=7)
CALLS = 20
SHOWN = (*LIVE_STATUSES, "DONE", "ON_HOLD")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One appointment on the board. `why` is empty where nothing is missing."""

    appointment: Appointment
    state: str
    why: str = ""

    @property
    def ready(self) -> bool:
        return self.state in ("ready", "here", "in_treatment", "done")


@dataclass(frozen=True, kw_only=True)
class Call:
    """Somebody to call, and what to say."""

    appointment: Appointment
    line: str
    cause: str = ""


def board(actor: Actor, *, day: date, at: datetime) -> list[Row]:
    """The day's appointments at the actor's site, by time."""
    found = list(_appointments(actor, day, day).filter(status__in=SHOWN))
    causes = _causes([one for one in found if one.status == "ON_HOLD"])
    rows = _rows(found, at)
    return [replace(row, why=causes.get(row.appointment.pk, row.why)) for row in rows]


def calls(actor: Actor, *, day: date, at: datetime) -> list[Call]:
    """Whom to call: appointments that no longer stand as booked, those on hold, and those of the
    coming days that are not ready."""
    held = list(
        _appointments(actor, day, day + timedelta(days=365)).filter(status="ON_HOLD")[:CALLS]
    )
    causes = _causes(held)
    changed = flagged(actor, today=day)[:CALLS]
    coming = _appointments(actor, day + timedelta(days=1), day + AHEAD).filter(status="BOOKED")
    waiting = [row for row in _rows(list(coming), at) if not row.ready]
    return [
        *(Call(appointment=one.appointment, line=" ".join(one.reasons)) for one in changed),
        *(Call(appointment=one, line="", cause=causes.get(one.pk, "")) for one in held),
        *(Call(appointment=row.appointment, line=row.why) for row in waiting[:CALLS]),
    ]


def open_events(actor: Actor) -> list[AdverseEvent]:
    """Adverse events of the site's clients that a clinician has still to close, oldest first."""
    found = AdverseEvent.objects.filter(client__in=in_scope(actor), live=True)
    return list(found.select_related("client", "site").order_by("reported_at", "pk")[:CALLS])


def _appointments(actor: Actor, first: date, last: date) -> QuerySet[Appointment]:
    return (
        Appointment.objects.filter(site_id=actor.at_site, local_day__range=(first, last))
        .select_related("client", "procedure", "practitioner", "room")
        .order_by("starts_at", "pk")
    )


def _rows(found: list[Appointment], at: datetime) -> list[Row]:
    facts = day_facts_of(found, at=at) if found else {}
    rows = []
    for one in found:
        in_the_way = outstanding(facts[one.pk], starts_at=one.starts_at)
        state = state_of(one.status, in_the_way)
        why = ""
        if one.status == "BOOKED" and state != "ready":
            why = wording.call_line(
                in_the_way[0], name=one.client.full_name, before=one.local_day, today=at.date()
            )
        rows.append(Row(appointment=one, state=state, why=why))
    return rows


def _causes(held: list[Appointment]) -> dict[int, str]:
    changes = StatusChange.objects.filter(appointment__in=held, status="ON_HOLD").order_by("pk")
    return dict(changes.values_list("appointment_id", "cause"))
