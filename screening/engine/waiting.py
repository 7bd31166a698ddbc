"""When the wait of a DEFER outcome ends, turned once per pack into a function over one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .case import Case
from .dates import Window
from .rules import Defer


@dataclass(frozen=True, slots=True)
class NoDate:
    """A date that the wait counts from is not there. ``known``: the end of the waits whose dates
    are; ``None`` where there is none."""

    known: date | None = None


End = date | NoDate | None
"""When a wait ends; ``None`` where nothing that was ticked has one."""

WaitEnd = Callable[[Case], End]


def compile_wait(defer: Defer) -> WaitEnd:
    """The wait as a function from a case to its end."""
    if defer.basis == "option_dates":
        ticked, windows = defer.question, dict(defer.windows)
        return lambda case: end_of_options(case.answers[ticked], windows)
    window = defer.window
    if window is None:
        raise ValueError("a wait needs a window")
    if defer.basis == "assessment_date":
        return lambda case: window.after(case.assessment_date)
    name = defer.question or defer.field
    if defer.basis == "answer":
        return lambda case: end_from(case.answers[name], window)
    return lambda case: end_from(case.plan[name], window)


def end_from(basis: object, window: Window) -> End:
    """When a wait from one date ends. A basis that is not there is never "no wait"."""
    return window.after(basis) if isinstance(basis, date) else NoDate()


def end_of_options(ticked: object, windows: Mapping[str, Window]) -> End:
    """When the last wait of the ticked options ends; ``None`` where none of them has a wait."""
    if not isinstance(ticked, Mapping):
        return NoDate()
    days = [(ticked[option], window) for option, window in windows.items() if option in ticked]
    ends = [window.after(day) for day, window in days if day is not None]
    if len(ends) < len(days):
        return NoDate(max(ends, default=None))
    return max(ends, default=None)
