"""A date known in part is never judged milder than any day that it may mean."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import (
    Pack,
    PackError,
    QuestionType,
    Result,
    build_pack,
    evaluate,
    read_period,
)
from screening.engine.check_dates import check_dates
from tests.screening.amounts import cases
from tests.screening.cases import pack, tables, without_policy
from tests.screening.random_cases import periods_with, random_answers, random_context
from tests.screening.random_packs import random_pack

MANY = cases(600)
SEEDS = st.integers(0, 2**48)
WAIT = {"basis": "answer", "question": "hair_removal_date", "window": {"days": 30}}
WAXED = {"hit": "recent_hair_removal", "min_level": "ADVISE"}


def milder(one: Result, other: Result) -> bool:
    """Whether one result asks less than another, by its level or by its earliest day."""
    if one.level < other.level:
        return True
    return one.earliest is not None and (other.earliest is None or one.earliest < other.earliest)


def dates_in(answers: dict[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    """Every exact date that may be known in part: question, option, day."""
    for question in pack().questions:
        raw = answers.get(question.id)
        if question.type is QuestionType.DATE and not question.birth_date and raw:
            yield question.id, None, raw
        elif question.type is QuestionType.MULTI_CHOICE_DATED and isinstance(raw, dict):
            yield from ((question.id, option, day) for option, day in raw.items() if day)


def changed(answers: dict[str, Any], name: str, option: str | None, said: str) -> dict[str, Any]:
    return {**answers, name: said if option is None else {**answers[name], option: said}}


def never_milder(screened: Pack, seed: int) -> int:
    """Say each date of a random client in part; how many days it was compared with."""
    rng = random.Random(seed)
    raw = random_context(rng)
    given_on = date.fromisoformat(raw["assessment_date"])
    answers = random_answers(rng, raw, wild=0.0, ill=rng.choice([0.1, 0.3, 1.0]), vague=0.0)
    context = read_context(raw, pack())
    compared = 0
    for name, option, day in dates_in(answers):
        said = rng.choice(periods_with(rng, date.fromisoformat(day)))
        vague = evaluate(screened, context, changed(answers, name, option, said))
        period = read_period(said)
        assert period is not None
        last = period.last
        if not pack().question_by_id[name].allow_future:
            last = min(last, given_on)
        span = (last - period.first).days
        for after in {0, span, *(rng.randint(0, span) for _ in range(4))}:
            exact = (period.first + timedelta(after)).isoformat()
            known = evaluate(screened, context, changed(answers, name, option, exact))
            assert not milder(vague, known), (raw, answers, name, option, said, exact)
            compared += 1
    return compared


@given(seed=SEEDS)
@settings(max_examples=MANY, deadline=None)
def test_said_in_part_is_never_milder_than_any_day_that_it_may_mean(seed: int) -> None:
    never_milder(pack(), seed)


def test_random_clients_have_dates_to_be_unsure_of() -> None:
    assert sum(never_milder(pack(), seed) for seed in range(40)) > 200


@given(seed=SEEDS)
@settings(max_examples=max(1, MANY // 5), deadline=None)
def test_nor_by_any_rules_that_are_not_refused(seed: int) -> None:
    rng = random.Random(seed)
    screened = next(one for one in iter(lambda: random_pack(rng), None) if not refused(one))
    for client in range(6):
        never_milder(screened, seed + client)


def refused(screened: Pack) -> bool:
    try:
        check_dates(screened)
    except PackError:
        return True
    return False


def test_many_random_rules_are_refused_and_many_are_not() -> None:
    assert 10 < sum(refused(random_pack(random.Random(seed))) for seed in range(100)) < 98


def denied(code: str, least: str) -> dict[str, Any]:
    return {"not": {"hit": code, "min_level": least}}


def outcome(name: str, when: dict[str, Any], level: str, **more: Any) -> dict[str, Any]:
    made = {
        "id": name, "when": when, "level": level, "message": name,
        "override": {"allowed": False, "reason_required": False},
    }  # fmt: skip
    if level == "CONTRAINDICATED":
        made["kind"] = "while_present"
    if level == "DEFER":
        made |= {"defer": WAIT, "after_window_level": "CLEAR"}
    return made | more


def with_outcomes(*outcomes: dict[str, Any]) -> dict[str, Any]:
    made = without_policy(tables())
    rule = next(r for r in made["rules"]["combination"] if r["code"] == "combo_body_image_pressure")
    rule["outcome"] = list(outcomes)
    return made


ASKED = {"q": "hair_removal", "op": "eq", "value": "yes"}
UNASKED = {"q": "unwell", "op": "eq", "value": "yes"}
NOT_WAXED = denied("recent_hair_removal", "ADVISE")
GROUPS = {
    "count_hit_groups": {"groups": [["recent_hair_removal"]], "min_level": "ADVISE", "min": 1}
}


@pytest.mark.parametrize(
    "outcomes",
    [
        [outcome("off", {"all": [ASKED, NOT_WAXED]}, "REVIEW")],
        [outcome("off", {"all": [ASKED, {"not": GROUPS}]}, "REVIEW")],
        [outcome("off", {"not": {"any": [WAXED, UNASKED]}}, "REVIEW")],
        [outcome("mild", WAXED, "REVIEW"), outcome("worse", ASKED, "CONTRAINDICATED")],
        [outcome("mild", GROUPS, "ADVISE"), outcome("worse", ASKED, "REVIEW")],
        [outcome("mild", WAXED, "REVIEW"), outcome("worse", ASKED, "DEFER")],
        [outcome("mild", WAXED, "DEFER"), outcome("worse", ASKED, "REVIEW")],
        [
            outcome("mild", WAXED, "DEFER"),
            outcome("worse", ASKED, "DEFER", after_window_level="REVIEW"),
        ],
        [
            outcome("mild", WAXED, "DEFER"),
            outcome("worse", ASKED, "DEFER", defer={**WAIT, "window": {"days": 60}}),
        ],
        [
            outcome("mild", WAXED, "REVIEW"),
            outcome("less", UNASKED, "ADVISE"),
            outcome("worse", ASKED, "CONTRAINDICATED"),
        ],
        [
            outcome("mild", WAXED, "REVIEW"),
            outcome("worse", ASKED, "CONTRAINDICATED"),
            outcome("less", UNASKED, "ADVISE"),
        ],
        [outcome("off", denied("sun_and_tanning", "ADVISE"), "REVIEW")],
        [outcome("off", {"any": [WAXED, denied("sun_and_tanning", "ADVISE")]}, "REVIEW")],
        [outcome("off", denied("planned_sun", "REVIEW"), "REVIEW")],
        [outcome("off", denied("planned_sun", "DEFER"), "REVIEW")],
    ],
    ids=[
        "not hit", "not in groups", "not any", "a review before a stop", "advice before a review",
        "a review before a wait", "a wait before a review", "a wait before one that stays",
        "a short wait before a long one", "a stop after the next", "a stop before the last",
        "dated options not hit",
        "one hit and another not",
        "not above what stays", "not at the wait itself",
    ],
)  # fmt: skip
def test_a_pack_by_which_a_later_date_would_be_milder_is_refused(
    outcomes: list[dict[str, Any]],
) -> None:
    with pytest.raises(PackError, match=r"'combo_body_image_pressure': outcome .* milder"):
        build_pack(**with_outcomes(*outcomes))


@pytest.mark.parametrize(
    "outcomes",
    [
        [outcome("fine", WAXED, "REVIEW"), outcome("less", ASKED, "ADVISE")],
        [outcome("worse", ASKED, "CONTRAINDICATED"), outcome("fine", WAXED, "REVIEW")],
        [outcome("fine", WAXED, "CONTRAINDICATED"), outcome("less", ASKED, "DEFER")],
        [
            outcome("fine", WAXED, "DEFER", after_window_level="REVIEW"),
            outcome("less", ASKED, "REVIEW"),
        ],
        [
            outcome("fine", WAXED, "DEFER", after_window_level="ADVISE"),
            outcome("less", ASKED, "DEFER"),
        ],
        [outcome("fine", WAXED, "DEFER"), outcome("less", ASKED, "DEFER")],
        [outcome("fine", {"not": {"not": WAXED}}, "REVIEW")],
        # It is a stop or nothing, whatever the date: no date moves it.
        [outcome("fine", denied("recent_hair_removal", "CONTRAINDICATED"), "ADVISE")],
        # It hits as advice before and after.
        [outcome("fine", denied("planned_sun", "ADVISE"), "REVIEW")],
        # Its wait is from the plan, which is exact.
        [outcome("fine", denied("session_interval", "ADVISE"), "ADVISE")],
        # What does not rest on a date may come before anything worse.
        [outcome("fine", UNASKED, "ADVISE"), outcome("worse", ASKED, "CONTRAINDICATED")],
    ],
    ids=[
        "a review before advice", "a stop before a review", "a stop before a wait",
        "a wait that stays before a review",
        "the same wait", "the same wait and nothing after", "not not",
        "a level no wait reaches", "what stays",
        "a wait from the plan",
        "no date at all",
    ],
)  # fmt: skip
def test_a_pack_by_which_it_would_not_is_taken(outcomes: list[dict[str, Any]]) -> None:
    screened = build_pack(**with_outcomes(*outcomes))
    for seed in range(30):
        never_milder(screened, seed)
