"""Answers given faster than their questions can be read, whatever the answers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .answers import Known, Section
from .checks import WHO, Haste
from .conduct import Conduct, Pace
from .filling import fill
from .noticed import FurtherHit, further_hit
from .rules import Pack

CODE = "answered_in_haste"


def hasty(
    pack: Pack, haste: Haste, answers: Mapping[str, Known], conduct: Conduct
) -> Iterator[FurtherHit]:
    """One finding for all sections that were answered, or changed later, too fast. A time that is
    not known says nothing either way."""
    found = [
        (section, pace, _shown(section, pace, answers))
        for section in pack.sections.values()
        for pace in conduct.paces(section.id)
        if _too_fast(haste, pace, _count(section, pace, answers))
    ]
    if not found:
        return
    told = [fill(haste.wording.told, section=section.title) for section, _, _ in found]
    why = [
        fill(
            haste.wording.rationale,
            section=section.title,
            count=str(_count(section, pace, answers)),
            seconds=f"{pace.seconds:.0f}",
        )
        for section, pace, _ in found
    ]
    yield further_hit(
        CODE,
        "haste",
        haste.wording,
        questions=tuple(dict.fromkeys(name for _, _, asked in found for name in asked)),
        told=" ".join(dict.fromkeys(told)),
        rationale=" ".join(why),
    )


def _count(section: Section, pace: Pace, answers: Mapping[str, Known]) -> int:
    """How many questions were answered in that time. Where they are named, what is answered later
    makes them neither fewer nor more."""
    return len(_shown(section, pace, answers)) if pace.questions is None else len(pace.questions)


def _shown(section: Section, pace: Pace, answers: Mapping[str, Known]) -> tuple[str, ...]:
    """The questions shown of those that were answered in that time, with or without an answer
    that counts: no answer may make a section look as if it had been read."""
    return tuple(
        question.id
        for question in section.questions
        if answers[question.id] is not None
        and (pace.questions is None or question.id in pace.questions)
    )


def _too_fast(haste: Haste, pace: Pace, count: int) -> bool:
    if pace.seconds is None or count < haste.least_questions:
        return False
    limits = haste.seconds_per_question
    limit = limits.get(pace.by) if pace.by in WHO else min(limits.values())
    return limit is not None and pace.seconds < count * limit
