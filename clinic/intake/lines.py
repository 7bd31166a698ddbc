"""For whom a line of a client's text is, by the one rule of the clinical specification. Pure.

A line is shown where its condition certainly holds, one of ``flags_any`` is raised and none of
``flags_not``. Answers are read in two values: what was not answered, or not sure, holds only where
the line names it, so that nobody reads of themselves what they were not sure of.
"""

from dataclasses import dataclass
from functools import lru_cache

from screening.engine.case import Case
from screening.engine.compile import Test, compile_condition
from screening.engine.conditions import Condition


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a line is for; with nothing named, everybody."""

    show_if: Condition | None = None
    flags_any: frozenset[str] = frozenset()
    flags_not: frozenset[str] = frozenset()

    def includes(self, case: Case, flags: frozenset[str]) -> bool:
        """Whether the line certainly is for this client."""
        if self.flags_not & flags or (self.flags_any and not self.flags_any & flags):
            return False
        return self.show_if is None or compiled(self.show_if)(case) is True


@lru_cache(maxsize=512)
def compiled(condition: Condition) -> Test:
    """The condition as a function of a case: true, false, or UNKNOWN."""
    return compile_condition(condition)
