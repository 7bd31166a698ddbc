"""The diary of a day, practitioner by practitioner."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.accounts.models import User
from clinic.booking import queries
from clinic.booking.diary import Hours, gaps
from clinic.booking.facts import day_facts_of
from clinic.booking.gate import outstanding
from clinic.booking.models import TAKES_TIME_STATUSES, Appointment
from clinic.booking.states import state_of
from clinic.booking.views.common import day_given
from clinic.clients.actions import seen_in_list


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An appointment with its state, or free time where there is none."""

    starts_at: datetime
    ends_at: datetime
    appointment: Appointment | None = None
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One practitioner's day."""

    practitioner: User
    entries: list[Entry]
    booked: int


@staff()
@require_safe
def day(request: StaffRequest) -> HttpResponse:
    """Who comes when, to whom, and when is each practitioner free?"""
    now = timezone.now()
    shown = day_given(request, "date") or timezone.localdate(now)
    booked = queries.on_day(request.actor, shown)
    clients = list({one.client_id: one.client for one in booked}.values())
    seen_in_list(actor=request.actor, clients=clients, at=now, verb="booking.day")
    people = _people(queries.practitioners(request.actor), booked)
    states = _states(booked, now)
    hours = queries.hours_of(queries.site(request.actor))
    context = {
        "day": shown,
        "is_today": shown == timezone.localdate(now),
        "previous": shown - timedelta(days=1),
        "next": shown + timedelta(days=1),
        "columns": [_column(one, booked, states, shown, hours) for one in people],
        "total": len(booked),
    }
    return render(request, "booking/day.html", context)


def _people(working: list[User], booked: list[Appointment]) -> list[User]:
    known = {one.pk: one for one in working}
    for one in booked:
        known.setdefault(one.practitioner_id, one.practitioner)
    return list(known.values())


def _states(booked: list[Appointment], now: datetime) -> dict[int, str]:
    facts = day_facts_of(booked, at=now) if booked else {}
    return {
        one.pk: state_of(one.status, outstanding(facts[one.pk], starts_at=one.starts_at))
        for one in booked
    }


def _column(
    person: User, booked: list[Appointment], states: dict[int, str], day: date, hours: Hours
) -> Column:
    own = [one for one in booked if one.practitioner_id == person.pk]
    busy = [(one.starts_at, one.ends_at) for one in own if one.status in TAKES_TIME_STATUSES]
    entries = [
        Entry(starts_at=start, ends_at=end) for start, end in gaps(day=day, hours=hours, taken=busy)
    ]
    entries += [
        Entry(starts_at=one.starts_at, ends_at=one.ends_at, appointment=one, state=states[one.pk])
        for one in own
    ]
    entries.sort(key=lambda entry: (entry.starts_at, entry.appointment is None))
    return Column(practitioner=person, entries=entries, booked=len(own))
