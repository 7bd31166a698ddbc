"""Which risks, ticks and waits apply: truth tables over plan, answers and findings."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clinic.consent.reading import current
from clinic.consent.selection import Selection, choose, cooling_off_until, expires_on
from screening.engine import Context, LastSession, Level
from screening.engine.judge import open_case
from screening.engine.plan import plan_values
from screening.engine.program import compile_pack
from screening.engine.sheet import read_sheet
from screening.packs import load_pack
from tests.clinic.consent.conftest import ANSWERS

ASKED, PLANNED = date(2026, 6, 1), date(2026, 6, 16)
SOMEONE_BEFORE = LastSession(date=date(2026, 4, 1), modality="MN_PEN", depth_mm=0.5)


def chosen(
    answers: dict[str, Any] | None = None,
    *,
    findings: dict[str, Level] | None = None,
    clinic_hours: int = 24,
    **plan: Any,
) -> Selection:
    pack = load_pack("microneedling@1.0.0")
    values: dict[str, Any] = {
        "modality": "MN_PEN",
        "depth_mm": 0.25,
        "areas": ("cheeks",),
        "anaesthetic_planned": False,
        "last_session": SOMEONE_BEFORE,
    } | plan
    context = Context(assessment_date=ASKED, planned_date=PLANNED, **values)
    case = open_case(
        compile_pack(pack),
        sheet=read_sheet(pack, ANSWERS | (answers or {}), given_on=ASKED),
        plan=plan_values(pack, context),
        assessment_date=ASKED,
        planned_date=PLANNED,
    ).rules
    case.levels.update(findings or {})
    return choose(current(), case, clinic_hours=clinic_hours)


def risks(selection: Selection) -> set[str]:
    return {shown.risk.id for shown in selection.risks}


def ticks(selection: Selection) -> set[str]:
    return {ack.id for ack in selection.acknowledgements}


SOMETIMES = {"pinpoint_bleeding", "rf_scabs", "koebner", "nerve", "burn", "fat_loss", "numbing"}
ASKED_OF_EVERYBODY = {
    *("answers_true", "wounds", "normal_effects", "no_promise", "dark_marks", "infection_scar"),
    *("sun_care", "aftercare_plan", "alternatives_ok", "practitioner", "time_to_think"),
    "stop_anytime",
}


@pytest.mark.parametrize(
    ("plan", "answers", "more"),
    [
        ({}, {}, set()),
        ({"depth_mm": 0.49}, {}, set()),
        ({"depth_mm": 0.5}, {}, {"pinpoint_bleeding"}),
        ({"depth_mm": 1.5}, {}, {"pinpoint_bleeding"}),
        ({"depth_mm": 1.51}, {}, {"pinpoint_bleeding", "nerve"}),
        ({"modality": "MN_ROLLER", "depth_mm": 1.5}, {}, {"pinpoint_bleeding"}),
        (
            {"modality": "RF_MN", "depth_mm": 0.3},
            {},
            {"pinpoint_bleeding", "rf_scabs", "nerve", "burn", "fat_loss"},
        ),
        ({"anaesthetic_planned": True}, {}, {"numbing"}),
        ({}, {"skin_disease": ["psoriasis"], "skin_disease_state": "calm"}, {"koebner"}),
        ({}, {"skin_disease": None}, {"koebner"}),  # not answered: in doubt the client is told
    ],
)
def test_risks(plan: dict[str, Any], answers: dict[str, Any], more: set[str]) -> None:
    everything = {risk.id for risk in current().risks}
    assert risks(chosen(answers, **plan)) == everything - SOMETIMES | more


@pytest.mark.parametrize(
    ("plan", "answers", "more"),
    [
        ({}, {}, set()),
        ({"modality": "RF_MN"}, {}, {"rf_risks"}),
        ({"anaesthetic_planned": True}, {}, {"numbing_ok"}),
        ({}, {"blood_thinner": "yes"}, {"keep_medicine"}),
        ({}, {"blood_thinner": "not_sure"}, {"keep_medicine"}),
        ({}, {"blood_thinner": None}, {"keep_medicine"}),
        ({}, {"other_medicines": "Levothyroxine 50 micrograms"}, {"keep_medicine"}),
        ({}, {"other_medicines": "None."}, set()),
        ({}, {"photosensitiser": "yes"}, {"keep_medicine"}),
        ({}, {"dob": "2004-06-17"}, {"off_label"}),  # 21 on the planned day
        ({}, {"dob": "2004-06-16"}, set()),  # 22 that very day
        ({}, {"dob": None}, {"off_label"}),
        ({"areas": ("neck",)}, {}, set()),
        ({"areas": ("neck",)}, {"phototype": "IV"}, set()),
        ({"areas": ("neck",)}, {"phototype": "V"}, {"off_label"}),
        ({"areas": ("neck",)}, {"phototype": "VI"}, {"off_label"}),
        ({"areas": ("neck",)}, {"phototype": "not_sure"}, {"off_label"}),
        ({"areas": ("cheeks",)}, {"phototype": "VI"}, set()),
        ({"areas": ("cheeks",), "depth_mm": 1.5}, {}, set()),
        ({"areas": ("cheeks",), "depth_mm": 1.75}, {}, {"off_label"}),
        ({"areas": ("abdomen",), "depth_mm": 1.75}, {}, set()),
        ({"areas": ("abdomen", "chest")}, {}, {"off_label"}),
        ({"areas": ("scalp",)}, {}, {"off_label"}),
    ],
)
def test_ticks(plan: dict[str, Any], answers: dict[str, Any], more: set[str]) -> None:
    assert ticks(chosen(answers, **plan)) == ASKED_OF_EVERYBODY | more


def test_pregnancy_is_asked_on_the_day_and_not_on_this_paper() -> None:
    assert "not_pregnant" in {ack.id for ack in current().acknowledgements}
    assert "not_pregnant" not in ticks(chosen())


@pytest.mark.parametrize(
    ("plan", "findings", "clinic", "hours", "reasons"),
    [
        ({}, {}, 24, 24, ["base"]),
        ({"depth_mm": 1.49}, {}, 24, 24, ["base"]),
        ({"depth_mm": 1.5}, {}, 24, 48, []),
        ({"depth_mm": 1.51}, {}, 24, 48, ["deep"]),
        ({"modality": "RF_MN"}, {}, 24, 48, ["rf"]),
        ({"last_session": None}, {}, 24, 48, ["first_session"]),
        ({}, {}, 12, 24, ["base"]),  # the clinic cannot shorten it
        ({}, {}, 72, 72, []),
        ({}, {"combo_body_image_pressure": Level.DEFER}, 24, 336, ["worry_and_pressure"]),
        ({}, {"combo_body_image_pressure": Level.REVIEW}, 24, 336, ["worry_and_pressure"]),
        ({}, {"body_image_concern": Level.REVIEW}, 24, 24, ["base"]),
    ],
)
def test_time_to_think(
    plan: dict[str, Any],
    findings: dict[str, Level],
    clinic: int,
    hours: int,
    reasons: list[str],
) -> None:
    selection = chosen(findings=findings, clinic_hours=clinic, **plan)
    assert selection.hours == hours
    assert [wait.id for wait in selection.waits] == reasons


@pytest.mark.parametrize(
    ("modality", "depth", "words"),
    [
        ("MN_PEN", 0.25, "Hours to 1 day"),
        ("MN_PEN", 0.5, "1–2 days"),
        ("MN_PEN", 1.0, "2–3 days"),
        ("MN_PEN", 1.5, "2–3 days"),
        ("MN_PEN", 2.0, "3–7 days"),
        ("RF_MN", 2.0, "1–3 days, sometimes longer"),
    ],
)
def test_redness_is_told_for_this_depth(modality: str, depth: float, words: str) -> None:
    shown = chosen(modality=modality, depth_mm=depth).risks
    assert next(one.duration for one in shown if one.risk.id == "redness") == words


def test_exactly_one_first_day_is_told() -> None:
    for modality in ("MN_PEN", "RF_MN"):
        for hundredths in range(20, 301, 5):
            parts = chosen(modality=modality, depth_mm=hundredths / 100).parts
            lines = [line.id for part in parts for line in part.lines]
            assert sum(line.startswith("first_day") for line in lines) == 1


def test_waiting_counts_real_hours_over_a_clock_change() -> None:
    before = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)
    assert cooling_off_until(before, 24) == before + timedelta(hours=24)
    late = datetime(2026, 6, 1, 9, 0, 0, 1, tzinfo=UTC)
    assert cooling_off_until(late, 24) == datetime(2026, 6, 2, 9, 1, tzinfo=UTC)


def test_six_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    assert expires_on(date(2026, 6, 1), current()) == date(2026, 12, 1)
    assert expires_on(date(2026, 8, 31), current()) == date(2027, 2, 28)
