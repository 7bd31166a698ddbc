"""The demo's days and times. Pure: today is an argument."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(19)
NOON_OF_STORIES = time(10, 5)
SUNDAY = 6


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The clinic's calendar around `today`. The stories run up to `until`, a fixed time of day.

    Nothing is stamped later than `latest`, so that a demo made in the small hours is not ahead of
    its own clock.
    """

    today: date
    zone: ZoneInfo
    latest: datetime

    @classmethod
    def around(cls, now: datetime) -> "Calendar":
        """The calendar for a demo that is made `now` (aware, at the clinic).

        Only the day counts, and whether the stories' time of day has passed yet.
        """
        zone = ZoneInfo(str(now.tzinfo))
        story, dawn = (
            datetime.combine(now.date(), at, tzinfo=zone) for at in (NOON_OF_STORIES, time(0, 1))
        )
        return cls(today=now.date(), zone=zone, latest=story if now >= story else dawn)

    @property
    def until(self) -> datetime:
        """The moment up to which the stories are told."""
        return self.at(self.today, NOON_OF_STORIES.hour, NOON_OF_STORIES.minute)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """That time of day at the clinic; minutes may run over the hour."""
        start = datetime.combine(day, time(), tzinfo=self.zone)
        return start.replace(hour=hour) + timedelta(minutes=minute)

    def open_day(self, days: int) -> date:
        """The day so many days from today, or the open one nearest to it in that direction.

        The clinic is closed on Sundays, except that today is always open.
        """
        day = self.today + timedelta(days=days)
        step = timedelta(days=1 if days > 0 else -1)
        while day != self.today and day.weekday() == SUNDAY:
            day += step
        return day

    def is_open(self, day: date) -> bool:
        """Whether clients are treated on that day."""
        return day == self.today or day.weekday() != SUNDAY
