"""What would change a case: worked by hand, and held to brute force on random clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from screening.engine import (
    Change,
    Context,
    Hit,
    Kind,
    Level,
    Pack,
    Part,
    Result,
    evaluate,
    what_would_change,
)
from screening.engine.changes import MOST_PLANS, Judgement
from screening.engine.conditions import AllOf, AnyOf, Condition, Plan
from screening.engine.findings import hit_of
from screening.engine.plan_parts import depths_named
from tests.screening.cases import answers_with, context_with, pack, screen
from tests.screening.changing import changes, offer, offered, told

FACE_AND_NECK = ["forehead", "neck"]
THINNERS = {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]}
COLD_SORES = {"hsv_history": "yes", "hsv_prophylaxis": "no"}
STOPPED_IN_MARCH = {"isotretinoin": "stopped", "isotretinoin_stop": "2026-03-01"}
ACTIVES = {"topical_actives": "yes", "topical_actives_date": "2026-05-30"}
SOON = {"planned_date": "2026-06-02"}


def test_an_anticoagulant_is_for_review_just_below_the_depth_that_stops_it() -> None:
    (change,) = changes(THINNERS, {"depth_mm": 2.0, "areas": ["neck"]})
    assert (change.parts, change.level) == ((Part.DEPTH,), Level.REVIEW)
    assert change.context.depth_mm == 1.45
    assert change.earliest is None


def test_radiofrequency_on_an_anticoagulant_takes_another_device_and_less_depth_at_once() -> None:
    plan = {"modality": "RF_MN", "depth_mm": 2.0, "areas": ["neck"]}
    (change,) = changes(THINNERS, plan)
    assert (change.parts, change.level) == ((Part.DEPTH, Part.MODALITY), Level.REVIEW)
    assert (change.context.modality, change.context.depth_mm) == ("MN_PEN", 1.45)
    assert change.offer.id == offer("MN_PEN").id


def test_two_blood_thinners_need_less_than_half_a_millimetre() -> None:
    (change,) = changes(THINNERS | {"blood_thinner_kinds": ["warfarin", "doac"]})
    assert (change.context.depth_mm, change.level) == (0.45, Level.REVIEW)
    assert not changes(
        THINNERS | {"blood_thinner_kinds": ["warfarin", "doac"]},
        planned=offer("MN_PEN", least_mm=Decimal("0.50")),
        others=(),
    )


def test_what_may_be_booked_comes_first_then_the_lesser_change() -> None:
    found = changes({}, {"depth_mm": 2.6, "areas": ["cheeks"]})
    assert told(found) == [("depth", "CLEAR"), ("depth", "REVIEW"), ("modality", "REVIEW")]
    assert [change.context.depth_mm for change in found] == [1.45, 2.5, 1.5]
    assert [c.context.modality for c in found] == ["MN_PEN", "MN_PEN", "MN_ROLLER"]


def test_the_face_is_left_out_where_only_the_face_is_too_deep() -> None:
    found = changes({}, {"depth_mm": 2.0, "areas": FACE_AND_NECK}, others=())
    assert told(found) == [("depth", "CLEAR"), ("depth", "REVIEW"), ("areas", "REVIEW")]
    assert found[2].left_out == ("forehead",)
    assert found[2].context.areas == ("neck",)


def test_the_areas_of_the_face_are_left_out_and_no_other() -> None:
    areas = ["forehead", "cheeks", "neck", "nose"]
    (change,) = changes(COLD_SORES, {"areas": areas})
    assert (change.parts, change.level) == ((Part.AREAS,), Level.ADVISE)
    assert change.left_out == ("forehead", "cheeks", "nose")
    assert change.context.areas == ("neck",)


def test_something_is_always_left_to_treat() -> None:
    assert not changes(COLD_SORES, {"areas": ["cheeks", "nose"]})


def test_the_end_of_a_wait_is_the_earliest_day() -> None:
    (change,) = changes(STOPPED_IN_MARCH)
    assert (change.parts, change.level) == ((Part.DATE,), Level.CLEAR)
    assert change.context.planned_date == change.earliest == date(2026, 9, 1)


def test_a_wait_that_ends_in_a_review_is_said_to_end_there() -> None:
    (change,) = changes({"cold_sore_state": "active"}, {"planned_date": "2026-06-05"})
    assert (change.context.planned_date, change.level) == (date(2026, 6, 15), Level.REVIEW)
    assert change.earliest is None


def test_both_days_are_told_the_first_that_is_better_and_the_first_to_book() -> None:
    found = changes({"dob": "2008-07-01"})
    assert told(found) == [("date", "CLEAR"), ("date", "REVIEW")]
    assert [c.context.planned_date for c in found] == [date(2030, 7, 1), date(2026, 7, 1)]


def test_no_day_before_the_first_one_still_to_come() -> None:
    (change,) = changes(ACTIVES, SOON, first_day=date(2026, 6, 25))
    assert change.context.planned_date == date(2026, 6, 25)
    assert changes(ACTIVES, SOON)[0].context.planned_date == date(2026, 6, 4)


def test_numbing_cream_is_left_out_where_only_that_is_the_risk() -> None:
    (change,) = changes({"seizures": "over_12m"}, {"anaesthetic_planned": True})
    assert (change.parts, change.level) == ((Part.NUMBING,), Level.ADVISE)
    assert change.context.anaesthetic_planned is False


def test_two_parts_together_where_one_is_not_enough() -> None:
    found = changes(ACTIVES, SOON | {"depth_mm": 2.0, "areas": ["cheeks"]}, others=())
    assert told(found) == [("date+depth", "CLEAR"), ("date", "REVIEW")]
    assert found[0].context.planned_date == date(2026, 6, 4)
    assert found[0].context.depth_mm == 1.45


def test_another_device_leaves_out_what_it_does_not_treat() -> None:
    pen = offer("MN_PEN", areas=frozenset({"neck"}))
    (change,) = changes(
        {"keloid": "none", "electronic_implant": "yes"},
        {"modality": "RF_MN", "areas": FACE_AND_NECK},
        others=(pen,),
    )
    assert (change.parts, change.level) == ((Part.AREAS, Part.MODALITY), Level.REVIEW)
    assert (change.left_out, change.context.areas) == (("forehead",), ("neck",))


def test_another_device_is_never_set_deeper_than_was_planned() -> None:
    deep = offer("MN_PEN", least_mm=Decimal("1.00"))
    plan = {"modality": "RF_MN", "depth_mm": 0.8, "areas": ["neck"]}
    assert not changes({"electronic_implant": "yes"}, plan, others=(deep,))


def test_a_gentler_procedure_of_the_same_device_is_another_one() -> None:
    deep = offer("MN_PEN", least_mm=Decimal("1.60"))
    gentle = offer("MN_PEN", id=7, greatest_mm=Decimal("1.20"))
    plan = {"depth_mm": 2.0, "areas": ["back"]}
    (change,) = changes({}, plan, planned=deep, others=(gentle,))
    assert (change.parts, change.offer.id) == ((Part.MODALITY,), 7)
    assert (change.context.depth_mm, change.level) == (1.2, Level.CLEAR)


@pytest.mark.parametrize(
    "answers",
    [
        {"pregnant": "yes"},
        {"rosacea": "calm", "dob": "1990-04-12"},
        {"isotretinoin": "taking_now"},
        {"pregnant": "yes", **THINNERS},
        {"pressured": "not_sure"},
    ],
)
def test_nothing_is_proposed_where_an_answer_alone_decides(answers: dict[str, Any]) -> None:
    assert screen(answers).level > Level.ADVISE
    assert not changes(answers, {"depth_mm": 0.5, "areas": FACE_AND_NECK})


def test_nothing_is_proposed_where_an_answer_is_missing() -> None:
    assert not changes({"smoking": None}, {"depth_mm": 2.0})


def test_nothing_is_proposed_where_nothing_was_found() -> None:
    assert not changes({})


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A judgement with one more finding, as a layer above the rules makes it."""

    level: Level
    hits: tuple[Hit, ...]
    earliest: date | None = None
    complete: bool = True


