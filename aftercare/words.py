"""Dates and times as people say them, in English. Pure: the day it is seen from is an argument."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
# Rounded up, never down: a limit told must not end before the real one.
ROUND_TO = timedelta(minutes=15)


def after_hours(start: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """That many real hours after ``start``, in the clinic's zone, rounded up to the quarter hour.

    Counted in UTC: over a clock change 24 hours end an hour earlier or later by the wall clock.
    """
    end = start.astimezone(UTC) + timedelta(hours=hours)
    over = timedelta(minutes=end.minute % 15, seconds=end.second, microseconds=end.microsecond)
    return (end + (ROUND_TO - over if over else timedelta())).astimezone(zone)


def long_day(day: date, *, year: bool = False) -> str:
    """'Tuesday 16 June', with the year on request."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{f' {day.year}' * year}"


def short_day(day: date, *, seen_from: date) -> str:
    """'Tue 16 June', with the year where it is another than that of ``seen_from``."""
    year = f" {day.year}" if day.year != seen_from.year else ""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}{year}"


def day_range(first: date, last: date, *, seen_from: date) -> str:
    """'Thu 18 until Fri 19 June', 'Tue 30 June until Thu 2 July'; the year where it changes."""
    if first == last:
        return short_day(first, seen_from=seen_from)
    end = short_day(last, seen_from=seen_from)
    if (first.year, first.month) == (last.year, last.month):
        return f"{DAYS[first.weekday()][:3]} {first.day} until {end}"
    return f"{short_day(first, seen_from=seen_from)} until {end}"


def moment(at: datetime, *, seen_from: date) -> str:
    """'Wed 17 June, 14:30'."""
    return f"{short_day(at.date(), seen_from=seen_from)}, {at:%H:%M}"


def span(hours: int) -> str:
    """'24 hours', '3 days', '2 weeks': the length as it is usually said."""
    if hours < 72 or hours % 24:
        return f"{hours} hours"
    days = hours // 24
    return f"{days // 7} weeks" if days % 7 == 0 and days > 7 else f"{days} days"


def listed(items: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
