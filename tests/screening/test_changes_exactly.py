"""What would change a case, where several changes help by steps: which of them are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from screening.engine import Change, Level, Pack, Part, what_would_change
from screening.engine.conditions import AllOf, Condition, Plan
from screening.engine.dates import Window
from screening.engine.levels import Kind
from screening.engine.offers import Offer
from screening.engine.rules import Defer
from tests.screening.cases import answers_with, context_with, pack
from tests.screening.changing import offer, offered, told

STOP, REVIEW, ADVISE = Level.CONTRAINDICATED, Level.REVIEW, Level.ADVISE


def deeper(value: float) -> Plan:
    return Plan(field="depth_mm", op="gt", values=frozenset({value}))


def treats(area: str) -> Plan:
    return Plan(field="areas", op="intersects", values=frozenset({area}))


def by(modality: str) -> Plan:
    return Plan(field="modality", op="eq", values=frozenset({modality}))


NUMBED = Plan(field="anaesthetic_planned", op="eq", values=frozenset({True}))


def rules(*said: tuple[Level, Condition]) -> Pack:
    """A pack in which each rule says one level under one condition."""
    made = []
    for old, (level, when) in zip(pack().rules, said, strict=False):
        kind = Kind.WHILE_PRESENT if level is STOP else None
        outcome = replace(old.outcomes[0], when=when, level=level, kind=kind, defer=None)
        made.append(
            replace(old, outcomes=(outcome,), question_ids=(), unsure_level=None, flag_when=())
        )
    return replace(pack(), rules=tuple(made), combinations=())


def changes(using: Pack, others: tuple[Offer, ...] = (), **context: Any) -> tuple[Change, ...]:
    plan = replace(context_with({}), **context)
    return what_would_change(using, plan, answers_with({}), offered(plan, others=others))


def test_of_many_steps_of_one_part_the_least_and_the_furthest_are_told() -> None:
    using = rules((STOP, deeper(2.0)), (REVIEW, deeper(1.5)), (REVIEW, deeper(1.0)))
    found = changes(using, depth_mm=2.4)
    assert [change.context.depth_mm for change in found] == [1.0, 2.0]
    rest = replace(
        using.rules[1].outcomes[0],
        level=Level.DEFER,
        defer=Defer(basis="assessment_date", window=Window(days=90)),
    )
    middle = replace(using.rules[1], outcomes=(rest,))
    using = replace(using, rules=(using.rules[0], middle, using.rules[2]))
    found = changes(using, depth_mm=2.4)
    deep = [change for change in found if change.parts == (Part.DEPTH,)]
    assert [(change.context.depth_mm, change.level) for change in deep] == [
        (1.0, Level.CLEAR),
        (2.0, Level.DEFER),
    ]


def test_further_than_advice_nobody_needs_to_go() -> None:
    found = changes(rules((REVIEW, deeper(1.5)), (ADVISE, deeper(1.0))), depth_mm=2.0)
    assert [(change.context.depth_mm, change.level) for change in found] == [(1.5, ADVISE)]


def test_of_two_parts_the_first_pair_that_ends_with_advice_is_told() -> None:
    face, numbing = treats("forehead"), NUMBED
    using = rules(
        (REVIEW, deeper(1.0)),
        (REVIEW, face),
        (ADVISE, deeper(0.5)),
        (ADVISE, AllOf(parts=(deeper(0.1), numbing))),
    )
    found = changes(using, depth_mm=1.5, areas=("forehead", "neck"), anaesthetic_planned=True)
    assert told(found) == [("depth+areas", "ADVISE")]


def test_of_two_parts_only_the_furthest_step_is_told() -> None:
    using = rules((STOP, deeper(2.0)), (REVIEW, deeper(1.0)), (STOP, treats("forehead")))
    found = changes(using, depth_mm=2.4, areas=("forehead", "neck"))
    assert told(found) == [("depth+areas", "CLEAR")]
    assert found[0].context.depth_mm == 1.0


def test_a_device_that_treats_less_keeps_no_other_from_being_tried() -> None:
    using = rules((REVIEW, by("RF_MN")), (REVIEW, deeper(1.0)))
    less = offer("MN_PEN", id=1, areas=frozenset({"neck"}))
    whole = offer("MN_ROLLER", id=2)
    found = changes(
        using, (less, whole), modality="RF_MN", depth_mm=1.5, areas=("forehead", "neck")
    )
    assert told(found) == [("depth+modality", "CLEAR")]
    assert found[0].offer.id == whole.id


def test_after_advice_by_two_parts_no_other_two_are_tried() -> None:
    hot = by("RF_MN")
    using = rules(
        (REVIEW, deeper(1.0)),
        (REVIEW, AllOf(parts=(hot, treats("forehead")))),
        (ADVISE, hot),
    )
    pen = offer("MN_PEN", id=3)
    plan: dict[str, Any] = {"modality": "RF_MN", "depth_mm": 1.5, "areas": ("forehead", "neck")}
    assert told(changes(using, (pen,), **plan)) == [("depth+areas", "ADVISE")]
