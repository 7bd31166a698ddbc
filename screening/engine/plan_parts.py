"""Which parts of a plan a rule reads: what else may be planned so that it says something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from .conditions import Ask, Condition, DepthAbove, Plan, Scalar, rules_read, walk
from .depth_limits import line_by_area
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
    "answers_age_days": frozenset({Part.DATE}),
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
    found = {float(v) for p in _plans(pack, "depth_mm") for v in p.values}
    for line in _lines(pack):
        found |= {mm for mm in line.values() if mm}
    return tuple(sorted(found, reverse=True))


@lru_cache(maxsize=64)
def areas_named(pack: Pack) -> tuple[frozenset[Scalar], ...]:
    """Every set of areas that some rule asks for, or that has the same line of depth. Areas that
    are counted stand each for itself."""
    found: dict[frozenset[Scalar], None] = {}
    for plan in _plans(pack, "areas"):
        counted = plan.op == "count_in_gte"
        found |= dict.fromkeys([frozenset({a}) for a in plan.values] if counted else [plan.values])
    for line in _lines(pack):
        for mm in set(line.values()):
            found[frozenset(area for area in line if line[area] == mm)] = None
    return tuple(found)


def _own(rule: Rule) -> frozenset[Part]:
    found: set[Part] = {Part.DATE} if any(outcome.defer for outcome in rule.outcomes) else set()
    for part in _parts(rule.conditions()):
        if isinstance(part, Plan):
            found |= _FIELDS.get(part.field, NOTHING)
        elif isinstance(part, DepthAbove):
            found |= {Part.DEPTH, Part.AREAS, Part.MODALITY}
        elif isinstance(part, Ask) and part.op == "before_ctx":
            found.add(Part.DATE)
    return frozenset(found)


def _lines(pack: Pack) -> list[Mapping[str, float | None]]:
    """The lines of depth that some rule reads, by area."""
    return [
        line_by_area(pack.depth_limits, part)
        for part in dict.fromkeys(_parts(c for rule in pack.all_rules for c in rule.conditions()))
        if isinstance(part, DepthAbove)
    ]


def _plans(pack: Pack, field: str) -> list[Plan]:
    conditions = (c for rule in pack.all_rules for c in rule.conditions())
    return [part for part in _parts(conditions) if isinstance(part, Plan) and part.field == field]


def _parts(conditions: Iterable[Condition]) -> list[Condition]:
    return [part for c in conditions for part in walk(c)]
