"""Facts that cannot be right are refused by name; what is unknown is never taken as no."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from aftercare.facts import FactsError, MissingEmergencyContact, Product, Session, band_of
from aftercare.vocabulary import QUESTIONS
from screening.packs import latest
from tests.aftercare.treatment import CLINIC, MAYA, sheet


@pytest.mark.parametrize("phone", ["", "  ", "see website", "12"])
def test_no_sheet_without_the_clinics_emergency_number(phone: str) -> None:
    with pytest.raises(MissingEmergencyContact, match="emergency number is needed"):
        replace(MAYA, clinic=replace(CLINIC, emergency_phone=phone))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("first_name", {"first_name": " "}),
        ("practitioner", {"practitioner": ""}),
        ("clinic.out_of_hours", {"clinic": replace(CLINIC, out_of_hours="")}),
        ("treated_at", {"treated_at": datetime.fromisoformat("2026-06-16T14:30")}),
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
        ("time_zone", {"time_zone": "../../etc/passwd"}),
        ("modality", {"modality": "LASER"}),
        ("phototype", {"phototype": "VII"}),
        ("session_number", {"session_number": 0}),
        ("depths_mm", {"depths_mm": {}}),
        ("depths_mm", {"depths_mm": {"elbow": 1.0}}),
        ("depths_mm.cheeks", {"depths_mm": {"cheeks": 0.0}}),
        ("depths_mm.cheeks", {"depths_mm": {"cheeks": float("nan")}}),
        ("depths_mm.cheeks", {"depths_mm": {"cheeks": 15.0}}),
        ("previous.depth_mm", {"previous": Session(modality="MN_PEN", depth_mm=-1)}),
        ("flags", {"flags": frozenset({"strikt_sun"})}),
        (
            "products[0].contains",
            {"products": (Product(name="Gel", how_often="daily", contains=("nuts",)),)},
        ),
    ],
)
def test_a_fact_that_cannot_be_right_is_named(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(FactsError) as caught:
        replace(MAYA, **changes)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("modality", "depth", "band"),
    [
        ("MN_PEN", 0.49, "LT_0_5"),
        ("MN_PEN", 0.5, "B0_5_1"),
        ("MN_PEN", 0.99, "B0_5_1"),
        ("MN_ROLLER", 1.0, "B1_1_5"),
        ("MN_PEN", 1.49, "B1_1_5"),
        ("MN_PEN", 1.5, "GT_1_5"),
        ("MN_PEN", 1.51, "GT_1_5"),
        ("RF_MN", 0.3, "RF"),
    ],
)
def test_the_band_of_a_depth(modality: str, depth: float, band: str) -> None:
    assert band_of(modality, depth) == band


def test_the_deepest_area_decides_the_band() -> None:
    assert sheet(depths_mm={"forehead": 0.25, "cheeks": 1.75, "neck": 0.5}).band == "GT_1_5"


@pytest.mark.parametrize("phototype", ["IV", "V", "VI", None])
def test_darker_and_unknown_phototypes_get_dark_mark_precautions(phototype: str | None) -> None:
    assert "pih_precautions" in replace(MAYA, phototype=phototype).effective_flags
    assert "pih_precautions" not in replace(MAYA, phototype="III").effective_flags


@pytest.mark.parametrize("answers", [{"minoxidil": "yes"}, {"moustache": "yes"}])
def test_an_answer_that_the_advice_does_not_know_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(FactsError, match="answers: there is no"):
        replace(MAYA, answers=answers)


def test_the_answers_it_knows_are_those_that_the_rules_offer() -> None:
    questions = {question.id: question for question in latest().questions}
    for name, values in QUESTIONS.items():
        offered = questions[name].values or {"yes", "no", "not_sure"}
        assert set(values) == offered, name
