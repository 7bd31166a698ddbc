"""Packs whose rules read almost nothing but the plan, so that another plan often changes them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from screening.engine import Level, Outcome, Pack, Rule
from screening.engine.conditions import AllOf, AnyOf, Condition, Not, Plan, RuleHit, Scalar
from screening.engine.dates import Window
from screening.engine.rules import NOBODY, Defer
from tests.screening.cases import pack

DEPTHS = (0.33, 0.5, 0.9, 1.0, 1.5, 2.0, 2.5)
LEVELS = (Level.ADVISE, Level.REVIEW, Level.DEFER, Level.DEFER, Level.CONTRAINDICATED)


def plan_pack(rng: random.Random) -> Pack:
    """A pack that was never validated: a handful of rules and two combinations of them."""
    rules = tuple(_rule(rng, old, ()) for old in rng.sample(pack().rules, rng.randint(2, 5)))
    codes = tuple(rule.code for rule in rules)
    both = tuple(_rule(rng, old, codes) for old in rng.sample(pack().combinations, 2))
    return replace(pack(), rules=rules, combinations=both)


def _rule(rng: random.Random, old: Rule, codes: tuple[str, ...]) -> Rule:
    outcomes = tuple(_outcome(rng, codes, number) for number in range(rng.randint(1, 3)))
    return replace(old, outcomes=outcomes, unsure_level=None, question_ids=(), flag_when=())


def _outcome(rng: random.Random, codes: tuple[str, ...], number: int) -> Outcome:
    level = rng.choice(LEVELS)
    window = Window(days=rng.choice([1, 7, 30, 90]))
    return Outcome(
        id=f"outcome_{number}",
        when=_tree(rng, codes),
        level=level,
        message="",
        override=NOBODY,
        defer=Defer(basis="assessment_date", window=window) if level is Level.DEFER else None,
        after_window_level=rng.choice([Level.CLEAR, Level.REVIEW]),
    )


def _tree(rng: random.Random, codes: tuple[str, ...], depth: int = 0) -> Condition:
    kind = rng.choice(["all", "any", "not"]) if depth < 2 and rng.random() < 0.6 else "leaf"
    if kind == "leaf":
        return _leaf(rng, codes)
    if kind == "not":
        return Not(part=_tree(rng, codes, depth + 1))
    parts = tuple(_tree(rng, codes, depth + 1) for _ in range(2))
    return AllOf(parts=parts) if kind == "all" else AnyOf(parts=parts)


def _leaf(rng: random.Random, codes: tuple[str, ...]) -> Condition:
    if codes and rng.random() < 0.4:
        return RuleHit(code=rng.choice(codes), min_level=rng.choice(LEVELS))
    leaves: list[tuple[str, str, Sequence[Scalar]]] = [
        ("depth_mm", rng.choice(["lt", "gt", "gte"]), (rng.choice(DEPTHS),)),
        ("depth_mm", "gte", (rng.choice(DEPTHS),)),
        ("modality", "in", rng.sample(pack().modalities, rng.randint(1, 2))),
        ("areas", "intersects", rng.sample(pack().areas[:8], 2)),
        ("anaesthetic_planned", "eq", (True,)),
        ("age", "lt", (rng.choice([18, 22, 40]),)),
    ]
    field, op, values = rng.choice(leaves)
    return Plan(field=field, op=op, values=frozenset(values))
