"""Every change that is proposed keeps its promise and is the smallest; none is overlooked.

Held to brute force over the parts of a plan, on random clients and on packs nobody would write.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain, combinations
from typing import Any

import pytest

from screening.case_context import read_context
from screening.engine import (
    Change,
    Context,
    Level,
    Offered,
    Pack,
    Part,
    Result,
    evaluate,
    what_would_change,
)
from screening.engine.changes import MOST_PLANS
from tests.screening.cases import pack
from tests.screening.changing import offer, offered
from tests.screening.plan_packs import plan_pack
from tests.screening.random_cases import random_answers, random_context

SEEDS = range(4)
CLIENTS = 120
OF_ONE_PACK = 15
MOST_AREAS = 4
"""As many as the search tries in any number (`MOST_GROUPS` kinds of areas), and some more."""
HORIZON = timedelta(days=420)


class Rules(StrEnum):
    """Whose rules judge the random clients."""

    OURS = "the pack"
    STRANGE = "strange packs"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One random case, and what would change it."""

    pack: Pack
    context: Context
    answers: dict[str, Any]
    offered: Offered
    now: Result
    changes: tuple[Change, ...]
    judged: int

    def level(self, **fields: Any) -> Level:
        """Of a day that is only considered, the answers count as confirmed."""
        considered = fields.get("planned_date", self.context.planned_on)
        fields |= {"confirmed": considered != self.context.planned_on}
        return evaluate(self.pack, replace(self.context, **fields), self.answers).level

    def alone(self, part: Part) -> list[Change]:
        return [change for change in self.changes if change.parts == (part,)]

    def best_alone(self) -> Level:
        levels = [change.level for change in self.changes if len(change.parts) == 1]
        return min(levels, default=self.now.level)


@cache
def cases(seed: int, kind: Rules) -> tuple[Tried, ...]:
    return tuple(_cases(random.Random(seed), kind))


def _cases(rng: random.Random, kind: Rules) -> Iterator[Tried]:
    rules = pack()
    for number in range(CLIENTS):
        if kind is Rules.STRANGE and number % OF_ONE_PACK == 0:
            rules = plan_pack(rng)
        raw = random_context(rng) | {"anaesthetic_planned": rng.random() < 0.3}
        raw["areas"] = raw["areas"][:MOST_AREAS]
        context = read_context(raw, pack())
        ill = rng.choice([0.1, 0.5] if kind is Rules.STRANGE else [0.02, 0.06, 0.15])
        answers = random_answers(rng, raw, wild=0, ill=ill)
        first = context.assessment_date + timedelta(rng.choice([0, 0, 3]))
        planned = offer(raw["modality"], least_mm=Decimal("0.20"), greatest_mm=Decimal("3.00"))
        plans = offered(context, planned=planned, first_day=first)
        found = try_out(rules, context, answers, plans)
        if found.now.complete:
            yield found


def try_out(rules: Pack, context: Context, answers: dict[str, Any], plans: Offered) -> Tried:
    judged = 0

    def counting(*args: Any) -> Result:
        nonlocal judged
        judged += 1
        return evaluate(*args)

    return Tried(
        pack=rules,
        context=context,
        answers=answers,
        offered=plans,
        now=evaluate(rules, context, answers),
        changes=what_would_change(rules, context, answers, plans, counting),
        judged=judged,
    )


def shallower(case: Tried, least: Decimal | None = None) -> list[float]:
    """Every depth on the grid that is offered below the planned one, deepest first."""
    least = least or case.offered.planned.least_mm
    now = Decimal(str(case.context.depth_mm))
    steps = (Decimal(n) * case.offered.step_mm for n in range(200, 0, -1))
    return [float(mm) for mm in steps if least <= mm < now]


def fewer_areas(case: Tried) -> list[tuple[str, ...]]:
    """Every set of areas that may be left out, the smallest first."""
    areas = case.context.areas or ()
    return list(chain.from_iterable(combinations(areas, n) for n in range(1, len(areas))))


def days(case: Tried) -> list[date]:
    first = case.offered.first_day
    every = (first + timedelta(n) for n in range(HORIZON.days))
    return [day for day in every if day != case.context.planned_on]


def without(case: Tried, out: tuple[str, ...], **fields: Any) -> Level:
    return case.level(areas=tuple(a for a in case.context.areas or () if a not in out), **fields)


