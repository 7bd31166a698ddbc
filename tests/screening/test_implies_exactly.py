"""What one condition implies, case by case: an outcome that can never be reached is refused by it.

Wrongly shown would refuse a sound pack; wrongly not shown would let a dead outcome pass.
"""

from __future__ import annotations

import pytest

from screening.engine import Level
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    Scalar,
)
from screening.engine.implies import always_true, contradictory, implies
from tests.screening.cases import pack


def ask(op: str, *values: str, count: int = 0, question: str = "q") -> Ask:
    return Ask(question=question, op=op, values=frozenset(values), count=count)


def plan(op: str, *values: Scalar, field: str = "depth_mm") -> Plan:
    return Plan(field=field, op=op, values=frozenset(values))


def hit(level: Level, code: str = "r") -> RuleHit:
    return RuleHit(code=code, min_level=level)


def groups(level: Level, least: int, code: str = "r") -> HitGroups:
    return HitGroups(groups=((code,), ("s",)), min_level=level, least=least)


A, B = ask("eq", "a"), ask("eq", "b", question="other")
DEFER, REVIEW = Level.DEFER, Level.REVIEW

IMPLIED: list[tuple[Condition, Condition]] = [
    (A, A),
    (A, ask("in", "a", "b")),
    (ask("in", "a"), A),
    (ask("in", "a"), ask("in", "a", "b")),
    (ask("in", "a", "b"), ask("in", "a", "b", "c")),
    (ask("in", "a", "b"), AnyOf(parts=(A, ask("eq", "b")))),
    (ask("contains_any", "a"), ask("contains_any", "a", "b")),
    (ask("contains_any", "a"), ask("not_empty")),
    (ask("count_gte", count=1), ask("not_empty")),
    (ask("count_gte", count=2), ask("count_gte", count=2)),
    (ask("count_gte", "x", count=3), ask("count_gte", count=2)),
    (ask("count_gte", "x", count=2), ask("count_gte", count=2)),
    (ask("count_gte", count=3), ask("count_gte", count=2)),
    (plan("eq", "a"), plan("in", "a", "b")),
    (plan("in", "a"), plan("eq", "a")),
    (plan("in", "a", "b"), plan("in", "a", "b", "c")),
    (plan("intersects", "a", field="areas"), plan("intersects", "a", "b", field="areas")),
    (plan("gt", 1.0), plan("exists", True)),
    (plan("eq", True), plan("exists", True)),
    (plan("gt", 2.0), plan("gt", 1.0)),
    (plan("gt", 2.0), plan("gte", 2.0)),
    (plan("gte", 2.0), plan("gte", 2.0)),
    (plan("gte", 2.1), plan("gt", 2.0)),
    (plan("lt", 1.0), plan("lt", 2.0)),
    (hit(DEFER), hit(REVIEW)),
    (groups(DEFER, 2), groups(REVIEW, 1)),
    (groups(REVIEW, 2), groups(REVIEW, 1)),
    (groups(DEFER, 1), groups(REVIEW, 1)),
    (AllOf(parts=(B, A)), A),
    (A, AnyOf(parts=(B, A))),
    (AnyOf(parts=(A, ask("eq", "b"))), ask("in", "a", "b")),
    (AllOf(parts=(A, B)), AllOf(parts=(B, ask("in", "a", "c")))),
    (A, AllOf(parts=(ask("in", "a", "b"), ask("in", "a", "c")))),
    (Not(part=ask("in", "a", "b")), Not(part=A)),
]

NOT_IMPLIED: list[tuple[Condition, Condition]] = [
    (A, B),
    (A, ask("eq", "b")),
    (ask("in", "a", "b"), A),
    (ask("in", "a", "b"), ask("in", "a", "c")),
    (ask("contains_any", "a", "b"), ask("contains_any", "a")),
    (ask("contains_any", "a"), ask("in", "a")),
    (ask("not_empty"), ask("contains_any", "a")),
    (ask("text_present"), ask("not_empty")),
    (ask("count_gte", count=2), ask("count_gte", count=3)),
    (ask("count_gte", count=2), ask("count_gte", "x", count=2)),
    (ask("count_gte", "x", count=2), ask("contains_any", "x")),
    (plan("exists", False), plan("exists", True)),
    (plan("gt", 1.0), plan("exists", False)),
    (plan("exists", True), plan("gt", 1.0)),
    (plan("eq", 2.0), plan("gt", 1.0)),
    (plan("gt", 1.0), plan("in", 2.0)),
    (plan("gt", 2.0), plan("lt", 1.0)),
    (plan("in", "a", "b"), plan("in", "a", "c")),
    (plan("gt", 1.0), plan("gt", 2.0)),
    (plan("gte", 2.0), plan("gt", 2.0)),
    (plan("lt", 2.0), plan("lt", 1.0)),
    (plan("lt", 2.0), plan("gt", 1.0)),
    (plan("gt", 2.0), plan("lt", 9.0)),
    (plan("gt", 2.0), plan("gt", 1.0, field="age")),
    (plan("intersects", "a", "b", field="areas"), plan("intersects", "a", field="areas")),
    (plan("intersects", "a", field="x"), plan("in", "a", field="x")),
    (ask("eq", "a", question="x"), plan("eq", "a", field="x")),
    (hit(REVIEW), hit(DEFER)),
    (hit(DEFER), hit(REVIEW, code="s")),
    (hit(DEFER), groups(REVIEW, 1)),
    (groups(REVIEW, 2), groups(DEFER, 1)),
    (groups(DEFER, 1), groups(REVIEW, 2)),
    (groups(DEFER, 2), groups(REVIEW, 1, code="t")),
    (AnyOf(parts=(A, B)), A),
    (A, AllOf(parts=(A, B))),
    (Not(part=A), Not(part=ask("in", "a", "b"))),
    (Not(part=A), A),
    (A, Not(part=B)),
]


