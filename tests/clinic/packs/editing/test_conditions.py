"""Conditions in words, and changing what they compare with."""

from copy import deepcopy
from typing import Any

import pytest

from clinic.packs.editing.atoms import Turns, atoms, with_values
from clinic.packs.editing.conditions import in_words
from clinic.packs.editing.names import names_of, rules_in
from clinic.packs.editing.reads import conditions
from tests.clinic.packs.editing.conftest import Tables, released

ALL = [when for rule in rules_in(released()) for when in conditions(rule)]
RF = {"ctx": "modality", "op": "eq", "value": "RF_MN"}
THINNER = {"q": "blood_thinner", "op": "eq", "value": "yes"}
DEEP = {"ctx": "depth_mm", "op": "gte", "value": 1.5}
AREAS = {"ctx": "areas", "op": "intersects", "value": ["nose", "cheeks"]}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            THINNER,
            "the answer to “Do you take medicine to thin your blood or stop clots?” is Yes",
        ),
        (
            {"all": [RF, DEEP]},
            "the device is Radiofrequency microneedling; and the depth is at least 1.5 mm",
        ),
        (
            {"any": [{"ctx": "age", "op": "lt", "value": 18}, {"all": [RF, DEEP]}]},
            "the age is under 18; or (the device is Radiofrequency microneedling; and the depth is",
        ),
        (AREAS, "the areas include any of: Cheeks, Nose"),
        (
            {"not": {"ctx": "test_patch_ok", "op": "eq", "value": True}},
            "it is not so that (a test patch was done and looked well)",
        ),
        (
            {"ctx": "modality", "op": "in", "value": ["MN_PEN", "MN_ROLLER"]},
            "the device is one of: Microneedling pen, Microneedling roller",
        ),
        (
            {"q": "blood_thinner_kinds", "op": "count_gte", "value": 2, "exclude": ["warfarin"]},
            "at least 2 are ticked at “Which ones do you take?”, not counting Warfarin",
        ),
        (
            {"hit": "diabetes", "min_level": "REVIEW"},
            "the rule “Diabetes” found Review or worse",
        ),
        ({"q": "other_health", "op": "text_present"}, "something is written at “"),
        ({"strange": 1}, "something that cannot be read"),
    ],
)
def test_a_condition_reads_as_a_sentence(tables: Tables, condition: object, words: str) -> None:
    assert in_words(condition, names_of(tables)).startswith(words)


@pytest.mark.parametrize("condition", ALL, ids=str)
def test_every_condition_of_the_pack_is_told_without_codes(condition: object) -> None:
    said = in_words(condition, names_of(released()))
    assert said
    assert not any(sign in said for sign in ("_", "{", "%", "=="))


@pytest.mark.parametrize("condition", ALL, ids=str)
def test_what_is_not_changed_stays_as_it_was_written(condition: Any) -> None:
    kept = {
        atom.number: atom.threshold if atom.turns is Turns.NUMBER else atom.values
        for atom in atoms(condition)
    }
    assert with_values(condition, kept) == condition


def test_answers_devices_areas_and_numbers_are_exchanged_in_place() -> None:
    condition = {"all": [RF, {"not": THINNER}, {"any": [DEEP, AREAS]}]}
    before = deepcopy(condition)
    assert [(a.turns, a.about, a.negated) for a in atoms(condition)] == [
        (Turns.DEVICES, "modality", False),
        (Turns.ANSWERS, "blood_thinner", True),
        (Turns.NUMBER, "depth_mm", False),
        (Turns.AREAS, "areas", False),
    ]
    changed = with_values(
        condition, {0: ["MN_PEN", "RF_MN"], 1: ["yes", "not_sure"], 2: 1.0, 3: ["nose"]}
    )
    assert changed == {
        "all": [
            {"ctx": "modality", "op": "in", "value": ["MN_PEN", "RF_MN"]},
            {"not": {"q": "blood_thinner", "op": "in", "value": ["yes", "not_sure"]}},
            {"any": [{**DEEP, "value": 1.0}, {**AREAS, "value": ["nose"]}]},
        ]
    }
    assert condition == before


def test_one_answer_instead_of_another_is_still_one_answer() -> None:
    assert with_values(THINNER, {0: ["no"]}) == {**THINNER, "value": "no"}
