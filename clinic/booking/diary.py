"""Which times are free: pure arithmetic over opening hours and what is taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

STEP = timedelta(minutes=30)
"""Free times are offered on the half hour."""
WORTH_SHOWING = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A time in which a practitioner and a room are in use."""

    practitioner_id: int
    room_id: int
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, start: datetime, end: datetime) -> bool:
        return self.starts_at < end and start < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Opening hours at the clinic's own time."""

    opens: time
    closes: time
    zone: tzinfo

    def on(self, day: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, self.opens, tzinfo=self.zone),
            datetime.combine(day, self.closes, tzinfo=self.zone),
        )


@dataclass(frozen=True, kw_only=True)
class Free:
    """A time that can be taken, with the practitioner and the room that are free then."""

    starts_at: datetime
    practitioner_id: int
    room_id: int


def free_times(
    *,
    day: date,
    hours: Hours,
    length: timedelta,
    practitioners: Sequence[int],
    rooms: Sequence[int],
    taken: Sequence[Taken],
    after: datetime,
) -> list[Free]:
    """The free starts of a day, each once, later than `after`.

    Practitioners and rooms are tried in the order given.
    """
    opens, closes = hours.on(day)
    found = []
    for start in _starts(opens, closes, length):
        if start <= after:
            continue
        busy = [one for one in taken if one.overlaps(start, start + length)]
        who = _first(practitioners, {one.practitioner_id for one in busy})
        room = _first(rooms, {one.room_id for one in busy})
        if who is not None and room is not None:
            found.append(Free(starts_at=start, practitioner_id=who, room_id=room))
    return found


def gaps(
    *, day: date, hours: Hours, taken: Iterable[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """The free stretches of one practitioner's day, in order."""
    at, closes = hours.on(day)
    found = []
    for start, end in sorted(taken):
        if start - at >= WORTH_SHOWING:
            found.append((at, min(start, closes)))
        at = max(at, end)
    if closes - at >= WORTH_SHOWING:
        found.append((at, closes))
    return found


def _starts(opens: datetime, closes: datetime, length: timedelta) -> Iterator[datetime]:
    start = opens
    while start + length <= closes:
        yield start
        start += STEP


def _first(wanted: Sequence[int], busy: set[int]) -> int | None:
    return next((one for one in wanted if one not in busy), None)