@pytest.mark.parametrize(("strong", "weak"), IMPLIED)
def test_shown(strong: Condition, weak: Condition) -> None:
    assert implies(strong, weak)


@pytest.mark.parametrize(("strong", "weak"), NOT_IMPLIED)
def test_not_shown(strong: Condition, weak: Condition) -> None:
    assert not implies(strong, weak)


@pytest.mark.parametrize(("parts", "shown"), [(999, True), (1_000, False)])
def test_a_proof_takes_a_thousand_steps_at_most(parts: int, *, shown: bool) -> None:
    assert implies(AnyOf(parts=(A,) * parts), A) is shown


def named(op: str, question: str, *values: str) -> Ask:
    return ask(op, *values, question=question)


ALL_THREE = named("in", "pregnant", "yes", "no", "not_sure")
ALWAYS: list[Condition] = [
    ALL_THREE,
    AllOf(parts=(ALL_THREE, ALL_THREE)),
    AnyOf(parts=(named("eq", "pregnant", "yes"), named("in", "pregnant", "no", "not_sure"))),
    AnyOf(parts=(named("eq", "smoking", "yes"), ALL_THREE)),
    AnyOf(parts=(AllOf(parts=(ALL_THREE,)), named("eq", "pregnant", "yes"))),
]
SOMETIMES: list[Condition] = [
    named("in", "pregnant", "yes", "no"),
    AllOf(parts=(ALL_THREE, named("eq", "pregnant", "yes"))),
    AnyOf(parts=(named("eq", "pregnant", "yes"), named("eq", "smoking", "no"))),
    named("in", "hsv_prophylaxis", "yes", "no", "not_sure"),
    named("contains_any", "recent_procedures", "deep_peel"),
    named("in", "other_medicines", "x"),
    named("in", "unheard_of", "x"),
    plan("in", "MN_PEN", "RF_MN", "MN_ROLLER", field="modality"),
    Not(part=ALL_THREE),
]


@pytest.mark.parametrize("condition", ALWAYS)
def test_always_true(condition: Condition) -> None:
    assert always_true(condition, pack())


@pytest.mark.parametrize("condition", SOMETIMES)
def test_not_always_true(condition: Condition) -> None:
    assert not always_true(condition, pack())


YES, NO = named("eq", "pregnant", "yes"), named("eq", "pregnant", "no")
ASKED = pack().question_by_id["hsv_prophylaxis"].show_when
assert isinstance(ASKED, Ask)
UNASKED = named("eq", ASKED.question, next(iter(pack().question_by_id[ASKED.question].values
                                              - ASKED.values)))  # fmt: skip
FOLLOWED = named("eq", "hsv_prophylaxis", "no")
NEVER: list[Condition] = [
    AllOf(parts=(YES, NO)),
    AllOf(parts=(YES, AllOf(parts=(NO, ALL_THREE)))),
    AllOf(parts=(named("in", "pregnant", "yes", "not_sure"), NO)),
    AllOf(parts=(plan("eq", "MN_PEN", field="modality"), plan("eq", "RF_MN", field="modality"))),
    AnyOf(parts=(AllOf(parts=(YES, NO)), AllOf(parts=(NO, YES)))),
    AllOf(parts=(ALL_THREE, AnyOf(parts=(AllOf(parts=(YES, NO)),)))),
    AllOf(parts=(FOLLOWED, UNASKED)),
]
AT_TIMES: list[Condition] = [
    YES,
    FOLLOWED,
    AllOf(parts=(YES, named("in", "pregnant", "yes", "no"))),
    AllOf(parts=(YES, named("eq", "smoking", "no"))),
    AnyOf(parts=(YES, AllOf(parts=(YES, NO)))),
    AllOf(parts=(ALL_THREE, AnyOf(parts=(YES, AllOf(parts=(YES, NO)))))),
    AllOf(parts=(plan("gt", 1.0), plan("lt", 2.0))),
    AllOf(parts=(named("contains_any", "x", "a"), named("contains_any", "x", "b"))),
    AllOf(parts=(named("eq", "modality", "yes"), plan("eq", "MN_PEN", field="modality"))),
    named("eq", "unheard_of", "x"),
]


@pytest.mark.parametrize("condition", NEVER)
def test_never_true(condition: Condition) -> None:
    assert contradictory(condition, pack())


@pytest.mark.parametrize("condition", AT_TIMES)
def test_true_at_times(condition: Condition) -> None:
    assert not contradictory(condition, pack())
