"""Answers that cannot all be right never end CLEAR, and change nothing of what the rules say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from screening.engine import Assessment, Level, assess, evaluate
from tests.screening.cases import answers_with, context_with, pack

GIVEN = date(2026, 6, 1)


def found(**answers: Any) -> Assessment:
    return assess(pack(), context_with(), answers_with(answers))


def codes(made: Assessment) -> list[str]:
    return [hit.code for hit in made.further]


def ago(days: int) -> str:
    return (GIVEN - timedelta(days)).isoformat()


AGAINST_EACH_OTHER = {
    "raised_scar_never": {"past_reaction": "yes", "past_reaction_kinds": ["raised_scar"]},
    "marks_never": {"past_reaction": "yes", "past_reaction_kinds": ["dark_or_light_marks"]},
    "allergic_rash_to_nothing": {"past_reaction": "yes", "past_reaction_kinds": ["allergic_rash"]},
    "pregnant_at_this_age": {"dob": "1960-01-01", "pregnant": "yes"},
    "breastfeeding_at_this_age": {"dob": "2017-01-01", "breastfeeding": "yes"},
}


def test_every_contradiction_of_the_pack_is_tried() -> None:
    checks = pack().checks
    assert checks is not None
    assert {one.id for one in checks.contradictions} == set(AGAINST_EACH_OTHER)


@pytest.mark.parametrize(("name", "answers"), AGAINST_EACH_OTHER.items(), ids=AGAINST_EACH_OTHER)
def test_answers_that_contradict_each_other(name: str, answers: dict[str, Any]) -> None:
    made = found(**answers)
    assert codes(made) == [f"contradiction_{name}"]
    assert made.level >= Level.REVIEW
    assert made.earliest is None
    assert made.result == evaluate(pack(), context_with(), answers_with(answers))


def test_answers_that_agree_are_left_alone() -> None:
    agreeing = {
        "cold_sore_state": "healed",
        "cold_sore_healed": ago(3),
        "hsv_history": "yes",
        "hsv_prophylaxis": "no",
        "past_reaction": "yes",
        "past_reaction_kinds": ["raised_scar", "dark_or_light_marks", "allergic_rash"],
        "keloid": "personal_raised",
        "dark_marks": "yes",
        "contact_allergy": ["latex"],
    }
    assert codes(found(**agreeing)) == []
    assert codes(found(dob="1966-06-02", pregnant="yes")) == []
    assert codes(found(dob="2016-06-01", pregnant="yes")) == []


def test_ages_are_those_of_the_day_of_the_answers() -> None:
    answers = {"dob": "2016-06-02", "pregnant": "yes"}
    assert codes(found(**answers)) == ["contradiction_pregnant_at_this_age"]
    late = context_with({"planned_date": "2026-06-15"})
    assert codes(assess(pack(), late, answers_with(answers))) == [
        "contradiction_pregnant_at_this_age"
    ]


PERIODS: dict[str, tuple[dict[str, Any], str, int]] = {
    "home_needling_date": ({"home_needling": "yes"}, "home_needling_date", 28 + 7),
    "hair_removal_date": ({"hair_removal": "yes"}, "hair_removal_date", 7 + 7),
    "isotretinoin_stop_date": ({"isotretinoin": "stopped"}, "isotretinoin_stop", 365 + 31),
    "steroid_stop_date": ({"steroid_tablets": "stopped"}, "steroid_stop", 28 + 7),
    "topical_actives_date": ({"topical_actives": "yes"}, "topical_actives_date", 7 + 7),
    "cold_sore_healed_date": (
        {"cold_sore_state": "healed", "hsv_history": "yes", "hsv_prophylaxis": "yes"},
        "cold_sore_healed",
        14 + 7,
    ),
    "recent_procedures_date": ({}, "recent_procedures.ablative", 92 + 14),
    "recent_injectables_date": ({}, "recent_injectables.threads", 365 + 31),
    "recent_surgery_date": ({}, "recent_surgery.surgery_12m", 365 + 31),
    "new_scar_date": ({}, "recent_surgery.scar_6m", 182 + 31),
    "sun_exposure_date": ({}, "sun_exposure.fake_tan", 42 + 7),
    "planned_sun_end_date": ({"planned_sun": "yes"}, "planned_sun_end", 0),
}


def dated(name: str, day: str) -> dict[str, Any]:
    answers, place, _ = PERIODS[name]
    question, _, option = place.partition(".")
    return {**answers, question: {option: day} if option else day}


def test_every_period_of_the_pack_is_tried() -> None:
    checks = pack().checks
    assert checks is not None
    assert {one.id for one in checks.periods} == set(PERIODS)


@pytest.mark.parametrize("name", PERIODS)
def test_a_date_that_its_question_did_not_ask_for(name: str) -> None:
    reach = PERIODS[name][2]
    made = found(**dated(name, ago(reach + 1)))
    assert codes(made) == [f"contradiction_{name}"]
    assert made.earliest is None
    assert codes(found(**dated(name, ago(reach)))) == []


def test_permanent_filler_is_asked_about_at_any_time() -> None:
    assert codes(found(recent_injectables={"permanent_filler": "2001-05-05"})) == []


def test_a_date_before_the_date_of_birth() -> None:
    made = found(
        dob="1990-04-12",
        cancer_treatment="finished",
        cancer_treatment_end="1990-04-11",
        radiotherapy_area="no",
    )
    (hit,) = made.further
    assert hit.code == "contradiction_before_birth"
    assert "11 April 1990 is before the date of birth" in hit.rationale
    assert hit.question_ids == ("dob", "cancer_treatment", "cancer_treatment_end")
    assert made.level is Level.REVIEW
    on_the_day = found(
        cancer_treatment="finished", cancer_treatment_end="1990-04-12", radiotherapy_area="no"
    )
    assert codes(on_the_day) == []


def test_the_date_of_an_option_counts_too() -> None:
    made = found(dob="1990-04-12", recent_injectables={"permanent_filler": "1989-01-01"})
    assert codes(made) == ["contradiction_before_birth"]


def test_a_date_known_in_part_contradicts_only_as_a_whole() -> None:
    assert codes(found(home_needling="yes", home_needling_date="2026-04")) == []
    assert codes(found(home_needling="yes", home_needling_date="2026-03")) == [
        "contradiction_home_needling_date"
    ]


@pytest.mark.parametrize("day", [None, "", "2026-13-01", "9999-12-31", "0001-01-01", 7])
def test_no_date_at_all_ends_clear(day: Any) -> None:
    made = found(home_needling="yes", home_needling_date=day)
    assert made.level >= Level.REVIEW


def test_the_first_days_of_the_calendar_are_no_reason_to_fail() -> None:
    early = context_with({"assessment_date": "0001-01-05", "planned_date": "0001-01-06"})
    answers = answers_with({"home_needling": "yes", "home_needling_date": "0001-01-02"})
    assert assess(pack(), early, answers).level >= Level.REVIEW
