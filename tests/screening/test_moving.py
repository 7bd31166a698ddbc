"""Which questions an earlier answer never stands for: the pack marks them, nothing guesses it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from screening.engine import QuestionType, build_pack
from screening.engine.moving import moving
from screening.exchange.archive import read_archive, write_archive
from screening.exchange.fhir.questionnaire import to_questionnaire
from tests.screening.cases import pack, tables

MARKED = (
    *("goal", "pressured", "home_needling", "recent_procedures", "recent_injectables"),
    *("recent_surgery", "hair_removal", "pregnant", "breastfeeding", "isotretinoin"),
    *("bruising_products", "steroid_tablets", "antibiotics", "topical_actives"),
    *("topical_prescribed", "skin_infection", "cold_sore_state", "hsv_prophylaxis"),
    *("open_skin", "changing_mark", "acne", "skin_disease_state", "sun_exposure"),
    *("planned_sun", "organ_disease", "unwell"),
)
FOLLOWING = (
    *("home_needling_date", "hair_removal_date", "isotretinoin_stop", "steroid_stop"),
    *("antibiotic_end", "topical_actives_date", "topical_prescribed_date"),
    *("cold_sore_healed", "planned_sun_end"),
)


def test_the_marked_questions_move_and_so_does_what_follows_from_them() -> None:
    assert moving(pack()) == {*MARKED, *FOLLOWING}


def test_what_lasts_is_not_asked_again_for_nothing() -> None:
    lasting = {"dob", "phototype", "keloid", "blood_thinner", "contact_allergy", "diabetes"}
    assert not lasting & moving(pack())


def test_a_date_is_asked_with_the_question_that_it_follows_from() -> None:
    dates = [one for one in pack().questions if one.type is QuestionType.DATE]
    assert not any(one.moves_with_time for one in dates)
    assert {one.id for one in dates} - moving(pack()) == {"dob", "cancer_treatment_end"}


@pytest.mark.parametrize("words", ["Do you have acne?", "Do you have it now?", "Haben Sie Akne?"])
def test_other_words_change_nothing_and_the_mark_does(words: str) -> None:
    changed: Any = copy.deepcopy(tables())
    asked = [one for part in changed["questions"]["section"] for one in part["question"]]
    acne = next(one for one in asked if one["id"] == "acne")
    acne["text"] = words
    assert "acne" in moving(build_pack(**changed))
    del acne["moves_with_time"]
    assert "acne" not in moving(build_pack(**changed))


def test_the_mark_goes_along_in_every_file() -> None:
    assert read_archive(write_archive(tables()))["questions"] == tables()["questions"]
    for release in ("R4B", "R5"):
        written = to_questionnaire(tables(), release)
        items = [item for group in written["item"] for item in group["item"]]
        marked = {
            item["linkId"]
            for item in items
            for mark in item.get("extension", [])
            if mark["url"] == "urn:cleared:fhir:moves-with-time"
        }
        assert marked == set(MARKED)
