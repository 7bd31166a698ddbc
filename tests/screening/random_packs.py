"""Packs that nobody would write: outcomes of the newest pack under random conditions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from screening.engine import Level, Outcome, Pack, QuestionType, Rule
from screening.engine.conditions import (
    GROUPS,
    LINES,
    AllOf,
    AnyOf,
    Ask,
    Condition,
    DepthAbove,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    Scalar,
)
from tests.screening.cases import pack

LEVELS = (Level.ADVISE, Level.REVIEW, Level.DEFER, Level.CONTRAINDICATED)
NUMBERS = (0.25, 0.5, 1, 1.5, 2.0, 18, 22, 40, float("inf"), float("nan"))
MODALITIES = ("modality", "last_session.modality")
SAID = ("anaesthetic_planned", "test_patch_ok", "parental_consent")


def random_pack(rng: random.Random) -> Pack:
    """A pack that was never validated: outcomes out of reach, waits from hidden questions.
    Every other one is mild: what it finds is advice, or a wait that ends."""
    mild = rng.random() < 0.5
    rules = _rules(rng, pack().rules, (), mild=mild)
    codes = [rule.code for rule in rules]
    return replace(
        pack(), rules=rules, combinations=_rules(rng, pack().combinations, codes, mild=mild)
    )


def _rules(
    rng: random.Random, rules: Sequence[Rule], codes: Sequence[str], *, mild: bool
) -> tuple[Rule, ...]:
    outcomes = [outcome for rule in pack().all_rules for outcome in rule.outcomes]
    waits = [outcome for outcome in outcomes if outcome.defer]
    pools = [outcomes, outcomes, waits]
    if mild:
        advice = [outcome for outcome in outcomes if outcome.level is Level.ADVISE]
        pools = [advice, [outcome for outcome in waits if _ends(outcome)]]
    return tuple(
        replace(
            rule,
            unsure_level=Level.ADVISE if mild and rule.unsure_level else rule.unsure_level,
            outcomes=tuple(
                replace(rng.choice(rng.choice(pools)), when=_tree(rng, codes))
                for _ in range(rng.randint(1, 3))
            ),
        )
        for rule in rng.sample(rules, min(len(rules), rng.randint(2, 8)))
    )


def _ends(outcome: Outcome) -> bool:
    """Whether its wait counts from a day that is always known, and leaves nothing."""
    defer = outcome.defer
    known = defer is not None and (defer.basis in ("assessment_date", "ctx", "option_dates"))
    return known and not outcome.after_window_level.blocks_booking


def _tree(rng: random.Random, codes: Sequence[str], depth: int = 0) -> Condition:
    kind = rng.choice(["all", "any", "not"] if depth < 2 and rng.random() < 0.6 else ["leaf"])
    if kind == "leaf":
        return _hit(rng, codes) if codes and rng.random() < 0.5 else _leaf(rng)
    if kind == "not":
        return Not(part=_tree(rng, codes, depth + 1))
    parts = tuple(_tree(rng, codes, depth + 1) for _ in range(rng.randint(1, 3)))
    return AllOf(parts=parts) if kind == "all" else AnyOf(parts=parts)


def _hit(rng: random.Random, codes: Sequence[str]) -> Condition:
    least = rng.choice(LEVELS)
    if rng.random() < 0.5:
        return RuleHit(code=rng.choice(codes), min_level=least)
    groups = tuple(tuple(rng.choices(codes, k=rng.randint(1, 2))) for _ in range(3))
    return HitGroups(groups=groups, min_level=least, least=rng.randint(1, 2))


def _leaf(rng: random.Random) -> Condition:
    if rng.random() < 0.1:
        return DepthAbove(group=rng.choice(GROUPS), line=rng.choice(LINES))
    return _plan(rng) if rng.random() < 0.4 else _ask(rng)


def _ask(rng: random.Random) -> Ask:
    question = rng.choice([q for q in pack().questions if q.type is not QuestionType.DATE])
    if question.type is QuestionType.TEXT:
        return Ask(question=question.id, op=rng.choice(["text_present", "text_needs_reader"]))
    some = frozenset(rng.choices(sorted(question.values), k=rng.randint(1, 3)))
    if question.type in (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE):
        return Ask(question=question.id, op="in", values=some)
    if rng.random() < 0.4:
        return Ask(question=question.id, op="not_empty")
    if rng.random() < 0.5:
        return Ask(question=question.id, op="contains_any", values=some)
    return Ask(question=question.id, op="count_gte", values=some, count=rng.randint(1, 2))


def _plan(rng: random.Random) -> Plan:
    def of(field: str, op: str, *values: Scalar) -> Plan:
        return Plan(field=field, op=op, values=frozenset(values))

    number = rng.choice(["age", "age", "depth_mm", "last_session.depth_mm"])
    return rng.choice(
        [
            of(
                number,
                rng.choice(["lt", "lte", "gt", "gte"]),
                rng.choice(NUMBERS[: 8 if number == "age" else 10]),
            ),
            of(rng.choice(MODALITIES), "in", *rng.choices(pack().modalities, k=2)),
            of("areas", "intersects", *rng.choices(pack().areas, k=4)),
            Plan(
                field="areas",
                op="count_in_gte",
                values=frozenset(rng.choices(pack().areas, k=6)),
                count=rng.randint(1, 2),
            ),
            of("answers_age_days", "gt", rng.choice([0, 14, 30])),
            of("last_session", "exists", rng.random() < 0.5),
            of("last_session.modality", "exists", rng.random() < 0.5),
            of(rng.choice(SAID), "eq", rng.random() < 0.5),
            of("last_session.date", "exists", rng.random() < 0.5),
        ]
    )
