"""“No” straight down in less time than it takes to read is noticed; reading is not."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from screening.engine import Assessment, Conduct, Level, Pace, assess, build_pack
from tests.screening.cases import answers_with, context_with, pack, tables

HEALTH = 11
MEDICINES = 11


def found(conduct: Conduct | None, **answers: Any) -> Assessment:
    return assess(pack(), context_with(), answers_with(answers), conduct)


def took(seconds: float | None, section: str = "health", by: str = "client") -> Conduct:
    return Conduct(sections={section: Pace(seconds=seconds, by=by)})


def codes(made: Assessment) -> list[str]:
    return [hit.code for hit in made.further]


def test_faster_than_a_second_a_question() -> None:
    made = found(took(HEALTH - 0.1))
    (hit,) = made.further
    assert (hit.code, hit.level) == ("answered_in_haste", Level.REVIEW)
    assert hit.rationale.startswith(
        "“Your health”: 11 questions, each with “no” or the like, in 11 seconds."
    )
    assert len(hit.question_ids) == HEALTH
    assert made.earliest is None
    assert codes(found(took(HEALTH))) == []


def test_typing_in_a_paper_form_is_not_timed() -> None:
    assert codes(found(took(0.1, by="staff"))) == []


def test_a_clinic_may_time_its_desk_as_well() -> None:
    timed = copy.deepcopy(tables())
    timed["checks"]["haste"]["seconds_per_question"] = {"staff": 0.5}
    strict = build_pack(**timed)
    for seconds, expected in ((5.4, ["answered_in_haste"]), (5.5, [])):
        made = assess(strict, context_with(), answers_with({}), took(seconds, by="staff"))
        assert codes(made) == expected


def test_whoever_is_not_known_is_given_the_shorter_time() -> None:
    assert codes(found(took(HEALTH - 0.1, by=""))) == ["answered_in_haste"]
    assert codes(found(took(HEALTH, by=""))) == []


def test_one_other_answer_shows_that_somebody_read() -> None:
    for answer in ({"unwell": "not_sure"}, {"fainting": "yes"}, {"other_health": "my knee"}):
        assert "answered_in_haste" not in codes(found(took(1), **answer))


def test_an_answer_that_is_missing_is_not_harmless() -> None:
    assert codes(found(took(1), unwell=None)) == []


@pytest.mark.parametrize("conduct", [None, Conduct(), took(None)])
def test_a_time_that_is_not_known_says_nothing(conduct: Conduct | None) -> None:
    assert codes(found(conduct)) == []


def test_a_few_questions_may_be_answered_fast() -> None:
    for section in ("about_you", "your_choice", "pregnancy", "allergies"):
        assert codes(found(took(0.1, section))) == []


def test_all_hasty_sections_stand_in_one_finding() -> None:
    both = Conduct(
        sections={
            "medicines": Pace(seconds=2, by="client"),
            "health": Pace(seconds=2, by="client"),
            "skin": Pace(seconds=600, by="client"),
        }
    )
    (hit,) = found(both).further
    assert "“Medicines and skin products”" in hit.message
    assert "“Your health”" in hit.message
    assert "“Your skin”" not in hit.message
    assert len(hit.question_ids) == MEDICINES + HEALTH


def test_a_section_that_nobody_asks_is_left_aside() -> None:
    assert codes(found(took(1, "no_such_section"))) == []
