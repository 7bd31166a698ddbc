"""Which other plans are judged at all: each worth judging once, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from screening.engine import Context, Pack, Part
from screening.engine.conditions import AnyOf, Condition, Plan
from screening.engine.days import changing_days
from screening.engine.levels import Kind, Level
from screening.engine.offers import MOST_GROUPS, Offer, Offered, Variant, variants
from screening.engine.plan_parts import parts_read
from tests.screening.cases import answers_with, context_with, pack
from tests.screening.changing import offer

FIRST, LATER, LAST = date(2026, 6, 2), date(2026, 6, 9), date(2026, 6, 20)


def reading(*conditions: Condition) -> Pack:
    """The pack with one rule alone, a stop under these conditions."""
    rule = pack().rules[0]
    stop = replace(
        rule.outcomes[0],
        when=AnyOf(parts=conditions),
        level=Level.CONTRAINDICATED,
        kind=Kind.WHILE_PRESENT,
        defer=None,
    )
    rule = replace(rule, outcomes=(stop,), question_ids=(), unsure_level=None, flag_when=())
    return replace(pack(), rules=(rule,), combinations=())


def tried(
    part: Part,
    rules: Pack,
    *,
    days: Sequence[date] = (),
    planned: Offer | None = None,
    others: tuple[Offer, ...] = (),
    **context: Any,
) -> list[Variant]:
    plan = replace(context_with({}), **context)
    base = Variant(context=plan, offer=planned or offer("MN_PEN"))
    offered = Offered(planned=base.offer, first_day=FIRST, others=others)

    def told(_: Context) -> tuple[date, ...]:
        return tuple(days)

    return list(variants(part, rules, base, offered, told))


def depth(value: float) -> Plan:
    return Plan(field="depth_mm", op="gt", values=frozenset({value}))


def in_area(name: str) -> Plan:
    return Plan(field="areas", op="intersects", values=frozenset({name}))


def test_the_first_day_to_come_and_every_later_one_are_tried_once() -> None:
    found = tried(Part.DATE, pack(), days=(FIRST, LATER, LAST), planned_date=LATER)
    assert [one.context.planned_date for one in found] == [FIRST, LAST]


@pytest.mark.parametrize(
    ("named", "steps"),
    [(0.38, [0.35, 0.3, 0.1]), (0.5, [0.45, 0.1]), (0.35, [0.35, 0.3, 0.1]), (0.1, [0.1])],
)
def test_of_the_depths_those_at_which_something_can_change(
    named: float, steps: list[float]
) -> None:
    planned = offer("MN_PEN", least_mm=Decimal("0.10"))
    found = tried(Part.DEPTH, reading(depth(named)), planned=planned, depth_mm=0.5)
    assert [one.context.depth_mm for one in found] == steps


@pytest.mark.parametrize(("named", "most"), [(MOST_GROUPS, MOST_GROUPS), (MOST_GROUPS + 1, 2)])
def test_areas_are_left_out_in_any_number_up_to_six_kinds(named: int, most: int) -> None:
    areas = pack().areas[: MOST_GROUPS + 2]
    found = tried(Part.AREAS, reading(*map(in_area, areas[:named])), areas=areas)
    sizes = [len(one.left_out) for one in found]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (1, most)
    assert len({one.left_out for one in found}) == len(found)


def test_only_a_procedure_that_treats_there_and_differs_is_tried() -> None:
    elsewhere = offer("RF_MN", id=2, areas=frozenset({"back"}))
    same = offer("MN_PEN", id=3)
    as_deep = offer("RF_MN", id=4, least_mm=Decimal("1.50"))
    deeper = offer("RF_MN", id=5, least_mm=Decimal("1.55"))
    others = (elsewhere, same, deeper, as_deep)
    planned = offer("MN_PEN")
    both: dict[str, Any] = {"areas": ("forehead", "neck"), "planned": planned, "others": others}
    found = tried(Part.MODALITY, pack(), depth_mm=1.5, **both)
    assert [one.offer.id for one in found] == [4]
    assert not tried(Part.MODALITY, pack(), depth_mm=None, **both)


def test_a_rule_without_a_wait_does_not_depend_on_the_date() -> None:
    (read,) = parts_read(reading(depth(1.0))).values()
    assert read == {Part.DEPTH, Part.MODALITY}


def test_the_day_of_the_answers_is_none_on_which_something_changes() -> None:
    # No birthday that matters is to come.
    stopped = {"dob": "1940-01-01", "isotretinoin": "stopped", "isotretinoin_stop": "2025-12-01"}
    assert changing_days(pack(), context_with({}), answers_with(stopped)) == ()
    stopped |= {"isotretinoin_stop": "2025-12-02"}
    found = changing_days(pack(), context_with({}), answers_with(stopped))
    assert found == (date(2026, 6, 2),)
