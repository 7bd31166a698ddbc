"""Which parts of a plan a rule reads: what else may be planned so that it says something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from .conditions import Condition, Plan, Scalar, rules_read, walk
from .rules import Pack, Rule


class Part(StrEnum):
    """One part of a plan that can be changed, the lightest change first."""

    DATE = "date"
    DEPTH = "depth"
    AREAS = "areas"
    NUMBING = "numbing"
    MODALITY = "modality"


_FIELDS: Mapping[str, frozenset[Part]] = {
    "age": frozenset({Part.DATE}),
    # Another device may not reach as deep.
    "depth_mm": frozenset({Part.DEPTH, Part.MODALITY}),
    "areas": frozenset({Part.AREAS}),
    "anaesthetic_planned": frozenset({Part.NUMBING}),
    "modality": frozenset({Part.MODALITY}),
}
NOTHING: frozenset[Part] = frozenset()


@lru_cache(maxsize=64)
def parts_read(pack: Pack) -> Mapping[str, frozenset[Part]]:
    """The parts of the plan on which each rule depends, by code; of a combination also through
    the hits that it reads. A rule says the same whatever happens to all other parts."""
    found = {rule.code: _own(rule) for rule in pack.all_rules}
    for rule in pack.combinations:
        for condition in rule.conditions():
            for code in rules_read(condition):
                found[rule.code] |= found.get(code, NOTHING)
    return found


@lru_cache(maxsize=64)
def depths_named(pack: Pack) -> tuple[float, ...]:
    """Every depth in millimetres at which some rule changes, deepest first."""
    return tuple(
        sorted({float(v) for p in _plans(pack, "depth_mm") for v in p.values}, reverse=True)
    )


@lru_cache(maxsize=64)
def areas_named(pack: Pack) -> tuple[frozenset[Scalar], ...]:
    """Every set of areas that some rule asks for."""
    return tuple({plan.values: None for plan in _plans(pack, "areas")})


def _own(rule: Rule) -> frozenset[Part]:
    found = {Part.DATE} if any(outcome.defer for outcome in rule.outcomes) else set()
    for plan in _plans_of(rule.conditions()):
        found |= _FIELDS.get(plan.field, NOTHING)
    return frozenset(found)


def _plans(pack: Pack, field: str) -> list[Plan]:
    conditions = (c for rule in pack.all_rules for c in rule.conditions())
    return [plan for plan in _plans_of(conditions) if plan.field == field]


def _plans_of(conditions: Iterable[Condition]) -> list[Plan]:
    return [part for c in conditions for part in walk(c) if isinstance(part, Plan)]
