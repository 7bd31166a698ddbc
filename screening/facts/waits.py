"""When a wait ends, as SQL over a row of facts.

PostgreSQL adds months as the engine does: a day that does not exist becomes the last of its month.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.dates import Window
from screening.engine.rules import Defer

from .logic import FALSE, Test, all_of, any_of, negated
from .reading import Reader
from .slots import LAST_DAY

LAST = "DATE '9999-12-31'"
MOST_DAYS, MOST_MONTHS = 3_652_058, 119_987
"""A window longer than all of the calendar ends on its last day whatever it counts from."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """``end``: a date, NULL where nothing has to wait. ``unknown``: nobody can tell."""

    end: str
    unknown: Test

    @property
    def from_assessed(self) -> str:
        """The end, or the day of the answers where that is later."""
        return f"GREATEST({self.end}, assessed_on)"

    def after(self, day: str) -> Test:
        """Whether the wait goes on beyond a day (a column). The last day of all waits for none."""
        return f"(COALESCE({self.end} > {day}, FALSE) AND {day} < {LAST})"


def wait_of(defer: Defer, reader: Reader) -> Wait:
    """The wait of an outcome, for the rows whose answers it matched."""
    if defer.basis == "option_dates":
        return _of_options(defer, reader)
    if defer.window is None:
        raise ValueError("a wait needs a window")
    if defer.basis == "assessment_date":
        return Wait(end=_add("assessed_on", defer.window), unknown=FALSE)
    if defer.basis == "ctx":
        day = f"d{reader.slots[LAST_DAY]}"
        return Wait(end=_add(day, defer.window), unknown=f"({day} IS NULL)")
    day = f"d{reader.slots['date', defer.question, '']}"
    counts = reader.counts(defer.question)
    return Wait(end=_add(day, defer.window), unknown=any_of([f"({day} IS NULL)", negated(counts)]))


def _of_options(defer: Defer, reader: Reader) -> Wait:
    question = reader.pack.question_by_id[defer.question]
    ends, undated = [], []
    for value, window in defer.windows.items():
        day = f"d{reader.slots['date', question.id, value]}"
        ends.append(_add(day, window))
        if question.option(value).date != "required":
            ticked = reader.options(question.id, frozenset({value}))
            undated.append(all_of([ticked, f"({day} IS NULL)"]))
    end = f"GREATEST({', '.join(ends)})" if len(ends) > 1 else ends[0]
    return Wait(end=end, unknown=any_of([negated(reader.answered(question.id)), *undated]))


def _add(day: str, window: Window) -> str:
    if (window.days or 0) > MOST_DAYS or (window.months or 0) > MOST_MONTHS:
        return f"(CASE WHEN {day} IS NOT NULL THEN {LAST} END)"
    if window.days is not None:
        return f"({day} + {window.days:d})"
    return f"({day} + INTERVAL '{window.months:d} months')::date"
