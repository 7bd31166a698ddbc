"""The days every test lives in: answers on Monday 1 June 2026, treatment on Tuesday 16 June."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
MONDAY = date(2026, 6, 1)
TUESDAY = date(2026, 6, 16)
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZONE)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of day at the clinic."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)
