"""Unknown is not no: nothing missing, blank or unreadable ever ends in CLEAR."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
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
    without_policy,
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
    assert (result.complete, result.level) == (False, Level.REVIEW)
    assert {(hit.outcome, hit.level) for hit in result.hits} <= {("unsure", Level.REVIEW)}
    assert all(pack().rule_by_code[hit.code].is_combination for hit in result.hits)


@given(seed=st.integers(0, 2**32), gone=st.integers(0, 85))
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
    ("answers", "missing", "named"),
    [
        ({"diabetes": "yes"}, ("diabetes_control",), {"diabetes"}),
        (
            {"isotretinoin": "stopped"},
            ("isotretinoin_stop",),
            {"isotretinoin.stopped_mn"},
        ),
        (
            {"isotretinoin": "stopped", "isotretinoin_stop": "2026-06-02"},
            ("isotretinoin_stop",),
            {"isotretinoin.stopped_mn"},
        ),
        ({"sun_exposure": {"tan": None}}, ("sun_exposure",), {"sun_and_tanning.mn"}),
        ({"sun_exposure": {"tan": "31/05/2026"}}, ("sun_exposure",), {"sun_and_tanning.mn"}),
        ({"recent_surgery": ["scar_6m"]}, ("recent_surgery",), {"recent_surgery_or_scar"}),
        ({"other_medicines": " . "}, ("other_medicines",), {"free_text_disclosures"}),
        ({"other_medicines": "\u200b"}, ("other_medicines",), {"free_text_disclosures"}),
        ({"other_health": "\ud800"}, ("other_health",), {"free_text_disclosures"}),
        ({"dob": "1890-01-01"}, ("dob",), {"age_minimum"}),
        ({"dob": "2026-06-02"}, ("dob",), {"age_minimum"}),
        (
            {"common_medicines": ["none", "statin"]},
            ("common_medicines",),
            set(),
        ),
        ({"goal": []}, ("goal",), {"goal_and_limits"}),
        (
            {"common_medicines": ["something_else"], "other_medicines": "none"},
            ("other_medicines",),
            {"free_text_disclosures"},
        ),
    ],
)
def test_what_cannot_be_read_is_missing(
    answers: dict[str, Any], missing: tuple[str, ...], named: set[str]
) -> None:
    """What hangs on it is told as a finding that needs review, or as a rule left undecided."""
    result = screen(answers, {"parental_consent": True})
    assert result.missing == missing
    hits = {f"{hit.code}.{hit.outcome}" for hit in result.hits if hit.level is Level.REVIEW}
    assert named <= set(result.undecided) | hits
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


def test_a_text_that_says_something_shows_its_follow_up() -> None:
    changed = without_policy(tables())
    asked = changed["questions"]["section"][-1]["question"]
    shown = {"q": "other_health", "op": "text_present"}
    asked.append({"id": "since_when", "text": "Since when?", "type": "yes_no", "show_when": shown})
    screened = build_pack(**changed)
    for text, missing in (("asthma", ("since_when",)), ("none", ()), ("n/a", ())):
        answers = answers_with({"other_health": text})
        for judged in (evaluate, evaluate_plain):
            assert judged(screened, context_with(), answers).missing == missing
        told = evaluate(screened, context_with(), answers | {"since_when": "no"})
        assert told == evaluate_plain(screened, context_with(), answers | {"since_when": "no"})


def test_a_follow_up_of_an_unanswered_question_is_unknown_not_absent() -> None:
    result = screen({"hsv_prophylaxis": "yes", "immune_weak": "yes", "immune_kinds": ["other"]},
                    without=("hsv_history",))  # fmt: skip
    assert result.missing == ("hsv_history",)
    assert "hsv_history" in result.undecided
    for code in ("combo_hsv_immune", "combo_hsv_near_mouth"):
        assert found(result)[code] == ("unsure", "REVIEW", None)


@pytest.mark.parametrize("said", [None, "not_sure"])
def test_a_follow_up_that_perhaps_should_have_been_asked_is_unknown_to_combinations(
    said: str | None,
) -> None:
    answers = {} if said is None else {"blood_thinner": said}
    without = ("blood_thinner",) if said is None else ()
    result = screen(answers, {"depth_mm": 1.5, "areas": ["back"]}, without=without)
    assert found(result)["combo_blood_thinner_deep"] == ("unsure", "REVIEW", None)


@pytest.mark.parametrize("said", [None, "not_sure"])
def test_not_sure_where_it_was_not_asked_for_is_unknown_to_combinations(said: str | None) -> None:
    answers = {"dark_marks": "yes", "phototype": said}
    without = () if said else ("phototype",)
    result = screen(answers, {"modality": "RF_MN", "areas": ["back"]}, without=without)
    assert found(result)["combo_dark_skin_marks"] == ("unsure", "REVIEW", None)
    assert "test_patch" in result.flags


@pytest.mark.parametrize(
    ("context", "rule", "combination"),
    [
        ({"areas": ["back"]}, "practitioner", None),
        ({"areas": ["cheeks"]}, "prescriber", "prescriber"),
        ({"areas": ["cheeks"], "modality": "RF_MN", "depth_mm": 0.5}, "prescriber", "nobody"),
    ],
)
def test_who_may_decide_on_not_sure_depends_on_the_plan(
    context: dict[str, Any], rule: str, combination: str | None
) -> None:
    result = screen({"hsv_history": "not_sure"}, context)
    may = {hit.code: hit.override.by or "nobody" for hit in result.hits if hit.outcome == "unsure"}
    assert may.pop("hsv_history") == rule
    assert may.pop("combo_hsv_near_mouth", None) == combination


def test_a_missing_answer_leaves_combinations_open() -> None:
    result = screen({"diabetes": "yes", "diabetes_control": "good"}, without=("slow_healing",))
    assert found(result)["combo_diabetes_slow_healing"] == ("unsure", "REVIEW", None)


@pytest.mark.parametrize("said", [None, "no", 0, []])
def test_numbing_counts_as_planned_unless_it_is_said_that_it_is_not(said: Any) -> None:
    plan = replace(context_with(), anaesthetic_planned=said)
    result = evaluate(pack(), plan, answers_with({"anaesthetic_reaction": "yes"}))
    assert found(result)["combo_anaesthetic_risk_planned"] == ("review", "REVIEW", None)
    assert result.complete


def test_a_plan_that_is_not_known_clears_nobody() -> None:
    context = Context(
        assessment_date=context_with().assessment_date, modality=None, depth_mm=None, areas=()
    )
    result = evaluate(pack(), context, BASELINE_ANSWERS)
    assert result.invalid_context == ("areas", "depth_mm", "modality")
    assert (result.complete, result.level) == (False, Level.REVIEW)
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
    assert found(result)["session_interval"] == ("long_gap", "REVIEW", None)
    gentle = replace(half_known, last_session=LastSession(modality="MN_PEN", depth_mm=0.5))
    result = evaluate(pack(), gentle, BASELINE_ANSWERS)
    assert found(result)["session_interval"] == ("no_date", "REVIEW", None)
    assert result.complete


def test_the_hash_is_of_the_answers_as_given_in_any_order() -> None:
    one = screen()
    backwards = dict(reversed(list(answers_with({}).items())))
    assert evaluate(pack(), context_with(), backwards).answers_sha256 == one.answers_sha256
    assert screen({"smoking": "ten_plus"}).answers_sha256 != one.answers_sha256
    # echo -n '{"a":"é","b":[]}' | sha256sum
    assert answers_hash({"b": [], "a": "é"}).startswith("3b12411c43ffddc6")
