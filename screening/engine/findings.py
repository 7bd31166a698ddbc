"""What screening says: hits, and the result they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from .answers import Problem
from .conditions import questions_read
from .filling import fill_known
from .law import Law
from .levels import Kind, Level
from .policy import values_of
from .rules import Defer, Outcome, Override, Pack, Rule

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
class LawHit:
    """A law that concerns the plan, and whether it binds on the planned date."""

    law: Law
    binding: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one set of answers means for one plan under one pack.

    ``missing`` lists the questions shown without a valid answer, in the order of asking;
    ``problems`` says why, question by question; ``invalid_context`` the fields of the context
    that are not known or cannot be used, sorted; ``undecided`` the rules that could not be judged
    for either. While anything is missing or unusable, ``complete`` is false and ``level`` at
    least REVIEW. ``defer_until`` is the latest date of the DEFER hits.

    ``earliest`` is the first planned date, from the day of the answers on, at which nothing above
    ADVISE is left, provided that answers which are too old by then have been confirmed: ``None``
    when there is none or the form is incomplete. ``law`` is what the law of the place says: advice
    beside the result, never a level.
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
    invalid_context: tuple[str, ...] = ()
    law: tuple[LawHit, ...] = ()


_Finding = TypeVar("_Finding", Hit, Result)


def hit_of(pack: Pack, rule: Rule, outcome: Outcome, level: Level) -> Hit:
    """The hit of an outcome at a level, with the numbers of its message filled in. It rests on the
    questions of its rule and on any other that its condition reads."""
    others = sorted(questions_read(outcome.when) - set(rule.question_ids))
    return Hit(
        code=rule.code,
        outcome=outcome.id,
        level=level,
        title=rule.title,
        message=fill_known(outcome.message, words_for(pack, outcome.defer)),
        override=outcome.override,
        sources=rule.sources,
        question_ids=(*rule.question_ids, *others),
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


def words_for(pack: Pack, defer: Defer | None) -> dict[str, str]:
    """What the places of an outcome's message stand for: the length of its own wait, and the
    numbers of the policy."""
    window = defer.window if defer else None
    lengths = {"days": window.days, "months": window.months} if window else {}
    own = {unit: str(number) for unit, number in lengths.items() if number is not None}
    return {**values_of(pack.policy), **own}


def missing_basis(hit: Hit, known: date | None, planned: date) -> Hit:
    """The hit of a wait of which a date is not there: REVIEW, or DEFER for as long as the dates
    that are known ask for it."""
    fields = hit.__dict__.copy()
    if known is not None and planned < known:
        fields.update(defer_until=known, after_level=Level.REVIEW)
    else:
        fields.update(level=Level.REVIEW, after_level=Level.CLEAR)
    return made_of(Hit, fields)


def unsure_hit_of(
    pack: Pack, rule: Rule, level: Level, override: Override, flags: tuple[str, ...]
) -> Hit:
    """The hit of a "not sure": solved by a clear answer or a test; by an override only where the
    rule says by whom."""
    return Hit(
        code=rule.code,
        outcome=UNSURE,
        level=level,
        title=rule.title,
        message=fill_known(rule.unsure_message, values_of(pack.policy)) or pack.unsure_message,
        override=override,
        sources=rule.sources,
        question_ids=rule.question_ids,
        rationale=rule.rationale,
        practitioner_check=rule.practitioner_check,
        evidence=rule.evidence,
        evidence_note=rule.evidence_note,
        flags=flags,
    )
