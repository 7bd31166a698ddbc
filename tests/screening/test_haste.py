"""Answers given in less time than it takes to read are noticed, whatever they say."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from screening.engine import Assessment, Conduct, Level, Pace, assess, build_pack
from screening.engine.noticed import FurtherHit
from tests.screening.cases import answers_with, context_with, pack, tables

HEALTH = 12
MEDICINES = 15
IDS = [question.id for question in pack().sections["health"].questions]


def found(conduct: Conduct | None, **answers: Any) -> Assessment:
    return assess(pack(), context_with(), answers_with(answers), conduct)


def took(seconds: float | None, section: str = "health", by: str = "client") -> Conduct:
    return Conduct(sections={section: Pace(seconds=seconds, by=by)})


def amended(
    count: int, seconds: float | None, by: str = "client", *, first: float | None = 600
) -> Conduct:
    """So many answers about health changed in so many seconds."""
    some = [name for name in IDS if name != "diabetes_control"][:count]
    change = Pace(seconds=seconds, by=by, questions=frozenset(some))
    return Conduct(sections=took(first).sections, amended={"health": (change,)})


def codes(made: Assessment) -> list[str]:
    return [hit.code for hit in made.further]


def haste(made: Assessment) -> FurtherHit:
    (hit,) = (one for one in made.further if one.code == "answered_in_haste")
    return hit


def test_faster_than_a_second_a_question() -> None:
    made = found(took(HEALTH - 0.1))
    (hit,) = made.further
    assert (hit.code, hit.level) == ("answered_in_haste", Level.REVIEW)
    assert hit.rationale == (
        "“Your health”: 12 questions answered in 12 seconds. "
        "That is less than it takes to read them."
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
    for seconds, expected in ((5.9, ["answered_in_haste"]), (6.0, [])):
        made = assess(strict, context_with(), answers_with({}), took(seconds, by="staff"))
        assert codes(made) == expected
    assert codes(assess(strict, context_with(), answers_with({}), took(0.1))) == []


def test_whoever_is_not_known_is_given_the_shorter_time() -> None:
    assert codes(found(took(HEALTH - 0.1, by=""))) == ["answered_in_haste"]
    assert codes(found(took(HEALTH, by=""))) == []
    timed = copy.deepcopy(tables())
    timed["checks"]["haste"]["seconds_per_question"] = {"client": 2.0, "staff": 0.5}
    both = build_pack(**timed)
    for seconds, expected in ((5.9, ["answered_in_haste"]), (6.0, [])):
        made = assess(both, context_with(), answers_with({}), took(seconds, by="robot"))
        assert codes(made) == expected


@pytest.mark.parametrize(
    "answer",
    [
        {"unwell": "not_sure"},
        {"fainting": "yes"},
        {"other_health": "my knee"},
        {"unwell": None},
        {"unwell": 7},
        dict.fromkeys(IDS, "yes"),
    ],
    ids=lambda answer: f"{len(answer)} {next(iter(answer))}",
)
def test_no_answer_shows_that_the_rest_was_read(answer: dict[str, Any]) -> None:
    assert haste(found(took(HEALTH - 0.1), **answer)).question_ids[0] == IDS[0]


def test_one_yes_among_many_answers_in_a_second_is_never_clear() -> None:
    """Such an answer once dropped the finding, though the rules themselves let it pass."""
    for other, alone in ((("metal_implant", "elsewhere"), "CLEAR"), (("unwell", "yes"), "ADVISE")):
        assert found(None, **dict([other])).level.name == alone
        assert found(took(1), **dict([other])).level is Level.REVIEW


def test_a_follow_up_that_appears_is_one_more_to_read() -> None:
    more = {"diabetes": "yes", "diabetes_control": "good"}
    assert "13 questions answered in 12 seconds" in haste(found(took(HEALTH), **more)).rationale
    assert "answered_in_haste" not in codes(found(took(HEALTH + 1), **more))
    asked = haste(found(took(HEALTH), diabetes="yes")).question_ids
    assert "diabetes_control" in asked, "it is shown, though nothing is answered"
    assert "diabetes_control" not in haste(found(took(1))).question_ids


@pytest.mark.parametrize("conduct", [None, Conduct(), took(None), amended(11, None)])
def test_a_time_that_is_not_known_says_nothing(conduct: Conduct | None) -> None:
    assert codes(found(conduct)) == []


def test_a_few_questions_may_be_answered_fast() -> None:
    for section in ("about_you", "your_choice", "pregnancy", "allergies"):
        assert codes(found(took(0.1, section))) == []


def test_seven_questions_are_the_fewest_that_are_timed() -> None:
    assert len(haste(found(took(6.9, "past_treatment"))).question_ids) == 7
    assert codes(found(took(7, "past_treatment"))) == []
    timed = copy.deepcopy(tables())
    timed["checks"]["haste"]["least_questions"] = 8
    eight = build_pack(**timed)
    quick = took(1, "past_treatment")
    assert codes(assess(eight, context_with(), answers_with({}), quick)) == []


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
    nowhere = Conduct(amended={"no_such_section": (Pace(seconds=1, by="client"),)})
    assert codes(found(nowhere)) == []


class TestAmended:
    @pytest.mark.parametrize(
        ("count", "seconds", "hasty"),
        [(7, 6.9, True), (7, 7, False), (6, 0.1, False), (8, 7, True)],
    )
    def test_only_the_changed_answers_are_timed(
        self, count: int, seconds: float, *, hasty: bool
    ) -> None:
        made = found(amended(count, seconds))
        assert codes(made) == (["answered_in_haste"] if hasty else [])
        if hasty:
            assert len(haste(made).question_ids) == count
            assert haste(made).rationale.startswith(f"“Your health”: {count} questions answered in")

    def test_staff_are_not_timed(self) -> None:
        assert codes(found(amended(11, 0.1, by="staff"))) == []

    def test_what_was_changed_counts_though_it_is_no_longer_shown(self) -> None:
        """Nobody gets past it by hiding follow-up questions later, nor is caught by new ones."""
        six = [name for name in IDS if name != "diabetes_control"][:6]
        change = Pace(seconds=6.9, by="client", questions=frozenset([*six, "diabetes_control"]))
        hit = haste(found(Conduct(amended={"health": (change,)})))
        assert hit.rationale.startswith("“Your health”: 7 questions answered in 7 seconds.")
        assert hit.question_ids == tuple(six), "whoever reviews is led to what is shown"
        first = Pace(seconds=HEALTH, by="client", questions=frozenset(IDS) - {"diabetes_control"})
        conduct = Conduct(sections={"health": first})
        assert "answered_in_haste" not in codes(found(conduct, diabetes="yes"))

    def test_the_first_time_stays_and_each_change_is_judged(self) -> None:
        honest = amended(7, 600, first=2)
        assert haste(found(honest)).rationale.startswith("“Your health”: 12 questions")
        quick = amended(7, 1).amended["health"]
        later = Pace(seconds=600, by="client", questions=frozenset(IDS))
        for both in ((*quick, later), (later, *quick)):
            hit = haste(found(Conduct(amended={"health": both})))
            assert hit.rationale.startswith("“Your health”: 7 questions answered in 1 seconds.")

    def test_what_was_hasty_twice_is_told_once_and_explained_twice(self) -> None:
        hit = haste(found(amended(7, 3, first=2)))
        assert hit.message.count("You went through “Your health” very fast.") == 1
        assert hit.rationale == (
            "“Your health”: 12 questions answered in 2 seconds. "
            "That is less than it takes to read them. "
            "“Your health”: 7 questions answered in 3 seconds. "
            "That is less than it takes to read them."
        )
        assert len(hit.question_ids) == len(set(hit.question_ids)) == HEALTH
