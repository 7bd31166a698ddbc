"""The first planned date with nothing above ADVISE, by the generated functions."""

from __future__ import annotations

from datetime import date

from .dates import birthday
from .generate import Form, Generated, Judged
from .levels import UNKNOWN, Level, Unknown


def earliest_generated(
    made: Generated, judged: Judged, read: Form, *, given: date, planned: date
) -> date | Unknown | None:
    """As ``judge.earliest_clear``; UNKNOWN where a day is left to the plain evaluator.

    What is found changes only on these days, so ``judged``, what was found for the planned
    date, holds from the last of them before it to the next: unless the answers are too old by
    then, for they count as confirmed here.
    """
    top, _, _, _, stays, free, ends = judged
    if stays:
        return None
    turning = _birthdays(made, read, given)
    fresh = not made.answer_ages or (planned - given).days < made.answer_ages[0]
    if fresh and not ends and not turning and free <= planned:
        return free if top <= Level.ADVISE else None
    days = [free, *sorted({day for day in (*ends, *turning) if day > free})]
    for day, following in zip(days, (*days[1:], None), strict=True):
        known = fresh and day <= planned and (following is None or planned < following)
        found = judged if known else made.judge(read, given, day, True)
        if found is None:
            return UNKNOWN
        if found[0] <= Level.ADVISE:
            return day
    return None


def _birthdays(made: Generated, read: Form, given: date) -> list[date]:
    """The birthdays at which something may change, unless all of them are long over."""
    born = read.values[made.born] if made.born >= 0 else None
    if isinstance(born, date) and made.ages and born.year + made.ages[-1] >= given.year:
        return [birthday(born=born, age=age) for age in made.ages]
    return []
