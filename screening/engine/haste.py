""" "No" straight down, faster than the questions can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .answers import Known, Question, QuestionType, Section, text_is_present
from .checks import WHO, Haste
from .conduct import Conduct, Pace
from .filling import fill
from .levels import Unknown
from .noticed import FurtherHit, further_hit
from .rules import Pack

CODE = "answered_in_haste"


def hasty(
    pack: Pack, haste: Haste, answers: Mapping[str, Known], conduct: Conduct
) -> Iterator[FurtherHit]:
    """One finding for all sections that were answered too fast. A time that is not known says
    nothing either way."""
    found = [
        (section, pace, asked)
        for section in pack.sections.values()
        if (pace := conduct.sections.get(section.id)) is not None
        and (asked := _all_harmless(section, haste, answers))
        and _too_fast(haste, pace, len(asked))
    ]
    if not found:
        return
    told = [fill(haste.wording.told, section=section.title) for section, _, _ in found]
    why = [
        fill(
            haste.wording.rationale,
            section=section.title,
            count=str(len(asked)),
            seconds=f"{pace.seconds:.0f}",
        )
        for section, pace, asked in found
    ]
    yield further_hit(
        CODE,
        "haste",
        haste.wording,
        questions=tuple(name for _, _, asked in found for name in asked),
        told=" ".join(told),
        rationale=" ".join(why),
    )


def _too_fast(haste: Haste, pace: Pace, count: int) -> bool:
    if pace.seconds is None or count < haste.least_questions:
        return False
    limits = haste.seconds_per_question
    limit = limits.get(pace.by) if pace.by in WHO else min(limits.values())
    return limit is not None and pace.seconds < count * limit


def _all_harmless(section: Section, haste: Haste, answers: Mapping[str, Known]) -> tuple[str, ...]:
    """The questions shown that have a harmless answer, if each of them was given it."""
    asked = [
        question
        for question in section.questions
        if answers[question.id] is not None and _can_be_harmless(question, haste)
    ]
    harmless = all(_is_harmless(answers[question.id], haste) for question in asked)
    return tuple(question.id for question in asked) if harmless else ()


def _can_be_harmless(question: Question, haste: Haste) -> bool:
    return (
        question.type is QuestionType.TEXT
        or question.allow_empty
        or not haste.harmless.isdisjoint(question.values)
    )


def _is_harmless(value: Known, haste: Haste) -> bool:
    if isinstance(value, Unknown):
        return False
    if isinstance(value, str):
        return value in haste.harmless or not text_is_present(value)
    return not value
