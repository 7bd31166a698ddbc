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
from screening.packs import latest
from tests.clinic.consent.conftest import ANSWERS

ASKED, PLANNED = date(2026, 6, 1), date(2026, 6, 16)
SOMEONE_BEFORE = LastSession(date=date(2026, 4, 1), modality="MN_PEN", depth_mm=0.5)


def chosen(
    answers: dict[str, Any] | None = None,
    *,
    findings: dict[str, Level] | None = None,
    clinic_hours: int = 24,
    flags: frozenset[str] = frozenset(),
    **plan: Any,
) -> Selection:
    pack = latest()
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
    return choose(current(), case, clinic_hours=clinic_hours, flags=flags)


def risks(selection: Selection) -> set[str]:
    return {shown.risk.id for shown in selection.risks}


def ticks(selection: Selection) -> set[str]:
    return {ack.id for ack in selection.acknowledgements}


SOMETIMES = {"pinpoint_bleeding", "rf_scabs", "koebner", "nerve", "burn", "fat_loss", "numbing"}
ASKED_OF_EVERYBODY = {
    *("answers_true", "wounds", "normal_effects", "no_promise", "dark_marks", "infection_scar"),
    *("sun_care", "aftercare_plan", "alternatives_ok", "practitioner", "time_to_think"),
    *("stop_anytime", "keep_medicine", "benefit_limits"),
}


@pytest.mark.parametrize(
    ("plan", "answers", "more"),
    [
        ({}, {}, set()),
        ({"depth_mm": 0.49}, {}, set()),
        ({"depth_mm": 0.5}, {}, {"pinpoint_bleeding"}),
        ({"depth_mm": 1.49}, {}, {"pinpoint_bleeding"}),
        ({"depth_mm": 1.5}, {}, {"pinpoint_bleeding", "nerve"}),
        ({"modality": "MN_ROLLER", "depth_mm": 1.49}, {}, {"pinpoint_bleeding"}),
        (
            {"modality": "RF_MN", "depth_mm": 0.3},
            {},
            {"pinpoint_bleeding", "rf_scabs", "nerve", "burn", "fat_loss"},
        ),
        ({"anaesthetic_planned": True}, {}, {"numbing"}),
        ({"flags": frozenset({"koebner"})}, {}, {"koebner"}),
    ],
)
def test_risks(plan: dict[str, Any], answers: dict[str, Any], more: set[str]) -> None:
    everything = {risk.id for risk in current().risks}
    assert risks(chosen(answers, **plan)) == everything - SOMETIMES | more


@pytest.mark.parametrize(
    ("plan", "answers", "more"),
    [
        ({}, {}, set()),
        ({"modality": "RF_MN"}, {}, {"own_rf_together"}),
        ({"anaesthetic_planned": True}, {}, {"numbing_ok"}),
        ({}, {"blood_thinner": "yes"}, {"own_thinner_bleeding"}),
        ({}, {"blood_thinner": "not_sure"}, set()),
        ({}, {"keloid": "family_only"}, {"own_keloid_family"}),
        ({"flags": frozenset({"hsv_history"})}, {}, {"own_cold_sore_you"}),
        ({"areas": ("periorbital",)}, {}, {"own_eyes", "off_label"}),
        ({}, {"dob": "2004-06-17"}, {"off_label"}),  # 21 on the planned day
        ({}, {"dob": "2004-06-16"}, set()),  # 22 that very day
        ({}, {"dob": None}, set()),  # what is not known is not said of anybody
        ({"areas": ("neck",)}, {}, set()),
        ({"areas": ("neck",)}, {"phototype": "IV"}, {"own_dark_marks_you"}),
        ({"areas": ("neck",)}, {"phototype": "V"}, {"off_label", "own_dark_marks_you"}),
        ({"areas": ("neck",)}, {"phototype": "VI"}, {"off_label", "own_dark_marks_you"}),
        ({"areas": ("neck",)}, {"phototype": "not_sure"}, set()),
        ({"areas": ("cheeks",)}, {"phototype": "VI"}, {"own_dark_marks_you"}),
        ({"areas": ("cheeks",), "depth_mm": 1.5}, {}, set()),
        ({"areas": ("cheeks",), "depth_mm": 1.75}, {}, {"off_label"}),
        ({"areas": ("abdomen",), "depth_mm": 1.75}, {}, {"off_label"}),
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
        ({"depth_mm": 1.5}, {}, 24, 48, ["deep"]),
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
        ("MN_PEN", 0.25, "Up to 1 day"),
        ("MN_PEN", 0.5, "Up to 2 days"),
        ("MN_PEN", 1.0, "Up to 3 days"),
        ("MN_PEN", 1.49, "Up to 3 days"),
        ("MN_PEN", 1.5, "Up to 7 days"),
        ("RF_MN", 2.0, "1–3 days"),
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


def test_what_is_said_is_what_fits_the_plan() -> None:
    def said(risk: str, **plan: Any) -> str:
        return next(one.text for one in chosen(**plan).risks if one.risk.id == risk)

    assert "around the eyes" in said("swelling")
    assert "around the eyes" not in said("swelling", areas=("back",))
    assert "stings and feels hot" in said("pain", modality="RF_MN")
    assert "up to 2 weeks" in said("bruising", flags=frozenset({"bruise_risk"}))
    assert "jaw" not in said("glands", areas=("back",))


def test_each_hope_has_what_needling_may_do_and_what_it_cannot() -> None:
    benefits = chosen({"goal": ["acne_scars", "lines"]}).benefits
    assert [one.id for one in benefits] == ["acne_scars", "lines"]
    assert all(one.text and one.limits for one in benefits)
    hair = chosen({"goal": ["hair"]})
    assert "hair" in {one.id for one in hair.alternatives}
    assert "hair" not in {one.id for one in chosen({"goal": ["lines"]}).alternatives}


@pytest.mark.parametrize(
    ("question", "yes", "you", "unsure"),
    [
        ("blood_thinner", "yes", "thinner_bleeding", "thinner_unsure"),
        ("keloid", "personal_keloid", "keloid_you", "keloid_unsure"),
        ("diabetes", "yes", "healing_diabetes", "healing_unsure"),
        ("immune_weak", "yes", "infection_you", "infection_unsure"),
        ("phototype", "V", "dark_marks_you", "dark_marks_unsure"),
        ("isotretinoin", "stopped", "isotretinoin_past", "isotretinoin_unsure"),
    ],
)
def test_nobody_reads_of_themselves_what_they_were_not_sure_of(
    question: str, yes: str, you: str, unsure: str
) -> None:
    def told(answer: str | None) -> set[str]:
        return {one.id for one in chosen({question: answer}).personal} & {you, unsure}

    assert told(yes) == {you}
    assert told("not_sure") == {unsure}
    assert told(None) == set()


def test_a_flag_can_leave_a_line_out() -> None:
    def told(*flags: str) -> set[str]:
        return {one.id for one in chosen(flags=frozenset(flags)).personal}

    assert "easy_bruising" in told("bruise_risk")
    assert "easy_bruising" not in told("bruise_risk", "takes_blood_thinner")


@pytest.mark.parametrize(
    ("flags", "words"), [((), "A few days, up to 10 days"), (("bruise_risk",), "Up to 2 weeks")]
)
def test_how_long_bruises_last_is_said_once(flags: tuple[str, ...], words: str) -> None:
    shown = chosen(flags=frozenset(flags)).risks
    assert next(one.duration for one in shown if one.risk.id == "bruising") == words
