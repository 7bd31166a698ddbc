"""Answers that cannot all be right: against each other, and dates against what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from .answers import Known, Question, QuestionType
from .case import Case
from .checks import Checks, Period
from .compile import Test, compile_condition
from .conditions import questions_read
from .dates import add_months, in_words
from .filling import fill
from .noticed import FurtherHit, further_hit
from .rules import Pack
from .wording import Wording

BEFORE_BIRTH = "before_birth"
_DATED = (QuestionType.DATE, QuestionType.MULTI_CHOICE_DATED)


def contradictions(pack: Pack, checks: Checks, case: Case) -> Iterator[FurtherHit]:
    """What the answers of a case contradict. Unknown is no contradiction: it is missing."""
    for check, test in zip(checks.contradictions, _tests(checks), strict=True):
        if test(case):
            shown = tuple(q for q in check.questions if case.answers[q] is not None)
            yield further_hit(f"contradiction_{check.id}", check.id, check.wording, questions=shown)
    yield from _before_birth(pack, checks, case.answers)
    if checks.outside_period is not None:
        for period in checks.periods:
            yield from _outside(pack, period, checks.outside_period, case)


@lru_cache(maxsize=64)
def _tests(checks: Checks) -> tuple[Test, ...]:
    return tuple(compile_condition(check.when) for check in checks.contradictions)


def _before_birth(pack: Pack, checks: Checks, answers: Mapping[str, Known]) -> Iterator[FurtherHit]:
    """One finding for all dates before the date of birth; each adds its question."""
    asked = pack.birth_question
    born = answers[asked.id] if asked else None
    if checks.before_birth is None or asked is None or not isinstance(born, date):
        return
    early = [
        (question, min(days))
        for question in _dated(pack)
        if (days := [day for _, day in _days(answers[question.id]) if day < born])
    ]
    if early:
        first, day = early[0]
        hit = _dated_hit(pack, BEFORE_BIRTH, first, day, checks.before_birth)
        others = (question.id for question, _ in early[1:])
        yield replace(hit, question_ids=(asked.id, *hit.question_ids, *others))


def _outside(pack: Pack, period: Period, wording: Wording, case: Case) -> Iterator[FurtherHit]:
    days = _days(case.answers[period.question])
    first = _first_day(period, case.assessment_date) if days else date.min
    for option, day in days:
        if day < first and (not period.options or option in period.options):
            question = pack.question_by_id[period.question]
            yield _dated_hit(pack, period.id, question, day, wording)
            return


def _first_day(period: Period, given: date) -> date:
    """The first day that fits the question. No date of a calendar is too early for it."""
    grace = timedelta(days=period.grace_days)
    try:
        if period.reach is None:
            return given - grace
        if period.reach.days is not None:
            return given - timedelta(days=period.reach.days) - grace
        return add_months(given, -(period.reach.months or 0)) - grace
    except (OverflowError, ValueError):
        return date.min


def _dated_hit(
    pack: Pack, name: str, question: Question, day: date, wording: Wording
) -> FurtherHit:
    """A finding about a date. What a follow-up asks is said in full, with what it follows."""
    asked = [one for one in pack.questions if one.id in _parents(question)] + [question]
    words = {"question": " ".join(one.text for one in asked), "day": in_words(day)}
    return further_hit(
        f"contradiction_{name}",
        name,
        wording,
        questions=tuple(one.id for one in asked),
        told=fill(wording.told, **words),
        rationale=fill(wording.rationale, **words),
    )


def _parents(question: Question) -> frozenset[str]:
    return questions_read(question.show_when) if question.show_when else frozenset()


@lru_cache(maxsize=64)
def _dated(pack: Pack) -> tuple[Question, ...]:
    return tuple(question for question in pack.questions if question.type in _DATED)


def _days(value: Known) -> list[tuple[str, date]]:
    """The dates of an answer, each with its option ("" for a date question)."""
    if isinstance(value, date):
        return [("", value)]
    if isinstance(value, Mapping):
        return [(option, day) for option, day in value.items() if day is not None]
    return []
