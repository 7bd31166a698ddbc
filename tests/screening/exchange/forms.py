"""A small form filler that knows nothing of Cleared, only what FHIR says of a Questionnaire.

Which items are enabled: ``enableWhen`` by the definitions of the standard's value sets
questionnaire-enable-operator and questionnaire-enable-behavior, ``enableWhenExpression`` by the
library fhirpathpy. An item that is not enabled has no answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fhirpathpy import evaluate as fhirpath
from fhirpathpy.models import models

EXPRESSION = "sdc-questionnaire-enableWhenExpression"
Answers = dict[str, list[dict[str, Any]]]
"""FHIR answers (``{"valueCoding": …}``) by link id."""


def questions_of(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        if item["type"] == "group":
            yield from questions_of(item["item"])
        else:
            yield item


def enabled(questionnaire: dict[str, Any], answers: Answers) -> set[str]:
    """The link ids of the items that these answers enable."""
    items = list(questions_of(questionnaire["item"]))
    shown: set[str] = set()
    for _ in range(len(items) + 1):
        given = {link: found for link, found in answers.items() if link in shown}
        now = {item["linkId"] for item in items if _enabled(item, given)}
        if now == shown:
            return shown
        shown = now
    raise AssertionError("enableWhen goes in a circle")


def _enabled(item: dict[str, Any], given: Answers) -> bool:
    for extension in item.get("extension", []):
        if extension["url"].endswith(EXPRESSION):
            assert "enableWhen" not in item
            found = _evaluate(extension["valueExpression"]["expression"], given)
            assert found in ([], [True], [False])
            return found == [True]
    rows = [_row(row, given) for row in item.get("enableWhen", [])]
    if len(rows) < 2:
        return all(rows)
    return {"all": all, "any": any}[item["enableBehavior"]](rows)


def _row(row: dict[str, Any], given: Answers) -> bool:
    found = given.get(row["question"], [])
    if row["operator"] == "exists":
        return bool(found) is row["answerBoolean"]
    wanted = row["answerCoding"]
    equal = any(
        (answer["valueCoding"]["system"], answer["valueCoding"]["code"])
        == (wanted["system"], wanted["code"])
        for answer in found
    )
    return equal if row["operator"] == "=" else not equal


def _evaluate(expression: str, given: Answers) -> list[Any]:
    response = {
        "resourceType": "QuestionnaireResponse",
        "item": [
            {
                "linkId": "any.group",
                "item": [{"linkId": link, "answer": found} for link, found in given.items()],
            }
        ],
    }
    made: list[Any] = fhirpath(response, expression, {"resource": response}, models["r4"])
    return made
