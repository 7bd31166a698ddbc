"""What screening says: hits, and the result they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from .answers import Problem
from .levels import Kind, Level
from .rules import NOBODY, Outcome, Override, Pack, Rule

UNSURE = "unsure"
"""The id of the outcome that stands for the answer "not sure"."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One finding: a rule, the outcome that matched, and everything to show beside it.

    ``question_ids`` are the questions whose answers it rests on (empty where it rests on the
    plan alone). ``defer_until`` is set only where ``level`` is DEFER; ``after_level`` is then the
    level that the rule takes from that day on.
    """

    code: str
    outcome: str
    level: Level
    title: str
    message: str
    override: Override
    sources: tuple[str, ...]
    question_ids: tuple[str, ...]
    rationale: str
    practitioner_check: str
    evidence: str
    evidence_note: str
    flags: tuple[str, ...] = ()
    kind: Kind | None = None
    defer_until: date | None = None
    after_level: Level = Level.CLEAR


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one set of answers means for one plan under one pack.

    ``missing`` lists the questions shown without a valid answer, in the order of asking, then
    what the context lacks as ``context.<field>``; ``problems`` says why, question by question;
    ``undecided`` the rules that could not be judged for it. While anything is missing,
    ``complete`` is false and ``level`` at least REVIEW. ``defer_until`` is the latest date of
    the DEFER hits. ``earliest`` is the first planned date, from the day of the answers on, at
    which nothing above ADVISE is left: ``None`` when there is none or the form is incomplete.
    """

    pack: str
    answers_sha256: str
    complete: bool
    level: Level
    hits: tuple[Hit, ...]
    flags: tuple[str, ...]
    missing: tuple[str, ...] = ()
    problems: Mapping[str, Problem] = field(default_factory=dict)
    undecided: tuple[str, ...] = ()
    defer_until: date | None = None
    earliest: date | None = None


_Finding = TypeVar("_Finding", Hit, Result)


def hit_of(rule: Rule, outcome: Outcome, level: Level) -> Hit:
    """The hit of an outcome at a level."""
    return Hit(
        code=rule.code,
        outcome=outcome.id,
        level=level,
        title=rule.title,
        message=outcome.message,
        override=outcome.override,
        sources=rule.sources,
        question_ids=rule.question_ids,
        rationale=rule.rationale,
        practitioner_check=rule.practitioner_check,
        evidence=rule.evidence,
        evidence_note=rule.evidence_note,
        flags=outcome.flags,
        kind=outcome.kind,
    )


def made_of(kind: type[_Finding], fields: dict[str, object]) -> _Finding:
    """A hit or a result from all its fields at once, the dictionary becoming its own.

    The constructor of a frozen dataclass sets one field after the other, which takes three times
    as long: a tenth of a whole screening.
    """
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", fields)
    return made


def deferred(hit: Hit, until: date) -> Hit:
    """The same hit with the date on which its wait ends."""
    fields = hit.__dict__.copy()
    fields["defer_until"] = until
    return made_of(Hit, fields)


def unsure_hit_of(pack: Pack, rule: Rule, level: Level) -> Hit:
    """The hit of a "not sure": solved by a clear answer or a test, never by an override."""
    return Hit(
        code=rule.code,
        outcome=UNSURE,
        level=level,
        title=rule.title,
        message=pack.unsure_message,
        override=NOBODY,
        sources=rule.sources,
        question_ids=rule.question_ids,
        rationale=rule.rationale,
        practitioner_check=rule.practitioner_check,
        evidence=rule.evidence,
        evidence_note=rule.evidence_note,
    )
