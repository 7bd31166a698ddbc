"""A FHIR QuestionnaireResponse read back as answers. No error ever tells what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.engine import Pack, Question, QuestionType, read_answer, visible_questions
from screening.engine.answers import Problem

from ..errors import ExchangeError
from . import names
from .checking import problem_of
from .elements import Element, elements, read_resource
from .names import Release
from .response import asked, canonical, date_answer

_KIND = "QuestionnaireResponse"
_LISTS = (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)


def from_response(pack: Pack, data: bytes, *, release: Release) -> dict[str, object]:
    """The answers of a response to this very pack's questionnaire. ExchangeError naming the item
    and the reason; an answer to a question that was not asked is one."""
    resource = read_resource(data, _KIND)
    if problem := problem_of(resource, _KIND, release):
        # Its words may quote what was answered; the place alone does not.
        raise ExchangeError(f"{_KIND}: {problem.partition(':')[0]}: is not as FHIR wants it")
    if resource.get("questionnaire") != canonical(pack):
        raise ExchangeError(f"{_KIND}: questionnaire: is not {canonical(pack)}")
    found = _by_link(resource)
    answers: dict[str, object] = {}
    for question in pack.questions:
        if question.id in found:
            answers[question.id] = _answer(question, found)
    if found:
        raise ExchangeError(f"{_KIND}: item {next(iter(found))!r}: is not part of it")
    _check(pack, answers)
    return answers


def _by_link(resource: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for item in _leaves(resource):
        link = str(item.get("linkId"))
        if link in found:
            raise ExchangeError(f"{_KIND}: item {link!r}: is there twice")
        found[link] = elements(item, "answer", f"{_KIND}: item {link!r}")
    return found


def _leaves(parent: Element) -> Iterator[Element]:
    for item in elements(parent, "item", _KIND):
        if "answer" in item:
            yield item
        else:
            yield from _leaves(item)


def _answer(question: Question, found: dict[str, list[Element]]) -> object:
    given = found.pop(question.id)
    where = f"{_KIND}: item {question.id!r}"
    match question.type:
        case QuestionType.MULTI_CHOICE:
            return _codes(question, given, where)
        case QuestionType.MULTI_CHOICE_DATED:
            return {v: _option_date(question, v, found) for v in _codes(question, given, where)}
        case QuestionType.DATE:
            return _date(_one(given, where), where)
        case QuestionType.TEXT:
            return _value(_one(given, where), "valueString", where)
        case _:
            return _code(question, _one(given, where), where)


def _one(given: list[Element], where: str) -> Element:
    if len(given) != 1:
        raise ExchangeError(f"{where}: should have one answer")
    return given[0]


def _value(answer: Element, key: str, where: str) -> object:
    if set(answer) != {key}:
        raise ExchangeError(f"{where}: should be answered by {key}")
    return answer[key]


def _codes(question: Question, given: list[Element], where: str) -> list[str]:
    codes = [_coding(answer, where) for answer in given]
    if question.allow_empty and codes == [(names.NONE_OF_THESE, names.NONE_CODE)]:
        return []
    return [_own(question, coding, where) for coding in codes]


def _code(question: Question, answer: Element, where: str) -> str:
    return _own(question, _coding(answer, where), where)


def _coding(answer: Element, where: str) -> tuple[object, object]:
    coding = _value(answer, "valueCoding", where)
    if not isinstance(coding, Mapping):
        raise ExchangeError(f"{where}: should be answered by valueCoding")
    return coding.get("system"), coding.get("code")


def _own(question: Question, coding: tuple[object, object], where: str) -> str:
    system, code = coding
    if system != asked(question).system or code not in question.values:
        raise ExchangeError(f"{where}: is answered by what is no option of it")
    return str(code)


def _option_date(question: Question, value: str, found: dict[str, list[Element]]) -> object:
    link = names.date_link(question.id, value)
    where = f"{_KIND}: item {link!r}"
    return _date(_one(found.pop(link), where), where) if link in found else None


def _date(answer: Element, where: str) -> object:
    """A date as it was said; a span by its extension, if that and the answer agree."""
    said = answer.get("valueDate")
    for extension in elements(answer, "extension", where):
        period = extension.get("valuePeriod")
        if extension.get("url") == names.BETWEEN and isinstance(period, Mapping):
            said = f"{period.get('start')}/{period.get('end')}"
    if not isinstance(said, str) or date_answer(said) != answer:
        raise ExchangeError(f"{where}: should be answered by a date")
    return said


def _check(pack: Pack, answers: Mapping[str, object]) -> None:
    shown = {question.id: question for question in visible_questions(pack, answers)}
    for name, raw in answers.items():
        if name not in shown:
            raise ExchangeError(f"{_KIND}: item {name!r}: was not asked")
        problem = read_answer(shown[name], raw, given_on=None)
        if isinstance(problem, Problem):
            raise ExchangeError(f"{_KIND}: item {name!r}: {problem}")
