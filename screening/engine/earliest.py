"""The first planned date with nothing above ADVISE, by the generated functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .context import PlanValue
from .dates import birthday
from .generate import Generated, Judged, Values
from .levels import UNKNOWN, Level, Unknown


def earliest_generated(
    made: Generated,
    judged: Judged,
    *,
    values: Values,
    plan: Mapping[str, PlanValue],
    given: date,
    planned: date,
) -> date | Unknown | None:
    """As ``judge.earliest_clear``; UNKNOWN where a day is left to the plain evaluator.

    Days are judged only where one of them can change something, and ``judged``, what was found
    for the planned date, is not found again.
    """
    top, _, _, _, stays, ends = judged
    if stays:
        return None
    days = {day for day in (*ends, *_birthdays(made, values, given)) if day > given}
    if not days:
        return None if top > Level.ADVISE else given
    for day in (given, *sorted(days)):
        again = judged if day == planned else made.judge(values, plan, given, day)
        if again is None:
            return UNKNOWN
        if again[0] <= Level.ADVISE:
            return day
    return None


def _birthdays(made: Generated, values: Values, given: date) -> Iterator[date]:
    """The birthdays at which something may change, unless all of them are long over."""
    born = values[made.born] if made.born >= 0 else None
    if isinstance(born, date) and made.ages and born.year + made.ages[-1] >= given.year:
        yield from (birthday(born=born, age=age) for age in made.ages)
