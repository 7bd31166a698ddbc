"""The engine and a naive second evaluator agree on thousands of random clients."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Level, Result, evaluate
from screening.engine.evaluate import evaluate_plain
from tests.screening import reference
from tests.screening.amounts import cases
from tests.screening.cases import pack, tables
from tests.screening.random_cases import random_answers, random_context
from tests.screening.random_contexts import as_context, spoil_context


def told(result: Result) -> dict[str, Any]:
    """What a result says, in the form of the second evaluator."""
    return {
        "complete": result.complete,
        "missing": set(result.missing),
        "invalid_context": list(result.invalid_context),
        "level": result.level.name,
        "hits": {(h.code, h.outcome, h.level.name, h.defer_until) for h in result.hits},
        "may": {f"{h.code}.{h.outcome}": h.override.by for h in result.hits},
        "law": [(one.law.id, one.binding) for one in result.law],
        "flags": set(result.flags),
        "defer_until": result.defer_until,
    }


def both(context: dict[str, Any], answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    result = evaluate(pack(), as_context(context), answers)
    assert result == evaluate_plain(pack(), as_context(context), answers)
    return told(result), reference.run(tables(), context, answers)


def anybody(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A random client with a random plan, which now and then is none; some nearly healthy."""
    rng = random.Random(seed)
    if rng.random() < 0.2:
        return mild(rng)
    context = random_context(rng, by_area=True)
    answers = random_answers(rng, context)
    if rng.random() < 0.15:
        context = spoil_context(rng, context)
    return context, answers


@given(seed=st.integers(0, 2**48))
@settings(max_examples=cases(2000), deadline=None)
def test_the_evaluators_say_the_same(seed: int) -> None:
    context, answers = anybody(seed)
    ours, theirs = both(context, answers)
    assert ours == theirs, (context, answers)


def test_such_clients_reach_every_outcome_of_every_rule() -> None:
    seen, levels, law = set(), set(), set()
    for seed in range(4000):
        context, answers = anybody(seed)
        result = evaluate(pack(), as_context(context), answers)
        seen |= {(hit.code, hit.outcome) for hit in result.hits}
        levels.add(result.level)
        law |= {one.law.id for one in result.law}
    assert levels == set(Level)
    assert {(r.code, o.id) for r in pack().all_rules for o in r.outcomes} <= seen
    assert law == {one.id for place in pack().jurisdictions.values() for one in place.law}


def mild(rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Someone nearly healthy, a plan that stops nobody by itself."""
    context = random_context(rng)
    context.update(modality="MN_PEN", depth_mm=0.5, areas=["neck"], anaesthetic_planned=False)
    return context, random_answers(rng, context, wild=0.0, ill=0.03)


@given(seed=st.integers(0, 2**48))
@settings(max_examples=cases(600), deadline=None)
def test_the_earliest_date_is_clear_and_no_day_before_it_is(seed: int) -> None:
    rng = random.Random(seed)
    context, answers = mild(rng)
    first = date.fromisoformat(context["assessment_date"])
    found = evaluate(pack(), read_context(context, pack()), answers).earliest
    if found is not None:
        assert clear(context, answers, found)
        span = (found - first).days
        days = {1, span, *(rng.randint(1, max(span, 1)) for _ in range(2))}
        tried = [found - timedelta(day) for day in days if 0 < day <= span]
    else:
        tried = [first + timedelta(rng.choice([rng.randrange(400), 3650])) for _ in range(3)]
    for day in tried:
        assert not clear(context, answers, day), (context, answers, day)


def clear(context: dict[str, Any], answers: dict[str, Any], day: date) -> bool:
    """Whether the second evaluator lets somebody through on that day."""
    then = {**context, "planned_date": day.isoformat()}
    said = reference.run(tables(), then, answers, confirmed=True)
    return said["complete"] and said["level"] in ("CLEAR", "ADVISE")


@pytest.mark.parametrize("seed", range(4))
def test_the_earliest_date_is_the_first_that_trying_every_day_finds(seed: int) -> None:
    rng = random.Random(1000 + seed)
    dates = 0
    for _ in range(25):
        context, answers = mild(rng)
        engine = evaluate(pack(), read_context(context, pack()), answers).earliest
        start = date.fromisoformat(context["assessment_date"])
        horizon = 60
        if engine is not None:
            horizon = (engine - start).days + 1
            dates += 1
            if horizon > 400:
                continue
        found = reference.earliest(tables(), context, answers, horizon)
        assert found == engine, (context, answers)
        if engine is None:
            later = {**context, "planned_date": (start + timedelta(3650)).isoformat()}
            again = reference.run(tables(), later, answers, confirmed=True)
            assert again["level"] in ("REVIEW", "DEFER", "CONTRAINDICATED")
    assert dates >= 4
