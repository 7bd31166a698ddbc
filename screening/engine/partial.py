"""Dates that people know only in part, as they are stored.

Beside ``"YYYY-MM-DD"`` three forms of ISO 8601-2 (EDTF) are read:

``"YYYY-MM"``                  some day of that month
``"YYYY"``                     some day of that year
``"YYYY-MM-DD/YYYY-MM-DD"``    some day from the first to the second, both included: what "about
                               two years ago" or "not sure, less than six months" becomes

Nothing else of that standard is: no open end, no "~" or "?", no month beside a month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from .dates import age_on, parse_iso

GREATEST_SPAN: Final = 120
"""Years. Who says "some time in more than a lifetime" has said nothing."""

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """From the first day that is meant to the last, and how that was said."""

    first: date
    last: date
    said_as: Literal["day", "month", "year", "span"]


def read_period(raw: object) -> Period | None:
    """Read a date that is whole or known in part; ``None`` for anything else."""
    if not isinstance(raw, str):
        return None
    day = parse_iso(raw)
    if day is not None:
        return Period(first=day, last=day, said_as="day")
    try:
        if found := _MONTH.fullmatch(raw):
            return _month(int(found[1]), int(found[2]))
        if _YEAR.fullmatch(raw):
            year = int(raw)
            return Period(first=date(year, 1, 1), last=date(year, 12, 31), said_as="year")
    except ValueError:
        return None
    return _span(raw)


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    last = first.replace(day=monthrange(year, month)[1])
    return Period(first=first, last=last, said_as="month")


def _span(raw: str) -> Period | None:
    one, _, other = raw.partition("/")
    first, last = parse_iso(one), parse_iso(other)
    if first is None or last is None or first > last:
        return None
    if age_on(last, born=first) > GREATEST_SPAN:
        return None
    return Period(first=first, last=last, said_as="span")
