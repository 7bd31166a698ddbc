"""Calendar arithmetic for waiting times and ages. No clock: every date is an argument."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A waiting time: calendar days, or calendar months. Exactly one is given."""

    days: int | None = None
    months: int | None = None

    def __post_init__(self) -> None:
        given = [n for n in (self.days, self.months) if n is not None]
        if len(given) != 1 or given[0] < 1:
            raise ValueError("a window is a positive number of either days or months")

    def after(self, basis: date) -> date:
        """The first day on which the wait is over: treatment on that very day is allowed."""
        try:
            if self.days is not None:
                return basis + timedelta(days=self.days)
            return add_months(basis, self.months or 0)
        except OverflowError:
            return date.max


def add_months(day: date, months: int) -> date:
    """Add calendar months; a day that does not exist becomes the last day of that month.

    31 August plus six months is the last day of February. Raises OverflowError past year 9999.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError("date out of range")
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def parse_iso(text: object) -> date | None:
    """Read ``YYYY-MM-DD``; anything else, other ISO 8601 spellings included, is ``None``."""
    if not isinstance(text, str) or not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def age_on(day: date, *, born: date) -> int:
    """Whole years of age on a day. Someone born on 29 February turns a year older on
    1 March in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(*, born: date, age: int) -> date:
    """The first day on which ``age_on`` gives that age."""
    year = born.year + age
    if year > date.max.year:
        return date.max
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def in_words(day: date) -> str:
    """``31 July 2026``: how a report in English names a day."""
    return f"{day.day} {month_name[day.month]} {day.year}"
