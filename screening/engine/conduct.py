"""How a form was filled in: who typed, and how long each section took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One section: the whole time in seconds in which its page was open before it was saved,
    ``None`` where that is not known, and ``by`` whom: ``client`` or ``staff``.

    ``questions``: the ids of those that were shown and answered in that time, whatever is shown
    now; ``None`` for all of the section that the answers show.
    """

    seconds: float | None
    by: str
    questions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How the answers were given: by section id; a section that is left out is not known.

    ``amended`` holds, by section id, each later time in which some of its answers were changed.
    """

    sections: Mapping[str, Pace] = field(default_factory=dict)
    amended: Mapping[str, tuple[Pace, ...]] = field(default_factory=dict)

    def paces(self, section: str) -> tuple[Pace, ...]:
        """Every time in which answers of a section were given, the first of them first."""
        first = self.sections.get(section)
        return (*(() if first is None else (first,)), *self.amended.get(section, ()))
