"""One case while it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from .answers import Known
from .context import PlanValue
from .levels import Level


@dataclass(slots=True)
class Case:
    """Answers read, plan, and what the rules said so far. ``said``: the questions whose text says
    something; ``unread``: those of them that somebody has to read."""

    answers: Mapping[str, Known]
    plan: dict[str, PlanValue]
    assessment_date: date
    planned_date: date
    levels: dict[str, Level] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    said: Set[str] = frozenset()
    unread: Set[str] = frozenset()
