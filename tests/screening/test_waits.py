"""The waits behind a finding: every one that was counted, and the one that decides last."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from screening.case_context import read_context
from screening.engine import Level, Wait, evaluate, waits_of
from screening.engine.dates import Window
from tests.screening.cases import answers_with, context_with, pack
from tests.screening.random_cases import random_answers, random_context


def waits(code: str, outcome: str, answers: dict[str, Any], **context: Any) -> tuple[Wait, ...]:
    return waits_of(
        pack(), code, outcome, context=context_with(context), answers=answers_with(answers)
    )


def test_a_wait_from_a_date_that_was_given() -> None:
    answers = {"isotretinoin": "stopped", "isotretinoin_stop": "2025-12-31"}
    (wait,) = waits("isotretinoin", "stopped_mn", answers)
    assert (wait.since, wait.until) == (date(2025, 12, 31), date(2026, 6, 30))
    assert (wait.basis, wait.question, wait.option) == ("answer", "isotretinoin_stop", None)
    assert wait.window == Window(months=6)


def test_every_ticked_option_has_its_own_and_the_last_to_end_stands_last() -> None:
    answers = {
        "recent_procedures": {"deep_peel": "2026-03-20", "superficial_peel": "2026-05-30"},
    }
    peel, deep = waits("recent_laser_peel", "within_window", answers)
    assert (peel.option, peel.since, peel.until) == (
        "superficial_peel",
        date(2026, 5, 30),
        date(2026, 6, 13),
    )
    assert (deep.option, deep.until) == ("deep_peel", date(2026, 6, 18))
    for wait in (peel, deep):
        assert (wait.basis, wait.question) == ("option_dates", "recent_procedures")


def test_an_option_without_a_wait_is_not_counted() -> None:
    answers = {"recent_injectables": {"permanent_filler": None, "threads": "2026-05-01"}}
    (wait,) = waits("recent_injectables", "mn_window", answers)
    assert wait.option == "threads"


def test_a_wait_from_the_day_of_the_answers_and_from_the_last_session() -> None:
    (illness,) = waits("unwell_now", "yes", {"unwell": "yes"})
    assert (illness.basis, illness.since, illness.until) == (
        "assessment_date",
        date(2026, 6, 1),
        date(2026, 6, 15),
    )
    last = {"date": "2026-05-20", "modality": "MN_PEN", "depth_mm": 0.5}
    (gap,) = waits("session_interval", "short_gap", {}, last_session=last)
    assert (gap.basis, gap.since, gap.until) == ("ctx", date(2026, 5, 20), date(2026, 6, 17))


@pytest.mark.parametrize(
    ("code", "outcome", "answers"),
    [
        ("rosacea", "calm", {"rosacea": "calm"}),
        ("isotretinoin", "unsure", {"isotretinoin": "not_sure"}),
        ("of_another_pack", "yes", {}),
        ("isotretinoin", "stopped_mn", {"isotretinoin": "stopped", "isotretinoin_stop": "soon"}),
        ("session_interval", "short_gap", {}),
        ("recent_laser_peel", "within_window", {"recent_procedures": None}),
    ],
)
def test_nothing_is_drawn_where_nothing_is_counted(
    code: str, outcome: str, answers: dict[str, Any]
) -> None:
    assert waits(code, outcome, answers) == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_last_wait_of_every_deferral_ends_on_its_date(seed: int) -> None:
    rng, seen = Random(seed), 0
    for _ in range(300):
        raw = random_context(rng)
        context = read_context(raw, pack())
        answers = random_answers(rng, raw, wild=0, ill=0.1)
        for hit in evaluate(pack(), context, answers).hits:
            if hit.level is Level.DEFER:
                found = waits_of(pack(), hit.code, hit.outcome, context=context, answers=answers)
                assert found[-1].until == hit.defer_until
                assert found[-1].window.after(found[-1].since) == hit.defer_until
                seen += 1
    assert seen > 80
