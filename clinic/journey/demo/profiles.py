"""What the demo's clients answer: "no" to everything, but for what their profile says."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from screening.engine import Pack, Question, QuestionType

Answers = dict[str, Any]
Profile = Callable[[date], Answers]
"""From the day of answering to the answers that are not "no"."""

NOTHING: Mapping[QuestionType, Any] = {
    QuestionType.YES_NO: "no",
    QuestionType.MULTI_CHOICE: [],
    QuestionType.MULTI_CHOICE_DATED: {},
    QuestionType.TEXT: "none",
}
NO_CHOICE = ("none", "never", "no")
COMMON_GOAL = "lines"
"""What most hope for: fine lines."""


def baseline(pack: Pack, born: date, draw: Random) -> Answers:
    """An answer that finds nothing for every question that is always asked."""
    answers: Answers = {}
    for section in pack.sections.values():
        for question in section.questions:
            if question.show_when is None:
                answers[question.id] = _nothing(question, born)
    return answers | {"phototype": draw.choices(("I", "II", "III", "IV"), (1, 5, 5, 2))[0]}


def _nothing(question: Question, born: date) -> Any:
    if question.birth_date:
        return born.isoformat()
    if question.type is QuestionType.MULTI_CHOICE and not question.allow_empty:
        return sorted(question.exclusive) or [COMMON_GOAL]
    if question.type is QuestionType.SINGLE_CHOICE:
        return next((no for no in NO_CHOICE if no in question.values), question.options[0].value)
    return NOTHING[question.type]


def _always(**answers: Any) -> Profile:
    return lambda day: dict(answers)


def _dated(question: str, value: str, dated: str, days_ago: int) -> Profile:
    return lambda day: {question: value, dated: _ago(day, days_ago)}


def _ago(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat()


def _calm_rosacea_and_retinol(day: date) -> Answers:
    return {
        "rosacea": "calm",
        "topical_actives": "yes",
        "topical_actives_date": _ago(day, 2),
    }


def _stopped_some_day(day: date) -> Answers:
    """Whoever stopped months ago seldom knows the day."""
    return {"isotretinoin": "stopped", "isotretinoin_stop": _ago(day, 135)[: len("2026-03")]}


def _sun_planned(day: date) -> Answers:
    return {"planned_sun": "yes", "planned_sun_end": (day + timedelta(days=12)).isoformat()}


CLEAR: Mapping[str, Profile] = {
    "nothing": _always(),
    "cold sores before": _always(hsv_history="yes", hsv_prophylaxis="yes"),
    "fish oil": _always(bruising_products="yes"),
    "smokes": _always(smoking="under_10"),
    "dark marks": _always(dark_marks="yes"),
    "vapes": _always(smoking="vape_only"),
    "waxed": _dated("hair_removal", "yes", "hair_removal_date", 2),
    "retinol": _dated("topical_actives", "yes", "topical_actives_date", 3),
}
"""Nothing above "advise" is left within a few days: no practitioner has to decide."""

FLAGGED: Mapping[str, Profile] = {
    "calm rosacea, retinol": _calm_rosacea_and_retinol,
    "calm rosacea": _always(rosacea="calm"),
    "diabetes": _always(diabetes="yes", diabetes_control="good"),
    "nickel": _always(metal_allergy="yes", metal_kind="jewellery_nickel"),
    "raised moles": _always(raised_moles_area="yes"),
    "a few spots": _always(acne="few"),
    "hormone tablets": _always(other_medicines="Microgynon, one a day"),
    "phototype V": _always(phototype="V"),
    "phototype VI": _always(phototype="VI", dark_marks="yes"),
}
"""A practitioner has to decide, and can clear the client."""

SERIOUS: Mapping[str, Profile] = {
    "isotretinoin now": _always(isotretinoin="taking_now"),
    "isotretinoin stopped": _stopped_some_day,
    "blood thinner": _always(blood_thinner="yes", blood_thinner_kinds=["doac"]),
    "blood thinner, written only": _always(other_medicines="warfrin 3 mg, and vitamin D"),
    "eczema": _always(skin_disease=["eczema"], skin_disease_state="calm"),
    "not sure": _always(keloid="not_sure", immune_weak="not_sure", skin_cancer="not_sure"),
    "pregnant": _always(pregnant="yes"),
    "breastfeeding": _always(breastfeeding="yes"),
    "keloid": _always(keloid="personal_keloid"),
    "sunburn": lambda day: {"sun_exposure": {"sunburn": _ago(day, 6)}},
    "filler": lambda day: {"recent_injectables": {"ha_filler": _ago(day, 10)}},
    "holiday": _sun_planned,
}
"""A wait, a stop, a prescriber's decision, or an answer that is missing."""

PROFILES: Mapping[str, Profile] = {**CLEAR, **FLAGGED, **SERIOUS}
