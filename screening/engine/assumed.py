"""What an uncertain date was taken as, to be told to whoever reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .answers import Question, QuestionType
from .dates import parse_iso
from .partial import read_period
from .rules import Pack
from .sheet import read_sheet

_DATED = (QuestionType.DATE, QuestionType.MULTI_CHOICE_DATED)


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """One date that was known in part: the question, the option it belongs to (``None`` for a
    date question), the answer as it is stored, and the day that was reckoned with."""

    question: str
    option: str | None
    said: str
    day: date


def assumed(
    pack: Pack, answers: Mapping[str, object], given_on: date | None
) -> tuple[Assumed, ...]:
    """Every uncertain date among the answers that count, in the order of asking.

    ``given_on`` is the day the answers were given, as in ``read_answer``.
    """
    told = [
        (question, option, said)
        for question in pack.questions
        if question.type in _DATED
        for option, said in _told(question, answers.get(question.id))
    ]
    if not told:
        return ()
    values = read_sheet(pack, answers, given_on=given_on).values
    found: list[Assumed] = []
    for question, option, said in told:
        value = values[question.id]
        day = value.get(option) if isinstance(value, Mapping) and option is not None else value
        if isinstance(day, date):
            found.append(Assumed(question=question.id, option=option, said=said, day=day))
    return tuple(found)


def _told(question: Question, raw: object) -> Iterator[tuple[str | None, str]]:
    """What is said in part, by option."""
    if question.type is QuestionType.DATE:
        given: Mapping[str | None, object] = {None: raw}
    else:
        given = (
            {option.value: raw.get(option.value) for option in question.options}
            if isinstance(raw, Mapping)
            else {}
        )
    for option, said in given.items():
        if isinstance(said, str) and parse_iso(said) is None and read_period(said) is not None:
            yield option, said
