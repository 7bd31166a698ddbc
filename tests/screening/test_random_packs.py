"""By rules that nobody would write, the engine and the second evaluator still agree."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Level, Pack, evaluate
from screening.engine.conditions import parse_condition
from tests.screening import reference
from tests.screening.amounts import cases
from tests.screening.cases import BASELINE_ANSWERS, pack
from tests.screening.random_cases import random_answers, random_context
from tests.screening.random_packs import random_pack
from tests.screening.test_against_reference import told
from tests.screening.written_out import condition, tables_of

CLIENTS = 10
DAYS = 45


def someone(rng: random.Random, wild: float) -> tuple[dict[str, Any], dict[str, Any]]:
    context = random_context(rng)
    return context, random_answers(rng, context, wild=wild)


@given(seed=st.integers(0, 2**48))
@settings(max_examples=max(8, cases(600) // CLIENTS), deadline=None)
def test_both_evaluators_agree_by_any_rules(seed: int) -> None:
    rng = random.Random(seed)
    screened = random_pack(rng)
    tables = tables_of(screened)
    for _ in range(CLIENTS):
        # What is missing makes "not" true in the stated semantics, and is unknown to the engine.
        context, answers = someone(rng, 0.0)
        result = evaluate(screened, read_context(context, screened), answers)
        ours, theirs = told(result), reference.run(tables, context, answers)
        for said in (ours, theirs):
            del said["may"]  # outcomes of such packs have no names of their own
        assert ours == theirs, (context, answers)


def first_free_day(screened: Pack, context: dict[str, Any], answers: dict[str, Any]) -> date | None:
    """The first of some days with nothing above ADVISE, judged by the second evaluator."""
    tables = tables_of(screened)
    return reference.earliest(tables, context, answers, DAYS)


@given(seed=st.integers(0, 2**48))
@settings(max_examples=max(5, cases(200) // 4), deadline=None)
def test_the_earliest_date_by_any_rules_is_the_first_that_trying_finds(seed: int) -> None:
    rng = random.Random(seed)
    screened = random_pack(rng)
    context, answers = someone(rng, 0.0)
    found = evaluate(screened, read_context(context, screened), answers)
    start = date.fromisoformat(context["assessment_date"])
    if not found.complete:
        assert found.earliest is None
    elif found.earliest is None or found.earliest >= start + timedelta(days=DAYS):
        assert first_free_day(screened, context, answers) is None
    else:
        assert first_free_day(screened, context, answers) == found.earliest


def test_conditions_are_written_out_as_they_are_read() -> None:
    rng = random.Random(7)
    packs = [pack(), *(random_pack(rng) for _ in range(20))]
    for one in packs:
        for found in (c for rule in one.all_rules for c in rule.conditions()):
            assert parse_condition(condition(found)) == found


def test_random_rules_reach_every_level() -> None:
    rng = random.Random(3)
    levels: set[Level] = set()
    for _ in range(400):
        if levels == set(Level):
            break
        screened = random_pack(rng)
        context, answers = someone(rng, 0.0)
        for given_by in (answers, BASELINE_ANSWERS):
            levels.add(evaluate(screened, read_context(context, screened), given_by).level)
    assert levels == set(Level)
