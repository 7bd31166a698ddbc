"""How long ago, as people say it, turned into the days that it can mean. Pure.

Both give a span as the screening engine stores it, `"2023-12-01/2024-12-01"`. It is always rounded
outwards: half a week is 4 days, half a month 16.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from screening.engine.dates import add_months

Unit = Literal["weeks", "months", "years"]

_MOVED: dict[Unit, Callable[[date, int], date]] = {
    "weeks": lambda day, count: day + timedelta(weeks=count),
    "months": add_months,
    "years": lambda day, count: add_months(day, 12 * count),
}
_HALVES: dict[Unit, tuple[Callable[[date, int], date], int]] = {
    "weeks": (lambda day, count: day + timedelta(days=count), 4),
    "months": (lambda day, count: day + timedelta(days=count), 16),
    "years": (add_months, 6),
}


def about(count: int, unit: Unit, *, today: date, ahead: bool) -> str:
    """Half a unit to either side: about two years ago is 30 to 18 months ago.

    With `ahead`, the same from now on. `count` is at least 1. Days on the wrong side of `today`
    are left out.
    """
    middle = _MOVED[unit](today, count if ahead else -count)
    move, half = _HALVES[unit]
    first, last = move(middle, -half), move(middle, half)
    return _span(max(first, today), last) if ahead else _span(first, min(last, today))


def within(count: int, unit: Unit, *, today: date, ahead: bool) -> str:
    """Less than so long ago: any day from then to today. With `ahead`, from today to then."""
    if ahead:
        return _span(today, _MOVED[unit](today, count))
    return _span(_MOVED[unit](today, -count), today)


def _span(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"