@pytest.fixture(params=Rules)
def rules(request: pytest.FixtureRequest) -> Rules:
    return Rules(request.param)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_change_keeps_its_promise(seed: int, rules: Rules) -> None:
    seen = 0
    for case in cases(seed, rules):
        assert case.judged <= MOST_PLANS + 1
        for change in case.changes:
            again = evaluate(case.pack, change.context, case.answers)
            assert (again.level, again.earliest) == (change.level, change.earliest)
            assert change.level < case.now.level
            assert_no_harsher(case, change)
            seen += 1
    assert seen > 10


def assert_no_harsher(case: Tried, change: Change) -> None:
    plan, was = change.context, case.context
    assert plan.areas
    assert plan.depth_mm is not None
    assert was.depth_mm is not None
    assert set(plan.areas) | set(change.left_out) == set(was.areas or ())
    assert set(plan.areas) <= change.offer.areas
    assert float(change.offer.least_mm) <= plan.depth_mm <= was.depth_mm
    assert plan.depth_mm <= max(was.depth_mm, float(change.offer.greatest_mm))
    assert plan.planned_on == was.planned_on or plan.planned_on >= case.offered.first_day
    assert plan.anaesthetic_planned in (was.anaesthetic_planned, False)
    assert plan.modality == change.offer.modality
    kept = {"assessment_date", "test_patch_ok", "parental_consent", "last_session"}
    assert all(getattr(plan, name) == getattr(was, name) for name in kept)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_greater_depth_would_do_and_none_is_overlooked(seed: int, rules: Rules) -> None:
    for case in cases(seed, rules):
        for change in case.alone(Part.DEPTH):
            above = [mm for mm in shallower(case) if mm > (change.context.depth_mm or 0)]
            assert all(case.level(depth_mm=mm) > change.level for mm in above)
        levels = [case.level(depth_mm=mm) for mm in shallower(case)]
        assert_lowest_is_told(case, Part.DEPTH, levels)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_fewer_areas_would_do_and_none_is_overlooked(seed: int, rules: Rules) -> None:
    for case in cases(seed, rules):
        for change in case.alone(Part.AREAS):
            fewer = [out for out in fewer_areas(case) if len(out) < len(change.left_out)]
            assert all(without(case, out) > change.level for out in fewer)
        assert_lowest_is_told(case, Part.AREAS, [without(case, out) for out in fewer_areas(case)])


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_no_earlier_day_would_do_and_none_is_overlooked(seed: int, rules: Rules) -> None:
    for case in cases(seed, rules):
        if case.now.level <= Level.ADVISE:
            continue
        levels = {day: case.level(planned_date=day) for day in days(case)}
        for change in case.alone(Part.DATE):
            before = [day for day in levels if day < change.context.planned_on]
            assert all(levels[day] > change.level for day in before)
        within = [*case.alone(Part.DATE)]
        if all(c.context.planned_on <= max(levels) for c in within):
            assert_lowest_is_told(case, Part.DATE, list(levels.values()))


def assert_lowest_is_told(case: Tried, part: Part, levels: list[Level]) -> None:
    """The best that brute force finds is what is proposed; below ADVISE nobody needs to go."""
    best = max(min(levels, default=case.now.level), Level.ADVISE)
    told = [change.level for change in case.alone(part)]
    if best < case.now.level:
        assert max(min(told), Level.ADVISE) == best
    elif case.now.level > Level.ADVISE:
        assert not told


@pytest.mark.parametrize("seed", SEEDS)
def test_two_parts_go_lower_than_either_and_the_best_pair_is_found(seed: int, rules: Rules) -> None:
    for case in cases(seed, rules):
        best = case.best_alone()
        for change in case.changes:
            if len(change.parts) == 2:
                assert change.level < best
                assert best > Level.ADVISE
        pairs = [
            case.level(
                depth_mm=mm, areas=tuple(a for a in case.context.areas or () if a not in out)
            )
            for mm in shallower(case)
            for out in fewer_areas(case)
        ]
        told = min((change.level for change in case.changes), default=case.now.level)
        if pairs and case.now.level > Level.ADVISE:
            assert max(told, Level.ADVISE) <= max(min(pairs), Level.ADVISE)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_device_with_less_depth_is_found(seed: int, rules: Rules) -> None:
    for case in cases(seed, rules):
        if case.now.level <= Level.ADVISE:
            continue
        told = min((change.level for change in case.changes), default=case.now.level)
        for other in case.offered.others:
            for mm in shallower(case, other.least_mm):
                if mm <= other.greatest_mm:
                    level = case.level(modality=other.modality, depth_mm=mm)
                    assert max(told, Level.ADVISE) <= max(level, Level.ADVISE)
