"""One set of answers as a FHIR QuestionnaireResponse.

Only questions that were shown are in it, in the order of asking. A date known in part stays
``YYYY-MM`` or ``YYYY``, which FHIR allows. A span of days has no form of its own there: the
answer is its last day, which is what screening takes it as, with both ends in an extension.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from screening.engine import Pack, Problem, Question, QuestionType, read_answer, visible_questions

from ..errors import ExchangeError
from . import names
from .checking import check
from .names import Json, Release
from .shape import Asked

Answers = Mapping[str, object]
_LISTS = (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)


def to_response(
    pack: Pack,
    answers: Answers,
    *,
    release: Release,
    authored: datetime,
    subject: Json | None = None,
) -> Json:
    """The answers as a valid QuestionnaireResponse, as plain JSON.

    ``authored`` is when they were given, with its time zone; ``subject`` a FHIR Reference.
    ``status`` is ``completed``, or ``in-progress`` while a question shown has no answer.
    ExchangeError naming the question if an answer cannot be read.
    """
    shown = visible_questions(pack, answers)
    missing = [question.id for question in shown if _missing(question, answers.get(question.id))]
    given = [question for question in shown if question.id not in missing]
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical(pack),
        "status": "in-progress" if missing else "completed",
        "authored": authored.isoformat(timespec="seconds"),
    }
    if subject is not None:
        resource["subject"] = subject
    if given:
        resource["item"] = _groups(pack, given, answers)
    return check(resource, release)


def canonical(pack: Pack) -> str:
    """The address of a pack's questionnaire, with its version."""
    return f"{names.PACK}{pack.name}|{pack.version}"


def asked(question: Question) -> Asked:
    """The question as its FHIR item refers to it."""
    return Asked(id=question.id, kind=question.type.value, none_label=question.none_label)


def _missing(question: Question, raw: object) -> bool:
    value = read_answer(question, raw, given_on=None)
    if isinstance(value, Problem) and value is not Problem.MISSING:
        raise ExchangeError(f"QuestionnaireResponse: answer to {question.id!r}: {value}")
    return value is Problem.MISSING


def _groups(pack: Pack, given: list[Question], answers: Answers) -> list[Json]:
    groups: list[Json] = []
    for section in pack.sections.values():
        items = [
            item
            for question in given
            if question.section == section.id
            for item in _items(question, answers[question.id])
        ]
        if items:
            link = names.section_link(section.id)
            groups.append({"linkId": link, "text": section.title, "item": items})
    return groups


def _items(question: Question, raw: object) -> list[Json]:
    item: Json = {"linkId": question.id, "text": question.text}
    if question.type in _LISTS:
        return [{**item, "answer": _ticks(question, raw)}, *_dates(question, raw)]
    if question.type is QuestionType.DATE:
        return [{**item, "answer": [date_answer(str(raw))]}]
    if question.type is QuestionType.TEXT:
        return [{**item, "answer": [{"valueString": _printable(str(raw))}]}]
    return [{**item, "answer": [_tick(question, str(raw))]}]


def _ticks(question: Question, raw: object) -> list[Json]:
    if isinstance(raw, Mapping):
        ticked = [option.value for option in question.options if option.value in raw]
    else:
        ticked = [str(value) for value in raw] if isinstance(raw, list | tuple) else []
    if ticked:
        return [_tick(question, value) for value in ticked]
    none = {"system": names.NONE_OF_THESE, "code": names.NONE_CODE, "display": question.none_label}
    return [{"valueCoding": none}]


def _tick(question: Question, value: str) -> Json:
    label = question.option(value).label
    return {"valueCoding": {"system": asked(question).system, "code": value, "display": label}}


def _dates(question: Question, raw: object) -> list[Json]:
    if not isinstance(raw, Mapping):
        return []
    return [
        {
            "linkId": names.date_link(question.id, option.value),
            "text": option.label,
            "answer": [date_answer(str(raw[option.value]))],
        }
        for option in question.options
        if raw.get(option.value)
    ]


def date_answer(said: str) -> Json:
    """A date, known whole, in part or as a span, as an answer."""
    first, _, last = said.partition("/")
    if not last:
        return {"valueDate": said}
    period = {"start": first, "end": last}
    return {"extension": [{"url": names.BETWEEN, "valuePeriod": period}], "valueDate": last}


def _printable(text: str) -> str:
    """A text without the control characters that no FHIR text may hold."""
    return "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in text)