def with_a_quoted_word(pack: Pack, context: Context, answers: Mapping[str, object], /) -> Judgement:
    found = evaluate(pack, context, answers)
    rule = pack.rule_by_code["free_text_disclosures"]
    quoted = replace(hit_of(pack, rule, rule.outcomes[0], Level.REVIEW), code="words.warfarin")
    return Quoted(level=max(found.level, Level.REVIEW), hits=(*found.hits, quoted))


def test_whatever_judges_a_finding_from_elsewhere_stands_against_every_plan() -> None:
    deep = {"depth_mm": 2.6, "areas": ["cheeks"]}
    assert {change.level for change in changes({}, deep, with_a_quoted_word)} == {Level.REVIEW}
    assert not changes({}, {"depth_mm": 0.5}, with_a_quoted_word)


def test_a_pack_names_its_depths_once() -> None:
    assert depths_named(pack()) == (2.5, 2.0, 1.5, 1.2, 1.0, 0.8, 0.75, 0.5)


def with_rule(condition: Condition) -> Pack:
    """The pack with one rule alone, a stop under this condition."""
    rule = pack().rules[0]
    stop = replace(
        rule.outcomes[0],
        when=condition,
        level=Level.CONTRAINDICATED,
        kind=Kind.WHILE_PRESENT,
        defer=None,
    )
    rule = replace(rule, outcomes=(stop,), question_ids=(), unsure_level=None, flag_when=())
    return replace(pack(), rules=(rule,), combinations=())


