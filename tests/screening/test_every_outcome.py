"""Every outcome of every rule can happen, and says what its rule says."""

from __future__ import annotations

from datetime import date

import pytest

from screening.case_context import read_context
from screening.engine import Hit, Level, Outcome, Result, Rule, evaluate
from screening.engine.conditions import Ask
from screening.engine.filling import fill
from screening.engine.findings import words_for
from tests.screening.cases import hit_of, pack
from tests.screening.solver import cases_for

DAY = date(2026, 6, 1)
OUTCOMES = [(rule, outcome) for rule in pack().all_rules for outcome in rule.outcomes]
UNSURE = [
    (rule, name)
    for rule in pack().rules
    for name in rule.question_ids
    if "not_sure" in pack().question_by_id[name].values
]


TOLD_BY_A_COMBINATION = ("hsv_history", "hsv_prophylaxis")
"""Cold sores are advice, tablets or not; where they matter is for combinations to say."""


def case_that_hits(rule: Rule, outcome: Outcome) -> Result:
    for context, answers in cases_for(pack(), outcome.when, DAY):
        result = evaluate(pack(), read_context(context, pack()), answers)
        hit = hit_of(result, rule.code)
        if hit and hit.outcome == outcome.id:
            return result
    pytest.fail(f"no case reaches {rule.code}.{outcome.id}")


def assert_told_as_written(hit: Hit, rule: Rule) -> None:
    """Everything beside the finding is what its rule says."""
    for field in (
        *("code", "title", "sources", "rationale"),
        *("practitioner_check", "evidence", "evidence_note"),
    ):
        assert getattr(hit, field) == getattr(rule, field), field
    assert set(rule.question_ids) <= set(hit.question_ids)


def test_the_pack_holds_every_outcome() -> None:
    assert len(OUTCOMES) == 167


@pytest.mark.parametrize(
    ("rule", "outcome"), OUTCOMES, ids=[f"{r.code}.{o.id}" for r, o in OUTCOMES]
)
def test_each_outcome_is_hit_as_its_rule_says(rule: Rule, outcome: Outcome) -> None:
    result = case_that_hits(rule, outcome)
    hit = hit_of(result, rule.code)
    assert hit is not None
    assert result.complete, result.missing
    assert hit.level is outcome.level
    said = fill(outcome.message, **words_for(pack(), outcome.defer))
    assert (hit.message, hit.override, hit.kind) == (said, outcome.override, outcome.kind)
    assert "{" not in hit.message
    assert_told_as_written(hit, rule)
    assert set(outcome.flags) <= set(result.flags)
    assert result.level >= outcome.level
    assert (hit.defer_until is not None) is (outcome.level is Level.DEFER)
    if outcome.level.blocks_booking and rule.code != "answers_age":  # those are confirmed again
        assert result.earliest is None or result.earliest > DAY


@pytest.mark.parametrize(("rule", "name"), UNSURE, ids=[f"{r.code}-{n}" for r, n in UNSURE])
def test_not_sure_is_never_taken_for_no(rule: Rule, name: str) -> None:
    asked = Ask(question=name, op="eq", values=frozenset({"not_sure"}))
    hits = []
    for context, answers in cases_for(pack(), asked, DAY):
        result = evaluate(pack(), read_context(context, pack()), answers)
        hits.append(hit_of(result, rule.code))
    assert hits
    for hit in hits:
        assert hit is not None
        assert rule.unsure_level is not None
        if (rule.code, name) != TOLD_BY_A_COMBINATION:
            assert hit.level >= rule.unsure_level
        if hit.outcome == "unsure":
            assert hit.level is rule.unsure_level
            assert_told_as_written(hit, rule)
            assert hit.message == rule.unsure_message
            assert hit.after_level is Level.CLEAR
            assert hit.override.allowed is bool(rule.unsure_override)


def test_thirty_stops_are_for_nobody_to_override() -> None:
    final = [
        outcome
        for _, outcome in OUTCOMES
        if outcome.level is Level.CONTRAINDICATED and not outcome.override.allowed
    ]
    assert len(final) == 30
