"""Questions, and what counts as an answer to them.

An answer as stored is plain JSON, by type of question:

``yes_no``              ``"yes"``, ``"no"`` or ``"not_sure"``
``single_choice``       the value of one option
``multi_choice``        a list of option values; ``[]`` is "none of these"
``multi_choice_dated``  an object from option value to a date (or ``null`` where the option's
                        date is optional); ``{}`` is "none of these"
``date``                a date
``text``                a text that is not blank

A date is ``"YYYY-MM-DD"`` or, except a date of birth, known in part (``partial.py``). It is then
taken as the latest day it can have been, which is the unsafe end (``check_dates.py``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from .conditions import Condition
from .dates import age_on, parse_iso
from .levels import Unknown
from .partial import read_period

NO_TEXT = frozenset({"none", "no", "nothing", "n/a"})
GREATEST_AGE = 120
"""A date of birth that makes someone older than this is a slip of the pen, not an answer."""


class QuestionType(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    MULTI_CHOICE = "multi_choice"
    MULTI_CHOICE_DATED = "multi_choice_dated"
    DATE = "date"
    TEXT = "text"


class Problem(StrEnum):
    """Why an answer does not count."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_AN_OPTION = "not_an_option"
    NOT_A_DATE = "not_a_date"
    DATE_NEEDED = "date_needed"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    EXCLUSIVE = "exclusive"


Value = str | date | frozenset[str] | Mapping[str, date | None] | None
"""An answer that was read; ``None`` where the question is not shown."""

Known = Value | Unknown
"""A value, or UNKNOWN where a shown question has no valid answer."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One possible answer. ``date`` is ``required``, ``optional`` or (no date) ``None``.

    ``since`` is the version of the pack from which on it means what it means now: whoever gave
    this answer under an earlier one is asked again (``carrying.py``).
    """

    value: str
    label: str
    date: str | None = None
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question as a client sees it.

    ``none_label`` is the wording of the explicit "none of these" that a page must offer for a
    list where nothing may fit; the stored answer is then ``[]`` or ``{}``. ``show_when`` is
    ``None`` for a question that is always shown. Every question shown needs an answer.
    An option of ``exclusive`` goes with no other. While ``needs_text_when`` is true, a text that
    says nothing is no answer. ``oldest``: a date of birth of somebody older is none.
    ``moves_with_time``: what was answered earlier says nothing of today (``moving.py``).
    """

    id: str
    section: str
    text: str
    type: QuestionType
    help: str = ""
    options: tuple[Option, ...] = ()
    allow_empty: bool = False
    allow_future: bool = False
    birth_date: bool = False
    moves_with_time: bool = False
    none_label: str = ""
    show_when: Condition | None = None
    exclusive: frozenset[str] = frozenset()
    needs_text_when: Condition | None = None
    oldest: int = GREATEST_AGE

    @cached_property
    def values(self) -> frozenset[str]:
        """The values of its options."""
        return frozenset(option.value for option in self.options)

    def option(self, value: str) -> Option:
        """The option of that value; KeyError if there is none."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(value)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group of questions shown together."""

    id: str
    title: str
    questions: tuple[Question, ...] = ()


def read_answer(question: Question, raw: object, *, given_on: date | None) -> Value | Problem:
    """Read a stored answer, or say why it does not count.

    ``given_on`` is the day the answers were given: no date may lie after it, except where the
    question asks about the future, and a month or year that is not over ends with it. Pass
    ``None`` where that day does not matter.
    """
    if raw is None:
        return Problem.MISSING
    match question.type:
        case QuestionType.YES_NO | QuestionType.SINGLE_CHOICE:
            return _read_choice(question, raw)
        case QuestionType.MULTI_CHOICE:
            return _read_list(question, raw)
        case QuestionType.MULTI_CHOICE_DATED:
            return _read_dated(question, raw, given_on)
        case QuestionType.DATE:
            return _read_date(question, raw, given_on)
        case QuestionType.TEXT:
            return _read_text(raw)


def readable(
    question: Question, raw: object, *, given_on: date | None
) -> tuple[Value, bool] | None:
    """What can be read of a list that is no valid answer, and whether only dates are amiss in it.

    A date that is none, or is not there, is ``None``. ``None`` for all where nothing can be read.
    """
    if question.type is QuestionType.MULTI_CHOICE and isinstance(raw, list | tuple):
        ticked = frozenset(item for item in raw if isinstance(item, str))
        return (ticked, False) if ticked else None
    if question.type is QuestionType.MULTI_CHOICE_DATED and isinstance(raw, Mapping) and raw:
        days = {str(value): _read_date(question, day, given_on) for value, day in raw.items()}
        value = {name: None if isinstance(day, Problem) else day for name, day in days.items()}
        return value, question.values.issuperset(raw)
    return None


def text_is_present(text: str) -> bool:
    """Whether a text says something: not "none", "no", "nothing" or "n/a" in any case,
    with spaces around it and dots at its end."""
    return text.strip().rstrip(".").strip().casefold() not in NO_TEXT


def _read_choice(question: Question, raw: object) -> Value | Problem:
    if not isinstance(raw, str):
        return Problem.UNREADABLE
    if not raw.strip():
        return Problem.MISSING
    return raw if raw in question.values else Problem.NOT_AN_OPTION


def _read_list(question: Question, raw: object) -> Value | Problem:
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        return Problem.UNREADABLE
    ticked = frozenset(raw)
    if len(ticked) != len(raw):
        return Problem.UNREADABLE
    if not ticked and not question.allow_empty:
        return Problem.MISSING
    if not ticked <= question.values:
        return Problem.NOT_AN_OPTION
    alone = len(ticked) == 1 or ticked.isdisjoint(question.exclusive)
    return ticked if alone else Problem.EXCLUSIVE


def _read_dated(question: Question, raw: object, given_on: date | None) -> Value | Problem:
    if not isinstance(raw, Mapping):
        return Problem.UNREADABLE
    if not raw and not question.allow_empty:
        return Problem.MISSING
    if not question.values.issuperset(raw):
        return Problem.NOT_AN_OPTION
    ticked: dict[str, date | None] = {}
    for value, stored in raw.items():
        if stored is None or stored == "":
            if question.option(value).date == "required":
                return Problem.DATE_NEEDED
            ticked[value] = None
            continue
        day = _read_date(question, stored, given_on)
        if isinstance(day, Problem):
            return day
        ticked[value] = day
    return ticked


def _read_date(question: Question, raw: object, given_on: date | None) -> date | Problem:
    if raw == "":
        return Problem.MISSING
    exact = parse_iso(raw)
    partly = None if exact or question.birth_date else read_period(raw)
    first, day = (partly.first, partly.last) if partly else (exact, exact)
    if first is None or day is None:
        return Problem.NOT_A_DATE
    if given_on is None:
        return day
    if not question.allow_future:
        if first > given_on:
            return Problem.IN_THE_FUTURE
        day = min(day, given_on)
    oldest = question.oldest if question.birth_date else GREATEST_AGE
    if (partly or question.birth_date) and age_on(given_on, born=day) > oldest:
        return Problem.TOO_LONG_AGO
    return day


def _read_text(raw: object) -> Value | Problem:
    if not isinstance(raw, str):
        return Problem.UNREADABLE
    categories = {unicodedata.category(character) for character in raw}
    if "Cs" in categories or "\0" in raw:
        return Problem.UNREADABLE
    if all(category[0] in "ZC" for category in categories) or not raw.strip().strip("."):
        return Problem.MISSING
    return raw
