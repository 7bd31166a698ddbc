"""From which day a plan is clear, or a decision for its day may be used: never while more stands in
the way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from clinic.intake.judging import PlanChoice, judge
from screening.engine import Level, build_pack
from tests.screening.cases import answers_with, tables, without_policy

GIVEN, BIRTHDAY, PLANNED = date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 20)


def test_a_day_on_which_something_cannot_be_decided_stands_in_the_way() -> None:
    changed = without_policy(tables())
    rule = next(r for r in changed["rules"]["rule"] if r["code"] == "recent_hair_removal")
    (wait,) = rule["outcome"]
    grown = {"id": "grown", "level": "ADVISE", "message": "Grown up.", "override": wait["override"]}
    # Up to 22 it counts from a day that nobody was asked for.
    rule["outcome"] = [
        {**wait, "when": {"ctx": "age", "op": "lt", "value": 22}},
        {**grown, "when": {"ctx": "age", "op": "gte", "value": 22}},
    ]
    changed["rules"]["rule"] = [
        one for one in changed["rules"]["rule"] if one["code"] != "age_minimum"
    ]
    changed["rules"]["combination"] = [
        one for one in changed["rules"]["combination"] if "age_minimum" not in one["involves"]
    ]
    pack = build_pack(**{k: v for k, v in changed.items() if k not in ("conflicts", "lexicon")})
    plan = PlanChoice(
        modality="MN_PEN",
        depth_mm=Decimal("0.50"),
        areas=("neck",),
        anaesthetic_planned=False,
        planned_date=PLANNED,
        test_patch_ok=False,
    )
    answers = answers_with({"dob": "2004-06-10", "hair_removal": "no"})
    judged = judge(pack, answers, plan, assessment_date=GIVEN, last_session=None)
    assert judged.assessment.complete
    assert judged.windows_end == BIRTHDAY
    assert judged.clear_from == BIRTHDAY
    young = PlanChoice(**{**vars(plan), "planned_date": BIRTHDAY - timedelta(days=1)})
    before = judge(pack, answers, young, assessment_date=GIVEN, last_session=None)
    assert [(hit.code, hit.level, hit.defer_until) for hit in before.assessment.hits] == [
        ("recent_hair_removal", Level.REVIEW, None)
    ]
