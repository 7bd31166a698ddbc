"""The first planned date with nothing above ADVISE, by the generated functions."""

from __future__ import annotations

from collections.abc import Mapping
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

    What is found changes only on these days, so ``judged``, what was found for the planned
    date, holds from the last of them before it to the next.
    """
    top, _, _, _, stays, free, ends = judged
    if stays:
        return None
    turning = _birthdays(made, values, given)
    if not ends and not turning and free <= planned:
        return free if top <= Level.ADVISE else None
    days = [free, *sorted({day for day in (*ends, *turning) if day > free})]
    for day, following in zip(days, (*days[1:], None), strict=True):
        known = day <= planned and (following is None or planned < following)
        found = judged if known else made.judge(values, plan, given, day)
        if found is None:
            return UNKNOWN
        if found[0] <= Level.ADVISE:
            return day
    return None


def _birthdays(made: Generated, values: Values, given: date) -> list[date]:
    """The birthdays at which something may change, unless all of them are long over."""
    born = values[made.born] if made.born >= 0 else None
    if isinstance(born, date) and made.ages and born.year + made.ages[-1] >= given.year:
        return [birthday(born=born, age=age) for age in made.ages]
    return []
