"""A rule pack as values: rules, their outcomes, sources and who may override."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .answers import Question, Section
from .cases import PackCase
from .checks import Checks
from .conditions import Condition
from .conflicts import Conflict
from .dates import Window
from .depth_limits import DepthLimit
from .law import Jurisdiction
from .levels import Kind, Level
from .lexicon import Lexicon
from .policy import Policy

Basis = Literal["answer", "assessment_date", "option_dates", "ctx"]
OverrideBy = Literal["practitioner", "prescriber"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact was read, and how: ``page``, ``mirror``, ``secondary``, ``clinic``,
    ``article`` or ``background`` (not from a document)."""

    id: str
    type: str
    title: str
    url: str
    read_as: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Override:
    """Who may set one hit aside. ``by`` is ``None`` where nobody may."""

    allowed: bool
    by: OverrideBy | None = None
    reason_required: bool = False


NOBODY = Override(allowed=False)


@dataclass(frozen=True, kw_only=True)
class Defer:
    """The wait of a DEFER outcome: a window from a basis date.

    ``answer`` counts from the date given to ``question``; ``option_dates`` takes the latest of
    date + window over the ticked options of ``question`` that have a window; ``ctx`` counts
    from the context field ``field``; ``assessment_date`` from the day of the answers.
    """

    basis: Basis
    window: Window | None = None
    windows: Mapping[str, Window] = field(default_factory=dict)
    question: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a rule says when its condition holds. ``after_window_level`` is the level from the
    day on which a DEFER outcome's wait is over; CLEAR means that it no longer hits."""

    id: str
    when: Condition
    level: Level
    message: str
    override: Override
    flags: tuple[str, ...] = ()
    kind: Kind | None = None
    defer: Defer | None = None
    after_window_level: Level = Level.CLEAR


@dataclass(frozen=True, kw_only=True)
class FlagWhen:
    """Flags that are added whenever a condition holds, whatever outcome matched."""

    when: Condition
    flags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnsureOverride:
    """Who may set aside the "not sure" of a rule, where ``when`` holds (``None``: always)."""

    when: Condition | None
    override: Override


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule, or one combination of rules (``involves`` names them).

    A combination has no level for "not sure": where an answer leaves it open whether one of its
    outcomes holds, it is REVIEW. It may read the hits of the rules.
    ``client_topic`` is what a finding is about, in words for the client (``title`` is for
    clinicians); ``unsure_message`` is what a client reads when it is not sure. Of
    ``unsure_override`` the first entry that holds says who may decide; without one nobody may.
    ``evidence`` is ``source``, ``source+policy`` or ``background``; ``evidence_note`` says
    what comes from a source and what is the project's own choice.
    """

    code: str
    title: str
    outcomes: tuple[Outcome, ...]
    rationale: str
    sources: tuple[str, ...]
    evidence: str
    question_ids: tuple[str, ...]
    involves: tuple[str, ...] = ()
    category: str = ""
    unsure_level: Level | None = None
    practitioner_check: str = ""
    evidence_note: str = ""
    time_window: str = ""
    area_specific: bool = False
    modality: str = "ALL"
    min_depth_mm: str = ""
    flag_when: tuple[FlagWhen, ...] = ()
    client_topic: str = ""
    unsure_message: str = ""
    unsure_override: tuple[UnsureOverride, ...] = ()

    @property
    def is_combination(self) -> bool:
        """Whether it judges several rules together."""
        return bool(self.involves)

    def conditions(self) -> Iterator[Condition]:
        """Every condition of its outcomes, its flags, and who may decide what is not sure."""
        yield from (outcome.when for outcome in self.outcomes)
        yield from (entry.when for entry in self.flag_when)
        yield from (entry.when for entry in self.unsure_override if entry.when is not None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Pack:
    """One published set of questions and rules; it never changes after its release.

    ``sections`` maps a section's id to its title and questions, in the order of asking.
    ``cases`` are its own test cases. ``policy`` are its numbers by id, ``jurisdictions`` what the
    law says by place, ``flags`` what each flag is for. ``sha256`` is the hash of the canonical
    content.
    """

    name: str
    version: str
    title: str
    modalities: tuple[str, ...]
    areas: tuple[str, ...]
    unsure_message: str
    sections: Mapping[str, Section]
    rules: tuple[Rule, ...]
    combinations: tuple[Rule, ...]
    sources: Mapping[str, Source]
    conflicts: tuple[Conflict, ...] = ()
    lexicon: Lexicon | None = None
    checks: Checks | None = None
    cases: tuple[PackCase, ...] = ()
    policy: Mapping[str, Policy] = field(default_factory=dict)
    depth_limits: tuple[DepthLimit, ...] = ()
    jurisdictions: Mapping[str, Jurisdiction] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    @property
    def id(self) -> str:
        """``name@version``."""
        return f"{self.name}@{self.version}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of asking."""
        return tuple(q for section in self.sections.values() for q in section.questions)

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules, then the combinations: the order in which they are judged."""
        return self.rules + self.combinations

    @cached_property
    def rule_by_code(self) -> Mapping[str, Rule]:
        """Every rule and combination by its code."""
        return {rule.code: rule for rule in self.all_rules}

    def conflicts_on(self, code: str) -> tuple[Conflict, ...]:
        """Where the sources disagree on what one rule says."""
        return tuple(conflict for conflict in self.conflicts if code in conflict.rules)

    @cached_property
    def birth_question(self) -> Question | None:
        """The question that asks for the date of birth, from which ages are counted."""
        return next((q for q in self.questions if q.birth_date), None)