def depth(op: str, value: float) -> Plan:
    return Plan(field="depth_mm", op=op, values=frozenset({value}))


def areas(*names: str) -> Plan:
    return Plan(field="areas", op="intersects", values=frozenset(names))


def judged_under(rules: Pack, context: dict[str, Any]) -> tuple[tuple[Change, ...], int]:
    """What would change it, and how many plans were judged to find out."""
    count = 0

    def counting(*args: Any) -> Result:
        nonlocal count
        count += 1
        return evaluate(*args)

    plan = context_with(context)
    plans = offered(plan, others=())
    return what_would_change(rules, plan, answers_with({}), plans, counting), count


def test_no_case_takes_more_than_a_bounded_number_of_plans() -> None:
    face = list(pack().areas[:6])
    named = [depth("gte", n / 20) for n in range(1, 60)] + [areas(name) for name in face]
    endless = with_rule(AnyOf(parts=(*named, depth("gt", 0))))
    found, count = judged_under(endless, {"depth_mm": 2.5, "areas": face})
    assert not found
    assert count == MOST_PLANS + 1


def test_of_very_many_areas_at_most_two_kinds_are_left_out() -> None:
    many = list(pack().areas[:9])
    three = AnyOf(parts=tuple(areas(name) for name in many[:3]))
    others = AllOf(parts=(*(areas(name) for name in many[3:]), depth("gt", 9)))
    found, _ = judged_under(with_rule(AnyOf(parts=(three, others))), {"areas": many})
    assert not found
    two = AnyOf(parts=tuple(areas(name) for name in many[:2]))
    (change,), _ = judged_under(with_rule(AnyOf(parts=(two, others))), {"areas": many})
    assert change.left_out == tuple(many[:2])


def test_a_depth_between_two_steps_is_named_on_the_step_below() -> None:
    found, _ = judged_under(with_rule(depth("gt", 0.33)), {"depth_mm": 0.5})
    assert [change.context.depth_mm for change in found] == [0.3]
    found, _ = judged_under(with_rule(depth("gt", 0.35)), {"depth_mm": 0.5})
    assert [change.context.depth_mm for change in found] == [0.35]


def test_the_least_depth_that_is_offered_is_tried_off_the_steps_too() -> None:
    plan = context_with({"depth_mm": 0.5})
    least = offered(plan, planned=offer("MN_PEN", least_mm=Decimal("0.23")), others=())
    rules = with_rule(depth("gte", 0.25))
    (change,) = what_would_change(rules, plan, answers_with({}), least)
    assert change.context.depth_mm == 0.23
