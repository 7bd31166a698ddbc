"""Free times that suit this client: the gate day by day, then the diary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from clinic.accounts.models import User
from clinic.booking import queries
from clinic.booking.diary import Free, Taken, free_times
from clinic.booking.gate import Answer, bookable, to_be_done
from clinic.booking.thinking import Thinking
from clinic.booking.values import BookingFacts
from clinic.core.actor import Actor
from clinic.procedures.models import Procedure

SHOWN = 14
LOOKED_AHEAD = 120
"""Days after which nobody is booked: answers last 30 days, the longest rest is a few weeks."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One free time as a button: `value` is what the form sends back."""

    starts_at: datetime
    practitioner: str
    value: str


@dataclass(frozen=True, kw_only=True)
class OfferedDay:
    """The free times of one day."""

    day: date
    offers: list[Offer]


@dataclass(frozen=True, kw_only=True)
class Offers:
    """`answer` is about the first suitable day, or says why there is none.

    `earlier` and `later` are the first days of the pages before and after, if there are any.
    """

    answer: Answer
    days: list[OfferedDay]
    practitioners: list[User]
    earlier: date | None = None
    later: date | None = None


def offers(
    *,
    actor: Actor,
    facts: BookingFacts,
    procedure: Procedure,
    now: datetime,
    after: Thinking,
    wanted: date | None = None,
    practitioner_id: int | None = None,
    moving: int | None = None,
) -> Offers:
    """The free times of two weeks from the first suitable day, or from `wanted` if that is later.

    None before the time to think `after` is over. Three queries; the gate is asked for every day
    over the same facts.
    """
    people = queries.performers(procedure)
    earliest = max(now, after.until - timedelta(microseconds=1))  # the very moment will do
    open_days = suitable_days(facts, timezone.localdate(now))
    suitable = [day for day in open_days if day >= timezone.localdate(max(now, after.until))]
    if open_days and not suitable:
        return Offers(answer=after.answer, days=[], practitioners=people)
    if not suitable:
        answer = to_be_done(replace(facts, on=max(facts.on, timezone.localdate(now))))
        return Offers(answer=answer, days=[], practitioners=people)
    first = max(suitable[0], wanted) if wanted and wanted <= suitable[-1] else suitable[0]
    window = [day for day in suitable if first <= day < first + timedelta(days=SHOWN)]
    chosen = [one for one in people if practitioner_id in (None, one.pk)]
    return Offers(
        answer=bookable(replace(facts, on=suitable[0])),
        days=_days(actor, procedure, chosen, window, now=earliest, moving=moving),
        practitioners=people,
        earlier=max(suitable[0], first - timedelta(days=SHOWN)) if first > suitable[0] else None,
        later=next((day for day in suitable if day >= first + timedelta(days=SHOWN)), None),
    )


def suitable_days(facts: BookingFacts, today: date) -> list[date]:
    """Every day from today on which the gate is open."""
    ahead = (today + timedelta(days=n) for n in range(LOOKED_AHEAD))
    return [day for day in ahead if bookable(replace(facts, on=day)).allows]


def _days(
    actor: Actor,
    procedure: Procedure,
    people: Sequence[User],
    days: Sequence[date],
    *,
    now: datetime,
    moving: int | None,
) -> list[OfferedDay]:
    if not days or not people:
        return []
    rooms = queries.rooms(actor)
    taken = queries.taken(first=days[0], last=days[-1], people=people, places=rooms, but=moving)
    names = {one.pk: one.name for one in people}
    found = []
    for day in days:
        free = free_times(
            day=day,
            hours=queries.hours_of(procedure.site),
            length=timedelta(minutes=procedure.duration_minutes),
            practitioners=_least_busy(names, taken, day),
            rooms=[room.pk for room in rooms],
            taken=taken,
            after=now,
        )
        if free:
            found.append(OfferedDay(day=day, offers=[_offer(one, names) for one in free]))
    return found


def _least_busy(people: Iterable[int], taken: Sequence[Taken], day: date) -> list[int]:
    """Who has the fewest appointments that day comes first; of equals the first by name."""
    busy = Counter(one.practitioner_id for one in taken if timezone.localdate(one.starts_at) == day)
    return sorted(people, key=lambda person: busy[person])


def _offer(free: Free, names: dict[int, str]) -> Offer:
    start = f"{free.starts_at:%Y-%m-%dT%H:%M}"
    return Offer(
        starts_at=free.starts_at,
        practitioner=names[free.practitioner_id],
        value=f"{start}/{free.practitioner_id}/{free.room_id}",
    )
