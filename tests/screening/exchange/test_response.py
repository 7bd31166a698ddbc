"""A submission as a FHIR QuestionnaireResponse, and its findings as DetectedIssues."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Level, answers_hash, assess, visible_questions
from screening.exchange import ExchangeError
from screening.exchange.fhir import (
    RELEASES,
    Release,
    from_response,
    response_address,
    to_bundle,
    to_detected_issues,
    to_questionnaire,
    to_response,
)
from screening.exchange.fhir.issues import SEVERITY
from screening.packs import tables_of
from tests.screening.cases import BASELINE_ANSWERS, answers_with, pack, raw_context
from tests.screening.exchange.forms import Answers, enabled
from tests.screening.random_cases import random_answers, random_context

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def response(answers: dict[str, Any], release: Release = "R5") -> dict[str, Any]:
    return to_response(pack(), answers, release=release, authored=AT)


def leaves(resource: dict[str, Any]) -> dict[str, Any]:
    return {i["linkId"]: i["answer"] for group in resource["item"] for i in group["item"]}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from(RELEASES))
def test_the_answers_that_count_come_back_as_they_were(
    rng: random.Random, release: Release
) -> None:
    answers = random_answers(rng, random_context(rng), wild=0)
    for name in rng.sample(sorted(answers), rng.choice([0, 0, 1, 9])):
        del answers[name]
    counted = {q.id: answers[q.id] for q in visible_questions(pack(), answers) if q.id in answers}
    resource = to_response(pack(), answers, release=release, authored=AT)
    found = from_response(pack(), json.dumps(resource).encode(), release=release)
    assert found == counted
    assert answers_hash(found) == answers_hash(counted)
    complete = len(visible_questions(pack(), answers)) == len(counted)
    assert resource["status"] == ("completed" if complete else "in-progress")


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_every_answer_is_to_an_item_that_the_questionnaire_enables(rng: random.Random) -> None:
    answers = random_answers(rng, random_context(rng), wild=0)
    given_answers: Answers = leaves(response(answers))
    questionnaire = to_questionnaire(tables_of(pack().id), "R5")
    assert set(given_answers) <= enabled(questionnaire, given_answers)


def test_it_names_the_questionnaire_the_day_and_who_it_is_about() -> None:
    about = {"identifier": {"system": "urn:cleared:client", "value": "7"}}
    made = to_response(pack(), BASELINE_ANSWERS, release="R4B", authored=AT, subject=about)
    assert made["questionnaire"] == f"urn:cleared:pack:microneedling|{pack().version}"
    assert (made["authored"], made["subject"]) == ("2026-06-01T09:30:00+00:00", about)
    assert made["status"] == "completed"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("2026-01-31", {"valueDate": "2026-01-31"}),
        ("2026-01", {"valueDate": "2026-01"}),
        ("2025", {"valueDate": "2025"}),
        (
            "2026-01-01/2026-03-31",
            {
                "extension": [
                    {
                        "url": "urn:cleared:fhir:some-time-between",
                        "valuePeriod": {"start": "2026-01-01", "end": "2026-03-31"},
                    }
                ],
                "valueDate": "2026-03-31",
            },
        ),
    ],
)
@pytest.mark.parametrize("release", RELEASES)
def test_a_date_stays_as_exact_as_it_was_said(
    said: str, answer: dict[str, Any], release: Release
) -> None:
    answers = answers_with({"isotretinoin": "stopped", "isotretinoin_stop": said})
    resource = response(answers, release)
    assert leaves(resource)["isotretinoin_stop"] == [answer]
    found = from_response(pack(), json.dumps(resource).encode(), release=release)
    assert found["isotretinoin_stop"] == said


def test_nothing_ticked_is_said_as_none_of_these() -> None:
    answers = leaves(response(answers_with({"sun_exposure": {}})))
    assert [a["valueCoding"]["code"] for a in answers["sun_exposure"]] == ["none-of-these"]


def test_an_answer_to_a_question_that_is_not_shown_is_left_out() -> None:
    answers = answers_with({"isotretinoin": "never", "isotretinoin_stop": "2026-01-31"})
    assert "isotretinoin_stop" not in leaves(response(answers))


def test_a_control_character_that_fhir_cannot_hold_is_seen_to_be_gone() -> None:
    answers = leaves(response(answers_with({"other_health": "a\x01b\nc"})))
    assert answers["other_health"] == [{"valueString": "a\ufffdb\nc"}]


def test_an_answer_that_cannot_be_read_is_named_and_not_told() -> None:
    with pytest.raises(ExchangeError, match="answer to 'pregnant': not_an_option") as caught:
        response(answers_with({"pregnant": "secret"}))
    assert "secret" not in str(caught.value)


def change(resource: dict[str, Any], link: str, answer: Any) -> None:
    for group in resource["item"]:
        for item in group["item"]:
            if item["linkId"] == link:
                item["answer"] = answer


def coded(code: str, system: str = "urn:cleared:yes-no-not-sure") -> list[dict[str, Any]]:
    return [{"valueCoding": {"system": system, "code": code}}]


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda r: r.update(questionnaire="urn:x|1"), "questionnaire: is not urn:cleared:pack"),
        (lambda r: r.update(secret=1), "secret: is not as FHIR wants it"),
        (lambda r: change(r, "pregnant", coded("secret")), "item 'pregnant': is answered by what"),
        (lambda r: change(r, "pregnant", coded("no", "urn:secret")), "'pregnant': is answered by"),
        (lambda r: change(r, "pregnant", coded("no") * 2), "item 'pregnant': should have one"),
        (lambda r: change(r, "pregnant", [{"valueString": "secret"}]), "answered by valueCoding"),
        (lambda r: change(r, "dob", [{"valueDate": "1990"}]), "item 'dob': not_a_date"),
        (lambda r: change(r, "dob", [{"valueString": "1990-01-01"}]), "answered by a date"),
        (lambda r: r["item"].append({"linkId": "secret", "answer": coded("no")}), "is not part of"),
        (lambda r: r["item"].append(r["item"][0]), "is there twice"),
        (lambda r: r["item"].append({"linkId": "isotretinoin_stop",
                                     "answer": [{"valueDate": "2026-01-01"}]}), "was not asked"),
    ],
)  # fmt: skip
def test_a_response_that_does_not_fit_is_refused_and_its_answers_not_told(
    spoil: Any, line: str
) -> None:
    resource = json.loads(json.dumps(response(BASELINE_ANSWERS)))
    spoil(resource)
    with pytest.raises(ExchangeError) as caught:
        from_response(pack(), json.dumps(resource).encode(), release="R5")
    assert str(caught.value).startswith("QuestionnaireResponse: ")
    assert line in str(caught.value)
    assert not str(caught.value).count("secret") or "secret" in line or "is not part" in line


ILL = {"pregnant": "yes", "smoking": "vape_only", "unwell": "yes", "rosacea": "calm"}


def issues(release: Release = "R5", **named: Any) -> list[dict[str, Any]]:
    context = read_context(raw_context({"planned_date": "2026-06-05"}), pack())
    found = assess(pack(), context, answers_with(ILL))
    return to_detected_issues(pack(), found.hits, release=release, identified=AT, **named)


@pytest.mark.parametrize("release", RELEASES)
def test_a_finding_says_how_grave_it_is_why_and_by_which_rule(release: Release) -> None:
    by_code = {issue["code"]["coding"][0]["code"]: issue for issue in issues(release)}
    grades = {code: issue["severity"] for code, issue in by_code.items()}
    assert grades["pregnancy"] == "high"
    assert grades["smoking"] == "low"
    assert grades["rosacea"] == "moderate"
    stop = by_code["pregnancy"]
    rule, level = stop["code"]["coding"]
    assert (rule["system"], rule["version"]) == ("urn:cleared:rule:microneedling", pack().version)
    assert level["code"] == "CONTRAINDICATED"
    assert stop["detail"]
    assert stop["reference"].startswith("http")
    assert stop["evidence"][0]["code"][0]["coding"][0]["code"] == "pregnant"
    assert not {"implicated", "mitigation"} & set(stop)


def test_a_wait_says_until_when() -> None:
    wait = next(i for i in issues() if i["code"]["coding"][1]["code"] == "DEFER")
    assert wait["severity"] == "high"
    (extension,) = wait["extension"]
    assert extension["url"] == "urn:cleared:fhir:not-before"
    assert date.fromisoformat(extension["valueDate"]) > AT.date()


@pytest.mark.parametrize(("release", "field"), [("R4B", "patient"), ("R5", "subject")])
def test_whom_it_is_about_has_the_name_of_the_release(release: Release, field: str) -> None:
    about = {"identifier": {"system": "urn:cleared:client", "value": "7"}}
    assert all(issue[field] == about for issue in issues(release, subject=about))


@pytest.mark.parametrize("release", RELEASES)
def test_a_bundle_holds_the_answers_and_what_was_found_in_them(release: Release) -> None:
    found = issues(release, response=response_address("site/7"), status="final")
    made = response(answers_with(ILL), release)
    bundle = to_bundle(made, found, release=release, number="site/7", at=AT)
    first, *others = bundle["entry"]
    assert first["resource"]["resourceType"] == "QuestionnaireResponse"
    assert {e["resource"]["status"] for e in others} == {"final"}
    for entry in others:
        details = [d for e in entry["resource"]["evidence"] for d in e.get("detail", [])]
        assert details
        assert {d["reference"] for d in details} == {first["fullUrl"]}
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(bundle["entry"])
    assert bundle == to_bundle(made, found, release=release, number="site/7", at=AT)


def test_every_level_above_clear_has_a_grade() -> None:
    assert set(SEVERITY) == set(Level) - {Level.CLEAR}
