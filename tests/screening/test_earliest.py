"""The earliest date: nothing above ADVISE on it, something above ADVISE the day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from screening.engine import Level, Pack, build_pack, evaluate
from screening.engine.conditions import Plan
from screening.engine.evaluate import evaluate_plain
from tests.screening.cases import (
    answers_with,
    context_with,
    found,
    pack,
    screen,
    tables,
    without_policy,
)


@pytest.mark.parametrize(
    ("answers", "context", "earliest"),
    [
        ({}, {}, date(2026, 6, 1)),
        ({}, {"planned_date": None}, date(2026, 6, 1)),
        ({"smoking": "ten_plus"}, {}, date(2026, 6, 1)),
        ({"hair_removal": "yes", "hair_removal_date": "2026-06-01"}, {}, date(2026, 6, 8)),
        (
            {"isotretinoin": "stopped", "isotretinoin_stop": "2025-12-31"},
            {},
            date(2026, 6, 30),
        ),
        ({"unwell": "yes"}, {}, date(2026, 6, 15)),
        ({"dob": "2005-01-20"}, {}, date(2027, 1, 20)),
        ({"dob": "2008-02-29"}, {}, date(2030, 3, 1)),
        (
            {"dob": "2004-06-10", "unwell": "yes"},
            {},
            date(2026, 6, 15),
        ),
        (
            {
                "phototype": "IV",
                "sun_exposure": {"sunburn": "2026-05-25", "fake_tan": "2026-06-01"},
            },
            {},
            date(2026, 7, 6),
        ),
        (
            {},
            {"last_session": {"date": "2026-05-20", "modality": "RF_MN", "depth_mm": 1.0}},
            date(2026, 7, 1),
        ),
    ],
)
def test_earliest_is_the_first_free_day(
    answers: dict[str, Any], context: dict[str, Any], earliest: date
) -> None:
    assert screen(answers, context).earliest == earliest
    given = answers_with(answers)
    plan = replace(context_with(context), confirmed=True)
    on_it = evaluate(pack(), replace(plan, planned_date=earliest), given)
    assert on_it.level <= Level.ADVISE
    if earliest > date(2026, 6, 1):
        before = replace(plan, planned_date=earliest - timedelta(days=1))
        assert evaluate(pack(), before, given).level > Level.ADVISE


def test_answers_that_are_too_old_on_the_earliest_day_are_confirmed_before_it() -> None:
    answers = {"isotretinoin": "stopped", "isotretinoin_stop": "2026-01-31"}
    result = screen(answers)
    assert result.earliest == date(2026, 7, 31)
    on_it = screen(answers, {"planned_date": "2026-07-31"})
    assert found(on_it) == {"answers_age": ("stale", "REVIEW", None)}
    assert on_it.earliest == date(2026, 7, 31)


@pytest.mark.parametrize(("days", "stale"), [(30, False), (31, True)])
def test_answers_hold_for_thirty_days(days: int, *, stale: bool) -> None:
    planned = date(2026, 6, 1) + timedelta(days=days)
    result = screen({}, {"planned_date": planned.isoformat()})
    assert ("answers_stale" in result.flags) is stale
    assert result.complete
    assert result.earliest == date(2026, 6, 1)


def test_no_date_ends_sun_that_is_planned() -> None:
    answers = {"planned_sun": "yes", "planned_sun_end": "2026-08-18"}
    # From then on the plan lies after the sun, which was asked for the weeks after treatment.
    assert screen(answers).earliest is None


@pytest.mark.parametrize(
    "answers",
    [
        {"rosacea": "calm"},
        {"pregnant": "yes"},
        {"cold_sore_state": "active"},  # a review stays after the wait
        {"isotretinoin": "not_sure"},
    ],
)
def test_no_date_ends_what_a_person_must_decide(answers: dict[str, Any]) -> None:
    assert screen(answers).earliest is None


def test_an_incomplete_form_has_no_earliest_date() -> None:
    assert screen(without=("smoking",)).earliest is None


def test_the_earliest_date_does_not_depend_on_the_planned_one() -> None:
    answers = {"unwell": "yes", "hair_removal": "yes", "hair_removal_date": "2026-05-30"}
    days = {
        screen(answers, {"planned_date": f"2026-{month:02}-10"}).earliest for month in range(6, 13)
    }
    assert days == {date(2026, 6, 15)}


def test_a_wait_that_begins_when_another_finding_ends_is_seen_coming() -> None:
    changed = without_policy(tables())
    found = changed["rules"]["combination"]
    late = next(rule for rule in found if rule["code"] == "combo_body_image_pressure")
    gap_over = {"not": {"hit": "session_interval", "min_level": "ADVISE"}}
    late["outcome"][0].update(
        when={"all": [{"q": "hair_removal", "op": "eq", "value": "yes"}, gap_over]},
        defer={"basis": "assessment_date", "window": {"days": 42}},
        after_window_level="CLEAR",
    )
    answers = answers_with({"hair_removal": "yes", "hair_removal_date": "2026-05-01"})
    last = {"date": "2026-05-20", "modality": "MN_PEN", "depth_mm": 0.5}
    context = context_with({"planned_date": "2026-06-05", "last_session": last})
    assert evaluate(build_pack(**changed), context, answers).earliest == date(2026, 7, 13)


def _with_age(condition: dict[str, Any]) -> Pack:
    """The pack with another limit of age, that asks for review."""
    changed = without_policy(tables())
    rule = next(one for one in changed["rules"]["rule"] if one["code"] == "age_minimum")
    rule["outcome"] = [{**rule["outcome"][1], "when": condition}]
    return build_pack(**changed)


@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-02", "2027-01-01"])
def test_an_age_that_never_ends_leaves_no_day(planned: str) -> None:
    screened = _with_age({"ctx": "age", "op": "gte", "value": 22})
    result = evaluate(screened, context_with({"planned_date": planned}), answers_with({}))
    assert (result.level, result.earliest) == (Level.REVIEW, None)


@pytest.mark.parametrize("way", [evaluate, evaluate_plain])
@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-10", "2026-07-01"])
def test_a_limit_above_an_age_frees_on_the_next_birthday(planned: str, way: Any) -> None:
    screened = _with_age({"not": {"ctx": "age", "op": "gt", "value": 21}})
    context = context_with({"planned_date": planned})
    found = way(screened, context, answers_with({"dob": "2004-06-10"}))
    assert found.earliest == date(2026, 6, 10)


@pytest.mark.parametrize("way", [evaluate, evaluate_plain])
@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-10", "2026-07-01"])
def test_what_rests_on_a_hit_of_an_age_ends_with_it(planned: str, way: Any) -> None:
    changed = without_policy(tables())
    combined = changed["rules"]["combination"]
    rule = next(rule for rule in combined if rule["code"] == "combo_smoker_deep")
    rule["outcome"][0]["when"] = {"hit": "age_minimum", "min_level": "REVIEW"}
    context = context_with({"planned_date": planned})
    found = way(build_pack(**changed), context, answers_with({"dob": "2004-06-10"}))
    assert found.earliest == date(2026, 6, 10)


@pytest.mark.parametrize("dob", ["2015-01-01", "1950-01-01"])
def test_rules_without_an_age_find_the_day_as_well(dob: str) -> None:
    ageless = {"age_minimum", "combo_under18"}
    screened = replace(
        pack(),
        rules=tuple(rule for rule in pack().rules if rule.code not in ageless),
        combinations=tuple(rule for rule in pack().combinations if rule.code not in ageless),
    )
    answers = answers_with({"dob": dob, "unwell": "yes"})
    assert evaluate(screened, context_with(), answers).earliest == date(2026, 6, 15)


@pytest.mark.parametrize("planned", ["2026-06-05", "2026-06-20", "2026-07-13", "2026-08-01"])
def test_the_day_after_two_waits_is_found_from_any_planned_day(planned: str) -> None:
    changed = without_policy(tables())
    combined = changed["rules"]["combination"]
    late = next(rule for rule in combined if rule["code"] == "combo_body_image_pressure")
    asked = {"q": "unwell", "op": "eq", "value": "yes"}
    gone = {"not": {"hit": "unwell_now", "min_level": "REVIEW"}}
    late["outcome"][0].update(
        when={"all": [asked, gone]},
        defer={"basis": "assessment_date", "window": {"days": 42}},
        after_window_level="CLEAR",
    )
    context = context_with({"planned_date": planned})
    found = evaluate(build_pack(**changed), context, answers_with({"unwell": "yes"}))
    assert found.earliest == date(2026, 7, 13)


BOTH = pytest.mark.parametrize("way", [evaluate, evaluate_plain])


@BOTH
@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-10", "2026-07-01"])
def test_a_not_sure_that_an_age_outweighs_counts_until_then(planned: str, way: Any) -> None:
    rule = pack().rule_by_code["fainting_or_needle_fear"]
    grown_up = Plan(field="age", op="gte", values=frozenset({22}))
    changed = replace(
        rule, unsure_level=Level.REVIEW, outcomes=(replace(rule.outcomes[0], when=grown_up),)
    )
    others = tuple(r for r in pack().rules if r.code not in (rule.code, "age_minimum"))
    screened = replace(pack(), rules=(*others, changed))
    context = context_with({"planned_date": planned})
    answers = answers_with({"dob": "2004-06-10", "fainting": "not_sure"})
    assert way(screened, context, answers).earliest == date(2026, 6, 10)


@BOTH
@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-14", "2026-06-15"])
def test_a_review_after_a_wait_ends_with_what_it_rests_on(planned: str, way: Any) -> None:
    changed = without_policy(tables())
    combined = changed["rules"]["combination"]
    late = next(rule for rule in combined if rule["code"] == "combo_body_image_pressure")
    late["outcome"][0].update(
        when={"hit": "unwell_now", "min_level": "DEFER"},
        defer={"basis": "assessment_date", "window": {"days": 7}},
        after_window_level="REVIEW",
    )
    context = context_with({"planned_date": planned})
    found = way(build_pack(**changed), context, answers_with({"unwell": "yes"}))
    assert found.earliest == date(2026, 6, 15)


@BOTH
@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-10", "2026-07-01"])
def test_a_day_on_which_something_cannot_be_decided_is_not_clear(planned: str, way: Any) -> None:
    """From 22 on, this rule counts from a day that nobody was asked for."""
    changed = without_policy(tables())
    rule = next(r for r in changed["rules"]["rule"] if r["code"] == "recent_hair_removal")
    (wait,) = rule["outcome"]
    young = {"id": "young", "level": "ADVISE", "message": "Young.", "override": wait["override"]}
    rule["outcome"] = [
        {**young, "when": {"ctx": "age", "op": "lt", "value": 22}},
        {**wait, "when": {"ctx": "age", "op": "gte", "value": 22}},
    ]
    context = context_with({"planned_date": planned})
    answers = answers_with({"dob": "2004-06-10", "hair_removal": "no"})
    found = way(build_pack(**changed), context, answers)
    assert (found.complete, found.level) == (True, Level.REVIEW)
    assert found.earliest is None
