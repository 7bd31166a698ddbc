"""A pack's questions as a FHIR Questionnaire: valid, read back whole, shown to the same people."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from screening.engine import visible_questions
from screening.exchange import ExchangeError
from screening.exchange.fhir import (
    RELEASES,
    Release,
    from_questionnaire,
    not_carried,
    to_questionnaire,
)
from screening.exchange.fhir.shape import plain
from screening.packs import Tables, available, latest, pack_from, tables_of
from tests.screening.cases import bare_tables
from tests.screening.exchange.forms import Answers, enabled, questions_of
from tests.screening.exchange.packs import packs, too_long_for_fhir, values_of

slow = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read_back(resource: dict[str, Any]) -> dict[str, object]:
    return from_questionnaire(json.dumps(resource).encode())


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("pack_id", available())
def test_a_pack_of_this_release_reads_back_as_it_was(pack_id: str, release: Release) -> None:
    tables = tables_of(pack_id)
    questions = read_back(to_questionnaire(tables, release))
    assert questions == tables["questions"]
    assert pack_from({**tables, "questions": questions}).sha256 == pack_from(tables).sha256


@slow
@given(packs(), st.sampled_from(RELEASES))
def test_any_pack_reads_back_as_it_was(tables: Tables, release: Release) -> None:
    assume(not not_carried(tables["questions"]))
    assert read_back(to_questionnaire(tables, release)) == plain(tables["questions"])


@st.composite
def filled_packs(draw: st.DrawFn) -> tuple[Tables, dict[str, Any]]:
    """A pack and answers of somebody, some of them missing."""
    tables = draw(packs())
    answers: dict[str, Any] = {}
    sections: Any = tables["questions"]["section"]
    for question in (q for section in sections for q in section["question"]):
        if draw(st.integers(0, 5)):
            answers[question["id"]] = draw(an_answer(question))
    return tables, answers


@st.composite
def an_answer(draw: st.DrawFn, question: dict[str, Any]) -> Any:
    values = values_of(question)
    match question["type"]:
        case "date":
            return "2020-02-29"
        case "text":
            return draw(
                st.sampled_from(["none", " No. ", "N/A", "nothing..", "aspirin", "no pain"])
            )
        case "yes_no" | "single_choice":
            return draw(st.sampled_from(values))
    least = 0 if "none_label" in question else 1
    ticked = draw(st.lists(st.sampled_from(values), min_size=least, unique=True))
    return dict.fromkeys(ticked, "2020-02-29") if "dated" in question["type"] else ticked


def as_fhir(questionnaire: dict[str, Any], answers: dict[str, Any]) -> Answers:
    """Answers as a form filler would hold them: the coding of the option that was ticked."""
    items = {item["linkId"]: item for item in questions_of(questionnaire["item"])}
    return {
        name: [_fhir_answer(items[name], value) for value in _each(answer)]
        for name, answer in answers.items()
    }


def _each(answer: Any) -> list[Any]:
    return [answer] if isinstance(answer, str) else list(answer) or [None]


def _fhir_answer(item: dict[str, Any], value: str | None) -> dict[str, Any]:
    if "answerOption" not in item:
        return {"valueDate" if item["type"] == "date" else "valueString": value}
    codings = [option["valueCoding"] for option in item["answerOption"]]
    if value is None:
        return {"valueCoding": codings[-1]}
    return {"valueCoding": next(c for c in codings if c["code"] == value)}


@slow
@given(filled_packs(), st.sampled_from(RELEASES))
def test_fhir_asks_the_same_people_the_same_questions(
    filled: tuple[Tables, dict[str, Any]], release: Release
) -> None:
    tables, answers = filled
    pack = pack_from(tables)
    if too_long := not_carried(tables["questions"]):
        with pytest.raises(ExchangeError, match=next(iter(too_long))):
            to_questionnaire(tables, release)
        return
    resource = to_questionnaire(tables, release)
    shown = enabled(resource, as_fhir(resource, answers)) & set(pack.question_by_id)
    assert shown == {question.id for question in visible_questions(pack, answers)}


def test_what_the_questionnaire_says_of_itself() -> None:
    found = to_questionnaire(bare_tables(), "R5", status="active", published=date(2026, 11, 20))
    assert (found["url"], found["version"]) == (
        "urn:cleared:pack:microneedling",
        latest().version,
    )
    assert (found["name"], found["status"]) == ("Microneedling", "active")
    assert found["date"] == "2026-11-20"
    assert "publisher" not in found


def item(resource: dict[str, Any], link: str) -> dict[str, Any]:
    return next(i for i in questions_of(resource["item"]) if i["linkId"] == link)


@pytest.mark.parametrize(("release", "kind"), [("R4B", "choice"), ("R5", "coding")])
def test_a_choice_is_what_the_release_calls_it(release: Release, kind: str) -> None:
    found = item(to_questionnaire(bare_tables(), release), "pregnant")
    assert (found["type"], found["required"], "repeats" in found) == (kind, True, False)
    assert [o["valueCoding"]["code"] for o in found["answerOption"]] == ["yes", "no", "not_sure"]


def test_none_of_these_is_an_option_that_rules_out_the_others() -> None:
    found = item(to_questionnaire(bare_tables(), "R5"), "sun_exposure")
    *others, none = found["answerOption"]
    assert not any("extension" in option for option in others)
    assert none["extension"][0]["url"].endswith("/questionnaire-optionExclusive")
    assert found["repeats"] is True


def test_the_date_of_an_option_is_asked_where_it_is_ticked() -> None:
    found = item(to_questionnaire(bare_tables(), "R4B"), "sun_exposure.tan.date")
    assert found["type"] == "date"
    assert found["enableWhen"][0]["answerCoding"]["code"] == "tan"
    assert found["required"] is True


def test_what_takes_too_many_tests_in_fhirpath_is_refused_by_name() -> None:
    tables = too_long_for_fhir()
    with pytest.raises(ExchangeError, match=r"f119: .*takes more than 100 tests in FHIRPath"):
        to_questionnaire(tables, "R5")
    assert set(not_carried(tables["questions"])) == {"f119"}
    assert not not_carried(bare_tables()["questions"])
