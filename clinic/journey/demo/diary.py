"""Who is free when: one session at a time per practitioner, on the hour. No database."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from clinic.accounts.models import User
from clinic.journey.demo.calendar import CLOSES, OPENS, Calendar
from clinic.journey.demo.cast import Place, Worker
from clinic.procedures.models import Room


@dataclass(frozen=True, kw_only=True)
class Time:
    """A time with a practitioner in the room of the same number."""

    worker: Worker
    room: Room
    starts_at: datetime

    @property
    def practitioner(self) -> User:
        return self.worker.user


@dataclass(kw_only=True)
class Diary:
    """The times that are taken, at every site."""

    calendar: Calendar
    _taken: set[tuple[int, datetime]] = field(default_factory=set)

    def keep(self, place: Place, performer: int, day: date, hour: int) -> Time:
        """Take that very time; ValueError when it is taken."""
        time = self._time(place, performer, day, hour)
        key = (time.practitioner.pk, time.starts_at)
        if key in self._taken:
            raise ValueError(f"{time.practitioner.name} is busy at {time.starts_at}")
        self._taken.add(key)
        return time

    def find(self, place: Place, first: date, last: date, draw: Random) -> Time | None:
        """Take a free time on the first open day that has one."""
        day = first
        while day <= last:
            if self.calendar.is_open(day) and (time := self._free_on(place, day, draw)):
                return time
            day += timedelta(days=1)
        return None

    def _free_on(self, place: Place, day: date, draw: Random) -> Time | None:
        hours = range(OPENS.hour, CLOSES.hour)
        every = [(who, hour) for hour in hours for who in range(len(place.performers))]
        draw.shuffle(every)
        for who, hour in every:
            time = self._time(place, who, day, hour)
            if (key := (time.practitioner.pk, time.starts_at)) not in self._taken:
                self._taken.add(key)
                return time
        return None

    def _time(self, place: Place, performer: int, day: date, hour: int) -> Time:
        return Time(
            worker=place.performers[performer],
            room=place.rooms[performer],
            starts_at=self.calendar.at(day, hour),
        )
