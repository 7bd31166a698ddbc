"""Findings beside the rules, and what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .answers import Known, Question
from .authority import BY_PRACTITIONER
from .dates import in_words
from .findings import Hit
from .levels import Level, Unknown
from .rules import Override
from .wording import Wording


@dataclass(frozen=True, kw_only=True)
class Named:
    """Words that were recognised: quoted as written, what they look like, the rule that this
    bears on, and how the questions about it were answered (question and answer, in words)."""

    quote: str
    name: str
    rule: str
    answered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FurtherHit(Hit):
    """A finding beside the rules, always REVIEW. ``named`` are the words it quotes."""

    named: tuple[Named, ...] = ()

    @property
    def reading(self) -> bool:
        """Whether it rests on what a program made of somebody's words, which may be mistaken."""
        return bool(self.named)


def further_hit(
    code: str,
    outcome: str,
    wording: Wording,
    *,
    questions: tuple[str, ...],
    told: str = "",
    rationale: str = "",
    named: tuple[Named, ...] = (),
    override: Override = BY_PRACTITIONER,
) -> FurtherHit:
    """A finding as worded; ``told`` and ``rationale`` in place of its own where they are given."""
    return FurtherHit(
        code=code,
        outcome=outcome,
        level=Level.REVIEW,
        title=wording.title,
        message=told or wording.told,
        override=override,
        sources=wording.sources,
        question_ids=questions,
        rationale=rationale or wording.rationale,
        practitioner_check=wording.practitioner_check,
        evidence=wording.evidence,
        evidence_note=wording.evidence_note,
        named=named,
    )


def answer_in_words(question: Question, value: Known) -> str:
    """An answer that was read, as the page shows it; "" where there is none."""
    if value is None or isinstance(value, Unknown):
        return ""
    if isinstance(value, str):
        return question.option(value).label if value in question.values else value
    if isinstance(value, Mapping | frozenset):
        chosen = [option.label for option in question.options if option.value in value]
        return "; ".join(chosen) or question.none_label
    return in_words(value)
