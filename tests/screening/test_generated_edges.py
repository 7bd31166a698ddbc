"""What the generated functions must leave to the plain evaluator, or refuse as it does."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest

from screening.engine import QuestionType, build_pack, evaluate, evaluate_on_days
from screening.engine.conditions import Plan
from screening.engine.evaluate import evaluate_generated, evaluate_plain
from tests.screening.cases import BASELINE_ANSWERS, answers_with, context_with, pack, tables
from tests.screening.test_generated import both_agree

CHOICES = (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)


@pytest.mark.parametrize("op", ["lt", "gt", "gte"])
@pytest.mark.parametrize("limit", [float("inf"), float("-inf"), float("nan"), 0.5, 1])
def test_both_say_the_same_of_a_limit_that_is_no_number_to_write(op: str, limit: float) -> None:
    rule = pack().rule_by_code["depth_limit"]
    limited = Plan(field="depth_mm", op=op, values=frozenset({limit}))
    outcome = replace(rule.outcomes[0], when=limited)
    screened = replace(pack(), rules=(replace(rule, outcomes=(outcome,)),), combinations=())
    assert both_agree(screened, context_with(), answers_with({}))


@pytest.mark.parametrize("depth", [Decimal("2.6"), Decimal("0.5"), "2.6"])
def test_a_depth_that_is_no_number_is_left_to_the_plain_evaluator(depth: Any) -> None:
    context = replace(context_with(), depth_mm=depth)
    assert evaluate_generated(pack(), context, answers_with({})) is None
    assert evaluate(pack(), context, answers_with({})) == evaluate_plain(
        pack(), context, answers_with({})
    )


@pytest.mark.parametrize(
    "name", [question.id for question in pack().questions if question.type in CHOICES]
)
def test_an_option_written_otherwise_is_no_option(name: str) -> None:
    options = pack().question_by_id[name].values
    written = [form for one in options for form in (one.upper(), f"{one} ", f"XX{one}XX")]
    for raw in {*written, "yes", "no", "none", "never", ""} - options:
        answers = answers_with({name: raw})
        both_agree(pack(), context_with(), answers)
        if name in BASELINE_ANSWERS:
            assert evaluate(pack(), context_with(), answers).missing == (name,)


@pytest.mark.parametrize("name", ["contact_allergy", "sun_exposure"])
def test_a_list_that_must_not_be_empty_is_missing_when_it_is(name: str) -> None:
    changed = copy.deepcopy(tables())
    asked = [q for section in changed["questions"]["section"] for q in section["question"]]
    question = next(question for question in asked if question["id"] == name)
    del question["allow_empty"], question["none_label"]
    screened = build_pack(**changed)
    nothing: list[Any] = [[], {}, None]
    for empty in nothing:
        answers = answers_with({name: empty})
        assert not both_agree(screened, context_with(), answers)
        assert evaluate(screened, context_with(), answers).missing == (name,)
    ticked = {"tan": "2026-01-01"} if name == "sun_exposure" else ["latex"]
    assert both_agree(screened, context_with(), answers_with({name: ticked}))


def test_a_complete_form_never_waits_for_the_plain_evaluator() -> None:
    context = context_with()
    with patch("screening.engine.evaluate.evaluate_plain", side_effect=AssertionError):
        assert evaluate(pack(), context, answers_with({})).complete
        on = evaluate_on_days(pack(), context, answers_with({}))
        assert on(context.assessment_date).complete
