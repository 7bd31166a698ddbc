"""Worked cases: a client, a plan, and what must be found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.screening.cases import found, screen

RF = {"modality": "RF_MN", "depth_mm": 1.0}
Found = dict[str, tuple[str, str, date | None]]

CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, Found]] = [
    (
        "seventeen the day before the birthday",
        {"dob": "2008-06-16"},
        {},
        "CONTRAINDICATED",
        {"age_minimum": ("under_18", "CONTRAINDICATED", None)},
    ),
    (
        "eighteen on the day",
        {"dob": "2008-06-15"},
        {},
        "REVIEW",
        {"age_minimum": ("age_18_21", "REVIEW", None)},
    ),
    (
        "twenty-one the day before the birthday",
        {"dob": "2004-06-16"},
        {},
        "REVIEW",
        {"age_minimum": ("age_18_21", "REVIEW", None)},
    ),
    ("twenty-two on the day", {"dob": "2004-06-15"}, {}, "CLEAR", {}),
    (
        "born on 29 February, 28 February of the eighteenth year",
        {"dob": "2008-02-29"},
        {"assessment_date": "2026-02-01", "planned_date": "2026-02-28"},
        "CONTRAINDICATED",
        {"age_minimum": ("under_18", "CONTRAINDICATED", None)},
    ),
    (
        "born on 29 February, 1 March of the eighteenth year",
        {"dob": "2008-02-29"},
        {"assessment_date": "2026-02-01", "planned_date": "2026-03-01"},
        "REVIEW",
        {"age_minimum": ("age_18_21", "REVIEW", None)},
    ),
    (
        "a parent's consent changes nothing",
        {"dob": "2010-01-01"},
        {"parental_consent": True},
        "CONTRAINDICATED",
        {
            "age_minimum": ("under_18", "CONTRAINDICATED", None),
            "combo_under18": ("stop", "CONTRAINDICATED", None),
        },
    ),
    (
        "a parent's consent for an adult means nothing",
        {},
        {"parental_consent": True},
        "CLEAR",
        {},
    ),
    (
        "pushed and in need of help: the first outcome counts",
        {"pressured": "yes", "needs_support": "yes"},
        {},
        "REVIEW",
        {"free_choice_and_support": ("pressured", "REVIEW", None)},
    ),
    (
        "worry of less than an hour that stops nothing",
        {"appearance_worry": "yes", "appearance_time": "under_1h", "appearance_impact": "no"},
        {},
        "ADVISE",
        {"body_image_concern": ("some", "ADVISE", None)},
    ),
    (
        "marked worry under pressure: time to think",
        {
            "appearance_worry": "yes",
            "appearance_time": "over_3h",
            "appearance_impact": "no",
            "pressured": "yes",
        },
        {"planned_date": "2026-06-14"},
        "DEFER",
        {
            "free_choice_and_support": ("pressured", "REVIEW", None),
            "body_image_concern": ("marked", "REVIEW", None),
            "combo_body_image_pressure": ("wait", "DEFER", date(2026, 6, 15)),
        },
    ),
    (
        "some worry under pressure is not marked worry",
        {
            "appearance_worry": "yes",
            "appearance_time": "under_1h",
            "appearance_impact": "no",
            "pressured": "yes",
        },
        {},
        "REVIEW",
        {
            "free_choice_and_support": ("pressured", "REVIEW", None),
            "body_image_concern": ("some", "ADVISE", None),
        },
    ),
    (
        "a raised scar before, pen",
        {"past_reaction": "yes", "past_reaction_kinds": ["raised_scar"]},
        {},
        "REVIEW",
        {"past_reaction": ("any", "REVIEW", None)},
    ),
    (
        "a raised scar before, RF",
        {"past_reaction": "yes", "past_reaction_kinds": ["lumps", "raised_scar"]},
        RF,
        "CONTRAINDICATED",
        {"past_reaction": ("serious_before_rf", "CONTRAINDICATED", None)},
    ),
    (
        "filler five weeks ago, pen",
        {"recent_injectables": {"ha_filler": "2026-05-11"}},
        {},
        "CLEAR",
        {},
    ),
    (
        "filler five weeks ago, RF: six months",
        {"recent_injectables": {"ha_filler": "2026-05-11"}},
        RF,
        "DEFER",
        {"recent_injectables": ("rf_window", "DEFER", date(2026, 11, 11))},
    ),
    (
        "permanent filler without a date, pen",
        {"recent_injectables": {"permanent_filler": None}},
        {},
        "REVIEW",
        {"permanent_filler": ("mn", "REVIEW", None)},
    ),
    (
        "permanent filler, RF",
        {"recent_injectables": {"permanent_filler": "2010-01-01"}},
        RF,
        "CONTRAINDICATED",
        {"permanent_filler": ("rf", "CONTRAINDICATED", None)},
    ),
    (
        "an operation a year ago to the day",
        {"recent_surgery": {"surgery_12m": "2025-06-15"}},
        {},
        "CLEAR",
        {},
    ),
    (
        "an operation on 29 February: the year ends on 28 February",
        {"recent_surgery": {"surgery_12m": "2024-02-29"}},
        {"assessment_date": "2025-01-10", "planned_date": "2025-02-27"},
        "DEFER",
        {"recent_surgery_or_scar": ("within_window", "DEFER", date(2025, 2, 28))},
    ),
    ("pregnant", {"pregnant": "yes"}, {}, "CONTRAINDICATED",
     {"pregnancy": ("pregnant", "CONTRAINDICATED", None)}),
    ("perhaps pregnant", {"pregnant": "not_sure"}, {}, "REVIEW",
     {"pregnancy": ("unsure", "REVIEW", None)}),
    ("breastfeeding, pen: a prescriber may", {"breastfeeding": "yes"}, {}, "CONTRAINDICATED",
     {"breastfeeding": ("mn", "CONTRAINDICATED", None)}),
    (
        "warfarin and 1.5 mm",
        {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]},
        {"depth_mm": 1.5},
        "CONTRAINDICATED",
        {
            "blood_thinners": ("any", "REVIEW", None),
            "combo_blood_thinner_deep": ("too_deep", "CONTRAINDICATED", None),
        },
    ),
    (
        "warfarin and 1.4 mm",
        {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]},
        {"depth_mm": 1.4},
        "REVIEW",
        {"blood_thinners": ("any", "REVIEW", None)},
    ),
    (
        "two antiplatelets at 0.5 mm",
        {"blood_thinner": "yes", "blood_thinner_kinds": ["clopidogrel_type", "daily_aspirin"]},
        {},
        "CONTRAINDICATED",
        {
            "blood_thinners": ("any", "REVIEW", None),
            "combo_two_blood_thinners": ("two", "CONTRAINDICATED", None),
        },
    ),
    (
        "two antiplatelets at 0.25 mm",
        {"blood_thinner": "yes", "blood_thinner_kinds": ["clopidogrel_type", "daily_aspirin"]},
        {"depth_mm": 0.25},
        "REVIEW",
        {"blood_thinners": ("any", "REVIEW", None)},
    ),
    ("perhaps a bruising pill: advice", {"bruising_products": "not_sure"}, {}, "ADVISE",
     {"bruising_products": ("unsure", "ADVISE", None)}),
    (
        "cancer treatment finished long ago keeps a review",
        {
            "cancer_treatment": "finished",
            "cancer_treatment_end": "2020-01-01",
            "radiotherapy_area": "no",
        },
        {},
        "REVIEW",
        {"cancer_treatment": ("finished", "REVIEW", None)},
    ),
    (
        "perhaps irradiated skin, RF",
        {
            "cancer_treatment": "finished",
            "cancer_treatment_end": "2020-01-01",
            "radiotherapy_area": "not_sure",
        },
        RF,
        "CONTRAINDICATED",
        {"cancer_treatment": ("irradiated_rf", "CONTRAINDICATED", None)},
    ),
    ("'None.' in free text is no text", {"other_medicines": "  NONE. "}, {}, "CLEAR", {}),
    ("free text is read by a person", {"other_health": "none that I know of"}, {}, "REVIEW",
     {"free_text_disclosures": ("text", "REVIEW", None)}),
    ("steel allergy", {"metal_allergy": "yes", "metal_kind": "stainless_steel"}, {},
     "CONTRAINDICATED", {"metal_allergy": ("stainless_steel", "CONTRAINDICATED", None)}),
    ("metal of a kind unknown", {"metal_allergy": "yes", "metal_kind": "not_sure"}, {},
     "REVIEW", {"metal_allergy": ("nickel_or_unsure", "REVIEW", None)}),
    ("perhaps a changing mark is a yes", {"changing_mark": "not_sure"}, {}, "CONTRAINDICATED",
     {"skin_cancer_or_suspicious_mark": ("changing", "CONTRAINDICATED", None)}),
    (
        "cold-sore history near the mouth, RF, no tablets",
        {"hsv_history": "yes", "hsv_prophylaxis": "not_sure"},
        RF,
        "CONTRAINDICATED",
        {
            "hsv_history": ("yes", "ADVISE", None),
            "combo_hsv_near_mouth": ("rf", "CONTRAINDICATED", None),
        },
    ),
    (
        "cold-sore history, only the forehead",
        {"hsv_history": "yes", "hsv_prophylaxis": "no"},
        {"areas": ["forehead"]},
        "ADVISE",
        {"hsv_history": ("yes", "ADVISE", None)},
    ),
    (
        "cold-sore history and weak immunity, not near the mouth",
        {
            "hsv_history": "yes",
            "hsv_prophylaxis": "no",
            "immune_weak": "yes",
            "immune_kinds": ["other"],
        },
        {"areas": ["neck"]},
        "CONTRAINDICATED",
        {
            "immunosuppression": ("some", "REVIEW", None),
            "hsv_history": ("yes", "ADVISE", None),
            "combo_hsv_immune": ("stop", "CONTRAINDICATED", None),
        },
    ),
    (
        "psoriasis elsewhere: Koebner",
        {"skin_disease": ["psoriasis"], "skin_disease_state": "active_elsewhere"},
        {},
        "CONTRAINDICATED",
        {"inflammatory_skin_disease": ("koebner_active", "CONTRAINDICATED", None)},
    ),
    (
        "eczema elsewhere",
        {"skin_disease": ["eczema"], "skin_disease_state": "active_elsewhere"},
        {},
        "REVIEW",
        {"inflammatory_skin_disease": ("other", "REVIEW", None)},
    ),
    (
        "dark marks, phototype V, RF, no test patch",
        {"phototype": "V", "dark_marks": "yes"},
        RF,
        "CONTRAINDICATED",
        {
            "dark_marks_or_melasma": ("rf", "REVIEW", None),
            "skin_phototype": ("v_vi", "REVIEW", None),
            "combo_dark_skin_marks": ("test_patch_needed", "CONTRAINDICATED", None),
        },
    ),
    (
        "the same with a good test patch",
        {"phototype": "V", "dark_marks": "yes"},
        {**RF, "test_patch_ok": True},
        "REVIEW",
        {
            "dark_marks_or_melasma": ("rf", "REVIEW", None),
            "skin_phototype": ("v_vi", "REVIEW", None),
            "combo_dark_skin_marks": ("review", "REVIEW", None),
        },
    ),
    (
        "diabetes, well controlled, perhaps slow to heal",
        {"diabetes": "yes", "diabetes_control": "good", "slow_healing": "not_sure"},
        {},
        "CONTRAINDICATED",
        {
            "poor_healing": ("unsure", "REVIEW", None),
            "diabetes": ("good", "REVIEW", None),
            "combo_diabetes_slow_healing": ("stop", "CONTRAINDICATED", None),
            "combo_two_healing_risks": ("stop", "CONTRAINDICATED", None),
        },
    ),
    (
        "weak immunity and steroids are one group, not two",
        {"immune_weak": "yes", "immune_kinds": ["other"], "steroid_tablets": "taking_now"},
        {},
        "REVIEW",
        {
            "immunosuppression": ("some", "REVIEW", None),
            "steroid_tablets": ("taking_now", "REVIEW", None),
        },
    ),
    (
        "steroids and diabetes are two groups",
        {
            "steroid_tablets": "taking_now",
            "diabetes": "yes",
            "diabetes_control": "good",
        },
        {},
        "CONTRAINDICATED",
        {
            "steroid_tablets": ("taking_now", "REVIEW", None),
            "diabetes": ("good", "REVIEW", None),
            "combo_two_healing_risks": ("stop", "CONTRAINDICATED", None),
        },
    ),
    (
        "family keloid, phototype IV, 1.0 mm",
        {"keloid": "family_only", "phototype": "IV"},
        {"depth_mm": 1.0},
        "REVIEW",
        {
            "keloid_or_raised_scars": ("family", "ADVISE", None),
            "skin_phototype": ("iv", "ADVISE", None),
            "combo_keloid_family": ("review", "REVIEW", None),
        },
    ),
    (
        "an old fit and numbing cream planned",
        {"seizures": "over_12m"},
        {"anaesthetic_planned": True},
        "REVIEW",
        {
            "seizures": ("old", "ADVISE", None),
            "combo_anaesthetic_risk_planned": ("review", "REVIEW", None),
        },
    ),
    (
        "a thin face on the neck is no finding",
        {"thin_face": "yes"},
        {"areas": ["neck"]},
        "CLEAR",
        {},
    ),
    ("sun until 20 June: advice from 4 July on",
     {"planned_sun": "yes", "planned_sun_end": "2026-06-20"},
     {"planned_date": "2026-07-04"},
     "ADVISE", {"planned_sun": ("yes", "ADVISE", None)}),
    ("2.5 mm on the body is the limit, not over it", {}, {"depth_mm": 2.5, "areas": ["back"]},
     "CLEAR", {}),
    ("2.6 mm", {}, {"depth_mm": 2.6, "areas": ["back"]}, "CONTRAINDICATED",
     {"depth_limit": ("mn_over_2_5", "CONTRAINDICATED", None)}),
    ("1.5 mm on the face", {}, {"depth_mm": 1.5}, "CLEAR", {}),
    ("1.6 mm on the face", {}, {"depth_mm": 1.6}, "REVIEW",
     {"depth_limit": ("mn_face_over_1_5", "REVIEW", None)}),
    ("RF of 2.1 mm on the face", {}, {**RF, "depth_mm": 2.1}, "REVIEW",
     {"depth_limit": ("rf_face_over_2", "REVIEW", None)}),
    ("the red of the lips", {}, {"areas": ["perioral", "lip_red"]}, "CONTRAINDICATED",
     {"excluded_area": ("excluded", "CONTRAINDICATED", None)}),
    (
        "35 days after a shallow session",
        {},
        {"last_session": {"date": "2026-05-11", "modality": "MN_PEN", "depth_mm": 0.5}},
        "CLEAR",
        {},
    ),
    (
        "35 days after a deep session",
        {},
        {"last_session": {"date": "2026-05-11", "modality": "MN_PEN", "depth_mm": 1.5}},
        "DEFER",
        {"session_interval": ("long_gap", "DEFER", date(2026, 6, 22))},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "context", "level", "hits"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_worked_case(
    answers: dict[str, Any], context: dict[str, Any], level: str, hits: Found
) -> None:
    result = screen(answers, context)
    assert result.complete, result.missing
    assert found(result) == hits
    assert result.level.name == level


def test_there_are_enough_worked_cases() -> None:
    assert len({name for name, *_ in CASES}) == len(CASES) >= 40
