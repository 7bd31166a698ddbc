"""The earliest date: nothing above ADVISE on it, something above ADVISE the day before."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest

from screening.engine import Level, build_pack, evaluate
from tests.screening.cases import answers_with, context_with, screen, tables


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
        ({"planned_sun": "yes", "planned_sun_end": "2026-08-18"}, {}, date(2026, 9, 1)),
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
    on_it = screen(answers, {**context, "planned_date": earliest.isoformat()})
    assert on_it.level <= Level.ADVISE
    if earliest > date(2026, 6, 1):
        before = earliest - timedelta(days=1)
        assert screen(answers, {**context, "planned_date": before.isoformat()}).level > Level.ADVISE


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
    changed = copy.deepcopy(tables())
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
