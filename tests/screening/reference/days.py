"""Dates, ages and waits."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from typing import Any


def iso(text: Any) -> dt.date | None:
    if not isinstance(text, str) or not re.match(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", text):
        return None
    year, month, day = map(int, text.split("-"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus(day: dt.date, window: dict[str, int]) -> dt.date:
    if "days" in window:
        return day + dt.timedelta(window["days"])
    for _ in range(window["months"]):
        # One month at a time, remembering the day that was asked for.
        first_of_next = (day.replace(day=1) + dt.timedelta(32)).replace(day=1)
        day = first_of_next
    return day


def after(basis: dt.date, window: dict[str, int]) -> dt.date:
    if "days" in window:
        return plus(basis, window)
    month = plus(basis.replace(day=1), window)
    last = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(basis.day, last))


def age(born: dt.date, on: dt.date) -> int:
    years = 0
    while (born.year + years + 1, born.month, born.day) <= (on.year, on.month, on.day):
        years += 1
    return years


def told(text: Any, given: dt.date, *, ahead: bool, exact: bool) -> dt.date | None:
    """The latest day that is meant: every day is written down, and the last that may be is taken.

    ``ahead``: the question asks about the future. ``exact``: only a whole date is an answer.
    """
    day = iso(text)
    if day is not None:
        return day if ahead or day <= given else None
    meant = days_meant(text) if isinstance(text, str) and not exact else []
    if not ahead:
        meant = [one for one in meant if one <= given]
    if not meant or (given != dt.date.max and age(meant[-1], given) > 120):
        return None
    return meant[-1]


@functools.cache
def days_meant(text: str) -> list[dt.date]:
    """Every day of a month, of a year, or from one day to another; none where it is nonsense."""
    if not text.isascii():
        return []
    first, last = iso(text[:10]), iso(text[11:])
    if len(text) == 21 and text[10] == "/" and first and last:
        if first > last or age(first, last) > 120:
            return []
        return [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    if len(text) not in (4, 7) or not text[:4].isdigit() or text[:4] == "0000":
        return []
    months = list(range(1, 13))
    if len(text) == 7:
        if text[4] != "-" or text[5:] not in [f"{month:02}" for month in months]:
            return []
        months = [int(text[5:])]
    return [
        dt.date(int(text[:4]), month, day)
        for month in months
        for day in range(1, calendar.monthrange(int(text[:4]), month)[1] + 1)
    ]
