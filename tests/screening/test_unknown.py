"""Unknown is not no: nothing missing, blank or unreadable ever ends in CLEAR."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine import (
    Context,
    LastSession,
    Level,
    Problem,
    answers_hash,
    build_pack,
    evaluate,
    visible_questions,
)
from screening.engine.evaluate import evaluate_plain
from tests.screening.amounts import cases
from tests.screening.cases import (
    BASELINE_ANSWERS,
    answers_with,
    context_with,
    found,
    pack,
    screen,
    tables,
)
from tests.screening.random_cases import random_answers, random_context

NOT_ANSWERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=12).filter(lambda text: text not in ("yes", "no", "not_sure", "none")),
    st.lists(st.integers(), min_size=1, max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), min_size=1, max_size=2),
)


@given(name=st.sampled_from(sorted(BASELINE_ANSWERS)), junk=NOT_ANSWERS)
@settings(max_examples=cases(400), deadline=None)
def test_junk_is_never_an_answer(name: str, junk: object) -> None:
    question = pack().question_by_id[name]
    if question.type == "text" and isinstance(junk, str):
        return  # any text is an answer to an open question
    if isinstance(junk, str) and junk in question.values:
        return
    result = evaluate(pack(), context_with(), answers_with({name: junk}))
    assert not result.complete
    assert name in result.missing
    assert name in result.problems
    assert result.level >= Level.REVIEW
    assert result.earliest is None


@pytest.mark.parametrize("name", sorted(BASELINE_ANSWERS))
def test_a_missing_answer_is_named_and_needs_review(name: str) -> None:
    result = screen(without=(name,))
    assert result.missing == (name,)
    assert result.problems == {name: Problem.MISSING}
    assert (result.complete, result.level, result.hits) == (False, Level.REVIEW, ())


@given(seed=st.integers(0, 2**32), gone=st.integers(0, 76))
@settings(max_examples=cases(150), deadline=None)
def test_leaving_out_an_answer_never_clears_anyone(seed: int, gone: int) -> None:
    rng = random.Random(seed)
    context = random_context(rng)
    answers = random_answers(rng, context, wild=0.0)
    asked = visible_questions(pack(), answers)
    name = asked[gone % len(asked)].id
    answers.pop(name, None)
    result = evaluate(pack(), context_with(context), answers)
    assert name in result.missing
    assert result.level >= Level.REVIEW


@pytest.mark.parametrize(
    ("answers", "missing", "undecided"),
    [
        ({"diabetes": "yes"}, ("diabetes_control",), {"diabetes"}),
        (
            {"isotretinoin": "stopped"},
            ("isotretinoin_stop",),
            {"isotretinoin"},
        ),
        (
            {"isotretinoin": "stopped", "isotretinoin_stop": "2026-06-02"},
            ("isotretinoin_stop",),
            {"isotretinoin"},
        ),
        ({"sun_exposure": {"tan": None}}, ("sun_exposure",), {"sun_and_tanning"}),
        ({"sun_exposure": {"tan": "31/05/2026"}}, ("sun_exposure",), {"sun_and_tanning"}),
        ({"recent_surgery": ["scar_6m"]}, ("recent_surgery",), {"recent_surgery_or_scar"}),
        ({"other_medicines": " . "}, ("other_medicines",), {"free_text_disclosures"}),
        ({"other_medicines": "\u200b"}, ("other_medicines",), {"free_text_disclosures"}),
        ({"other_health": "\ud800"}, ("other_health",), {"free_text_disclosures"}),
        ({"dob": "1890-01-01"}, ("dob",), {"age_minimum", "combo_under18"}),
        ({"dob": "2026-06-02"}, ("dob",), {"age_minimum", "combo_under18"}),
        ({"skin_disease": ["eczema", "eczema"]}, ("skin_disease",), {"inflammatory_skin_disease"}),
    ],
)
def test_what_cannot_be_read_is_missing(
    answers: dict[str, Any], missing: tuple[str, ...], undecided: set[str]
) -> None:
    result = screen(answers, {"parental_consent": True})
    assert result.missing == missing
    assert undecided <= set(result.undecided)
    assert not result.complete
    assert result.level >= Level.REVIEW


def test_a_lower_finding_is_kept_when_a_higher_one_is_unknown() -> None:
    result = screen({"diabetes": "yes"})
    assert found(result) == {"diabetes": ("good", "REVIEW", None)}
    assert not result.complete


def test_a_high_level_is_not_lowered_by_a_missing_answer() -> None:
    result = screen({"pregnant": "yes"}, without=("smoking",))
    assert (result.complete, result.level) == (False, Level.CONTRAINDICATED)


def test_an_old_answer_to_a_hidden_follow_up_is_ignored() -> None:
    result = screen({"isotretinoin": "never", "isotretinoin_stop": "2026-05-31"})
    assert (result.complete, result.level) == (True, Level.CLEAR)


def test_a_text_that_is_not_asked_for_says_nothing() -> None:
    changed = copy.deepcopy(tables())
    asked = [q for section in changed["questions"]["section"] for q in section["question"]]
    text = next(question for question in asked if question["id"] == "other_health")
    text["show_when"] = {"q": "unwell", "op": "eq", "value": "yes"}
    screened = build_pack(**changed)
    for answers in (
        answers_with({"other_health": "asthma"}),
        answers_with({}, without=("other_health",)),
    ):
        for judged in (evaluate, evaluate_plain):
            result = judged(screened, context_with(), answers)
            assert (result.complete, result.level) == (True, Level.CLEAR)


def test_a_follow_up_of_an_unanswered_question_is_unknown_not_absent() -> None:
    result = screen({"hsv_prophylaxis": "yes", "immune_weak": "yes", "immune_kinds": ["other"]},
                    without=("hsv_history",))  # fmt: skip
    assert result.missing == ("hsv_history",)
    assert {"hsv_history", "combo_hsv_immune", "combo_hsv_near_mouth"} <= set(result.undecided)


def test_a_rule_that_reads_only_the_follow_up_is_undecided_too() -> None:
    result = screen(context={"depth_mm": 1.5}, without=("blood_thinner",))
    assert "combo_blood_thinner_deep" in result.undecided


def test_not_of_unknown_is_unknown() -> None:
    # The combination asks for "not: tablets given", and whether they were is not known.
    answers = {"hsv_history": "yes"}
    result = screen(answers, {"modality": "RF_MN"})
    assert result.missing == ("hsv_prophylaxis",)
    assert "combo_hsv_near_mouth" not in found(result)
    assert "combo_hsv_near_mouth" in result.undecided


def test_a_combination_of_undecided_rules_is_undecided() -> None:
    result = screen({"diabetes": "yes", "diabetes_control": "good"}, without=("slow_healing",))
    assert "combo_two_healing_risks" in result.undecided
    assert "combo_diabetes_slow_healing" in result.undecided


def test_whether_numbing_is_planned_must_be_said() -> None:
    result = screen(context={"anaesthetic_planned": None})
    assert result.missing == ("context.anaesthetic_planned",)
    assert (result.complete, result.level) == (False, Level.REVIEW)


def test_a_plan_that_is_not_known_clears_nobody() -> None:
    context = Context(
        assessment_date=context_with().assessment_date, modality=None, depth_mm=None, areas=()
    )
    result = evaluate(pack(), context, BASELINE_ANSWERS)
    assert result.missing == (
        "context.modality",
        "context.depth_mm",
        "context.areas",
        "context.anaesthetic_planned",
    )
    assert result.level is Level.REVIEW
    assert "depth_limit" in result.undecided


def test_a_last_session_without_its_date_is_not_no_session() -> None:
    context = context_with()
    half_known = Context(
        assessment_date=context.assessment_date,
        planned_date=context.planned_date,
        modality="MN_PEN",
        depth_mm=0.5,
        areas=("neck",),
        anaesthetic_planned=False,
        last_session=LastSession(modality="RF_MN", depth_mm=1.0),
    )
    result = evaluate(pack(), half_known, BASELINE_ANSWERS)
    assert result.missing == ("context.last_session.date",)
    assert result.undecided == ("session_interval",)


def test_the_hash_is_of_the_answers_as_given_in_any_order() -> None:
    one = screen()
    backwards = dict(reversed(list(answers_with({}).items())))
    assert evaluate(pack(), context_with(), backwards).answers_sha256 == one.answers_sha256
    assert screen({"smoking": "ten_plus"}).answers_sha256 != one.answers_sha256
    # echo -n '{"a":"é","b":[]}' | sha256sum
    assert answers_hash({"b": [], "a": "é"}).startswith("3b12411c43ffddc6")
