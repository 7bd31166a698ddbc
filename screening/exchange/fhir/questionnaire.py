"""The questions of a pack as a FHIR Questionnaire, R4B or R5.

sections                groups
yes_no, single_choice   a choice (R5: coding) with answer options
multi_choice            the same, repeating; "none of these" is an exclusive option of its own
multi_choice_dated      the same, and for each option a date beside it, enabled by that option
date, text              date, text
help                    a display item inside the question, with item control "help"
not in the future       a constraint (FHIRPath) on the date
show_when               see ``enabling``
exclusive               the options are exclusive ones
date of birth           LOINC 21112-8

What FHIR has no place for (kinds of device, areas, the wording for "not sure", when a text must
say something, that the truth of an answer moves with time, since when an option means what it
means) goes along in extensions of Cleared. Rules and sources do not: a questionnaire asks, it does
not judge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Literal

from screening.packs import Tables, pack_from

from ..errors import ExchangeError
from . import names
from .checking import check
from .enabling import as_json, enabling
from .names import Json, Release
from .reading import from_questionnaire
from .shape import (
    CHOICES,
    LISTS,
    Asked,
    all_questions,
    as_list,
    as_table,
    asked_in,
    options_in,
    plain,
)

Status = Literal["draft", "active", "retired"]
Raw = Mapping[str, object]


def to_questionnaire(
    tables: Tables, release: Release, *, status: Status = "draft", published: date | None = None
) -> Json:
    """The questions of a sound pack as a valid Questionnaire, as plain JSON.

    PackError if the pack is not sound; ExchangeError if something in it cannot be carried: what
    is returned reads back (``from_questionnaire``) as the same questions.
    """
    pack = pack_from(tables)
    questions = tables["questions"]
    asked = asked_in(questions)
    resource: Json = {
        "resourceType": "Questionnaire",
        "extension": _head(as_table(questions["pack"])),
        "url": names.PACK + pack.name,
        "version": pack.version,
        "name": names.machine_name(pack.name),
        "title": pack.title,
        "status": status,
        "subjectType": ["Patient"],
        "item": [_group(as_table(s), asked, release) for s in as_list(questions["section"])],
    }
    if published is not None:
        resource["date"] = published.isoformat()
    check(resource, release)
    if from_questionnaire(json.dumps(resource).encode()) != plain(questions):
        raise ExchangeError(f"Questionnaire: {pack.id} holds something that FHIR cannot carry")
    return resource


def not_carried(questions: Raw) -> dict[str, str]:
    """The questions whose condition FHIR cannot carry, each with the reason in one line.

    A pack that has some is as good as any other: it leaves as an archive, not as FHIR.
    """
    asked = asked_in(questions)
    found: dict[str, str] = {}
    for question in all_questions(questions):
        if "show_when" in question:
            try:
                _enabled(question, asked)
            except ExchangeError as error:
                found[str(question["id"])] = str(error)
    return found


def _enabled(question: Raw, asked: Mapping[str, Asked]) -> Json:
    try:
        return enabling(as_table(question["show_when"]), asked)
    except ExchangeError as error:
        raise ExchangeError(f"Questionnaire: {question['id']}: {error}") from error


def _head(head: Raw) -> list[Json]:
    listed = ((names.MODALITY, "modalities"), (names.AREA, "areas"))
    found = [{"url": url, "valueString": v} for url, key in listed for v in as_list(head[key])]
    return [*found, {"url": names.UNSURE_MESSAGE, "valueString": head["unsure_message"]}]


def _group(section: Raw, asked: Mapping[str, Asked], release: Release) -> Json:
    items: list[Json] = []
    for question in map(as_table, as_list(section["question"])):
        items.append(_item(question, asked, release))
        items.extend(_date_items(question, asked[str(question["id"])]))
    return {
        "linkId": names.section_link(str(section["id"])),
        "text": section["title"],
        "type": "group",
        "item": items,
    }


def _item(question: Raw, asked: Mapping[str, Asked], release: Release) -> Json:
    kind = question["type"]
    item: Json = {"linkId": question["id"]}
    extensions: list[object] = []
    if kind == "date" and not question.get("allow_future"):
        extensions.append(names.NOT_AFTER_TODAY)
    if question.get("birth_date"):
        item["code"] = [{"system": names.LOINC, "code": names.BIRTH_DATE, "display": "Birth date"}]
    item["text"] = question["text"]
    item["type"] = names.CHOICE[release] if kind in CHOICES else kind
    if "show_when" in question:
        shown = _enabled(question, asked)
        extensions.extend(as_list(shown.pop("extension", [])))
        item.update(shown)
    if "needs_text_when" in question:
        needed = as_json(as_table(question["needs_text_when"]))
        extensions.append({"url": names.NEEDS_TEXT_WHEN, "valueString": needed})
    if question.get("moves_with_time"):
        extensions.append({"url": names.MOVES_WITH_TIME, "valueBoolean": True})
    item["required"] = True
    if kind in LISTS:
        item["repeats"] = True
    if kind in CHOICES:
        item["answerOption"] = _options(question, asked[str(question["id"])])
    if release == "R5" and kind in CHOICES:
        item["answerConstraint"] = "optionsOnly"
    if question.get("help"):
        item["item"] = [_help(question)]
    return {"extension": extensions, **item} if extensions else item


def _options(question: Raw, asked: Asked) -> list[Json]:
    alone = as_list(question.get("exclusive", []))
    found = [
        _option(option, asked, alone=option["value"] in alone) for option in options_in(question)
    ]
    if question.get("none_label"):
        none = _coding(names.NONE_OF_THESE, names.NONE_CODE, question["none_label"])
        found.append({"extension": [_ALONE], "valueCoding": none})
    return found


_ALONE: Json = {"url": names.EXCLUSIVE, "valueBoolean": True}


def _option(option: Raw, asked: Asked, *, alone: bool) -> Json:
    extensions = [_ALONE] if alone else []
    if option.get("since"):
        extensions.append({"url": names.SINCE, "valueString": option["since"]})
    coding = {"valueCoding": _coding(asked.system, option["value"], option["label"])}
    return {"extension": extensions, **coding} if extensions else coding


def _coding(system: str, code: object, display: object) -> Json:
    return {"system": system, "code": code, "display": display}


def _help(question: Raw) -> Json:
    control = {"coding": [{"system": names.CONTROLS, "code": "help"}]}
    return {
        "extension": [{"url": names.ITEM_CONTROL, "valueCodeableConcept": control}],
        "linkId": names.help_link(str(question["id"])),
        "text": question["help"],
        "type": "display",
    }


def _date_items(question: Raw, asked: Asked) -> list[Json]:
    dated = [option for option in options_in(question) if option.get("date")]
    return [_date_item(question, option, asked) for option in dated]


def _date_item(question: Raw, option: Raw, asked: Asked) -> Json:
    coding = {"system": asked.system, "code": option["value"]}
    ticked: Json = {"question": asked.id, "operator": "=", "answerCoding": coding}
    item: Json = {} if question.get("allow_future") else {"extension": [names.NOT_AFTER_TODAY]}
    return {
        **item,
        "linkId": names.date_link(asked.id, str(option["value"])),
        "text": option["label"],
        "type": "date",
        "enableWhen": [ticked],
        "required": option["date"] == "required",
    }
