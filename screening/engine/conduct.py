"""How a form was filled in: who typed, and how long each section took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One section: the whole time in seconds in which its page was open before it was saved,
    ``None`` where that is not known, and ``by`` whom: ``client`` or ``staff``."""

    seconds: float | None
    by: str


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How the answers were given: by section id; a section that is left out is not known."""

    sections: Mapping[str, Pace] = field(default_factory=dict)
