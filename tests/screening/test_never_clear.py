"""Whatever is wrong with an answer, nobody is cleared: missing, blank, unreadable, contradictory.

What is no answer is said by the second evaluator (`reference.valid`), not by the engine.
"""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Level, Question, QuestionType, evaluate, visible_questions
from screening.engine.evaluate import evaluate_plain
from tests.screening import reference
from tests.screening.amounts import cases
from tests.screening.cases import BASELINE_ANSWERS, pack, raw_context, tables
from tests.screening.random_cases import random_answers, random_context
from tests.screening.solver import cases_for

DAY = date(2026, 6, 1)
GONE = object()
NAMES = [question.id for question in pack().questions]
BAD: list[Any] = [
    *(GONE, None, "", " ", "\t\n", ".", "\0", "\u200b", "\ud800", "maybe", "YES", "yes ", "no\n"),
    *(0, 1, -1, 3.5, float("nan"), float("inf"), 10**400, True, False),
    *([], {}, [[]], [None], [{}], {"": ""}, {"yes": True}, ["yes"], ["yes", "no"], "yes,no"),
    *(
        "2026-13-01",
        "2026-02-29",
        "2026-06-02",
        "9999-12-31",
        "0001-01-01",
        "01/06/2026",
        "20260601",
    ),
    *("2026-06-01T00:00", "-2026-06-01", "٢٠٢٦-٠٦-٠١", ["2026-06-01"], {"date": "2026-06-01"}),
]


def contradicting(question: Question) -> list[Any]:
    """Answers that say two things at once, or a thing and not its date."""
    values = [option.value for option in question.options]
    if question.type is QuestionType.MULTI_CHOICE:
        return [[values[0], values[0]], [*values, "none"], [values[0], None], {values[0]: True}]
    if question.type is QuestionType.MULTI_CHOICE_DATED:
        days = (None, "", "2026-06-02", "soon", ["2026-05-01"], 0)
        return [{values[0]: day} for day in days] + [
            {"none": None},
            values[:1],
            [[values[0], None]],
        ]
    return (
        [values, values[:2], dict.fromkeys(values, True), dict.fromkeys(values)] if values else []
    )


@cache
def _question_table(name: str) -> dict[str, Any]:
    asked = (q for section in tables()["questions"]["section"] for q in section["question"])
    return next(question for question in asked if question["id"] == name)


def is_bad(name: str, raw: Any, given_on: date = DAY) -> bool:
    return raw is GONE or reference.valid(_question_table(name), raw, given_on) is reference.BAD


def spoil(answers: dict[str, Any], name: str, raw: Any) -> dict[str, Any]:
    kept = {key: value for key, value in answers.items() if key != name}
    return kept if raw is GONE else {**kept, name: raw}


@cache
def _asked(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The healthiest complete form in which a question is shown."""
    shown = pack().question_by_id[name].show_when
    if shown is None:
        return raw_context(), dict(BASELINE_ANSWERS)
    return next(iter(cases_for(pack(), shown, DAY)))


def assert_not_clear(context: dict[str, Any], answers: dict[str, Any], *names: str) -> None:
    read = read_context(context, pack())
    for result in (evaluate(pack(), read, answers), evaluate_plain(pack(), read, answers)):
        assert result.level >= Level.REVIEW, (names, answers)
        assert not result.complete
        assert set(names) <= set(result.missing)
        assert set(names) <= set(result.problems)
        assert result.earliest is None


@pytest.mark.parametrize("name", NAMES)
def test_no_bad_answer_to_any_question_ends_clear(name: str) -> None:
    context, answers = _asked(name)
    tried = 0
    for raw in [*BAD, *contradicting(pack().question_by_id[name])]:
        if is_bad(name, raw):
            tried += 1
            assert_not_clear(context, spoil(answers, name, raw), name)
    assert tried >= 26


@given(
    seed=st.integers(0, 2**48),
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
)
@settings(max_examples=cases(800), deadline=None)
def test_no_pair_of_bad_answers_ends_clear(seed: int, names: list[str]) -> None:
    rng = random.Random(seed)
    context = random_context(rng)
    answers = random_answers(rng, context, wild=0.0)
    given_on = date.fromisoformat(context["assessment_date"])
    shown = {question.id for question in visible_questions(pack(), answers)}
    asked = [name for name in names if name in shown]
    for name in asked:
        raws = [*BAD, *contradicting(pack().question_by_id[name])]
        answers = spoil(answers, name, rng.choice([r for r in raws if is_bad(name, r, given_on)]))
    # A bad answer may hide the follow-up that was to be the other.
    still = {question.id for question in visible_questions(pack(), answers)}
    if asked:
        assert_not_clear(context, answers, *(name for name in asked if name in still))


def test_the_second_evaluator_knows_a_good_answer() -> None:
    assert not any(is_bad(name, raw) for name, raw in BASELINE_ANSWERS.items())
