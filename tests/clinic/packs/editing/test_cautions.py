"""What is allowed and yet easily a mistake; who reads what; text nobody can see."""

from copy import deepcopy

import pytest

from clinic.packs.editing.cautions import cautions, new_cautions
from clinic.packs.editing.plain_text import BadText, tidy
from clinic.packs.editing.reads import readers_of_question, readers_of_rule, readers_of_source
from clinic.packs.editing.replace import with_entry, with_new_question, with_question, with_rule
from screening.packs import pack_from
from tests.clinic.packs.editing.conftest import Tables
from tests.clinic.packs.editing.test_difference import question_in, rule_in
from tests.screening.exchange.packs import too_long_for_fhir


def new(tables: Tables, changed: Tables) -> list[str]:
    return [caution.text for caution in new_cautions(tables, changed)]


def test_the_same_pack_has_nothing_new_to_look_at(tables: Tables) -> None:
    assert new(tables, deepcopy(tables)) == []


def test_a_question_that_no_rule_reads_is_named(tables: Tables) -> None:
    asked = {"id": "hobby", "text": "Do you swim?", "type": "yes_no"}
    changed = with_new_question(tables, after="phototype", new=asked)
    assert new(tables, changed) == ["No rule reads “Do you swim?”."]


def test_an_answer_that_no_rule_reads_is_named(tables: Tables) -> None:
    changed = deepcopy(tables)
    question_in(changed, "smoking")["options"].append({"value": "pipe", "label": "A pipe"})
    assert new(tables, changed) == ["No rule reads the answer “A pipe” to “Do you smoke or vape?”."]


def test_what_cannot_be_saved_as_fhir_is_named_and_may_be_published(tables: Tables) -> None:
    long = too_long_for_fhir()
    pack_from(long)
    (told,) = [caution.text for caution in cautions(long) if "FHIR" in caution.text]
    assert told == (
        "When “?” is shown is too long for FHIR: these questions can be saved as a whole pack"
        " (.zip), not as a FHIR questionnaire."
    )
    assert not [caution for caution in cautions(tables) if "FHIR" in caution.text]


def test_a_rule_without_a_source_or_evidence_is_named(tables: Tables) -> None:
    changed = deepcopy(tables)
    rule_in(changed, "diabetes")["sources"] = []
    rule_in(changed, "smoking")["evidence"] = ""
    assert new(tables, changed) == [
        "“Diabetes” names no source.",
        "“Smoking or vaping” does not say what its evidence is.",
    ]
    rule_in(changed, "diabetes")["sources"] = ["BG"]
    assert "“Diabetes” rests on background knowledge alone." in new(tables, changed)


def test_a_question_that_looks_back_a_shorter_time_than_the_wait_is_named(tables: Tables) -> None:
    changed = deepcopy(tables)
    outcome = rule_in(changed, "topical_actives")["outcome"][1]
    outcome["defer"]["window"] = {"days": 10}
    outcome["message"] = "Stop strong skin products 10 days before needling."
    rule_in(changed, "topical_actives")["time_window"] = "10 days (MN) / 7 days (RF)"
    asked = question_in(tables, "topical_actives")["text"]
    assert new(tables, changed) == [
        f"Strong skin products: waits 10 days, but “{asked}” asks about a shorter time."
    ]
    question_in(changed, "topical_actives")["text"] = asked.replace("7 days", "10 days")
    assert new(tables, changed) == []


def test_a_wait_of_as_many_days_as_the_months_asked_about_is_no_mistake(tables: Tables) -> None:
    changed = deepcopy(tables)
    outcome = rule_in(changed, "recent_hair_removal")["outcome"][0]
    outcome["defer"]["window"] = {"days": 31}
    question_in(changed, "hair_removal")["text"] = "In the last 1 months, have you waxed there?"
    assert not [said for said in new(tables, changed) if "shorter time" in said]
    outcome["defer"]["window"] = {"months": 2}
    assert [said for said in new(tables, changed) if "shorter time" in said]


def test_who_reads_a_question_a_rule_or_a_source(tables: Tables) -> None:
    asked = readers_of_question(tables, "blood_thinner")
    assert asked.rules[0] == "blood_thinners"
    assert "blood_thinner_kinds" in asked.questions
    assert readers_of_rule(tables, "diabetes").rules == (
        "combo_diabetes_slow_healing",
        "combo_two_healing_risks",
    )
    assert not readers_of_rule(tables, "combo_under18")
    assert "blood_thinners" in readers_of_source(tables, "R34").rules


def test_exchanging_one_thing_leaves_the_given_tables_alone(tables: Tables) -> None:
    before = deepcopy(tables)
    changed = with_question(tables, "dob", {**question_in(tables, "dob"), "text": "Born when?"})
    changed = with_rule(changed, "smoking", {**rule_in(changed, "smoking"), "title": "Smoke"})
    changed = with_entry(changed, "sources", "source", "R02", None)
    assert tables == before
    pack = pack_from(changed)
    assert pack.question_by_id["dob"].text == "Born when?"
    assert pack.rule_by_code["smoking"].title == "Smoke"
    assert "R02" not in pack.sources


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("a\0b", "cannot be seen (U+0000)"),
        ("a\x1b[2Jb", "U+001B"),
        ("a\ud800", "half a character"),
        ("a\u202egnp.exe", "U+202E"),
        ("one\ntwo", "one line"),
        ("x" * 11, "1 character too long: at most 10"),
    ],
)
def test_text_that_nobody_can_see_is_refused_with_the_reason(raw: str, reason: str) -> None:
    with pytest.raises(BadText) as refused:
        tidy(raw, longest=10)
    assert reason in str(refused.value)


def test_text_is_tidied() -> None:
    assert tidy("  a\r\nb\t ", longest=10, lines=True) == "a\nb"
    assert tidy("e\u0301", longest=1) == "é"
    assert tidy("عربي 中文 👍🏽", longest=20) == "عربي 中文 👍🏽"
