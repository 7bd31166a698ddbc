"""Answers read, all of them: a value, unknown, or not shown, for every question."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .answers import Known, Problem, QuestionType, read_answer, readable
from .case import Case
from .compile import compile_condition
from .conditions import Condition
from .levels import UNKNOWN
from .program import AskStep, compile_pack
from .reader import options_meant, says_something
from .rules import Pack


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """What the texts say: ``said`` are the questions whose text says something, ``unread`` those
    that somebody has to read, ``ticks`` the options that the others count as."""

    said: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()


NO_TEXTS = Texts()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Answers read: a value, UNKNOWN, or ``None`` (not shown) for every question.

    ``as_rules_see`` holds what rules read besides: what can be read of a list that is no valid
    answer. ``as_combined`` holds what combinations read instead: a follow-up is unknown to them
    while it is not sure whether it should have been asked.
    """

    values: dict[str, Known]
    problems: dict[str, Problem]
    shown: frozenset[str]
    texts: Texts = NO_TEXTS
    as_rules_see: dict[str, Known] = field(default_factory=dict)
    as_combined: dict[str, Known] = field(default_factory=dict)

    @property
    def for_rules(self) -> Mapping[str, Known]:
        """The answers that rules read."""
        return ChainMap(self.as_rules_see, self.values) if self.as_rules_see else self.values

    @property
    def for_combinations(self) -> Mapping[str, Known]:
        """The answers that combinations read."""
        return ChainMap(self.as_combined, self.values) if self.as_combined else self.values


def read_sheet(pack: Pack, answers: Mapping[str, object], *, given_on: date | None) -> Sheet:
    """Read every answer that counts. ``given_on=None`` leaves dates in the future alone."""
    reading = _Reading(given_on)
    for step in compile_pack(pack).asks:
        reading.ask(step, answers.get(step.question.id), pack)
    sheet = reading.sheet()
    texts = read_texts(pack, sheet.values)
    return _with_texts(pack, sheet, texts) if texts.said else sheet


def read_texts(pack: Pack, values: Mapping[str, Known]) -> Texts:
    """What the texts among the answers say."""
    said = {
        name: text
        for name in compile_pack(pack).texts
        if isinstance(text := values[name], str) and says_something(text, pack)
    }
    if not said:
        return NO_TEXTS

    def holds(condition: Condition) -> bool:
        day = date.min
        case = Case(answers=values, plan={}, assessment_date=day, planned_date=day)
        return compile_condition(condition)(case) is True

    meant = {name: options_meant(text, pack, holds) for name, text in said.items()}
    return Texts(
        said=frozenset(said),
        unread=frozenset(name for name, options in meant.items() if options is None),
        ticks=frozenset().union(*(options for options in meant.values() if options)),
    )


def everyday_question(pack: Pack) -> str | None:
    """The question whose options everyday texts count as; ``None`` where there is none."""
    everyday = pack.lexicon.everyday if pack.lexicon else None
    return None if everyday is None else everyday.question


def _with_texts(pack: Pack, sheet: Sheet, texts: Texts) -> Sheet:
    name = everyday_question(pack)
    values, as_rules_see = sheet.values, sheet.as_rules_see
    if name is not None and texts.ticks:
        ticked = values[name]
        if isinstance(ticked, frozenset):
            values = {**values, name: ticked | texts.ticks}
        else:
            seen = as_rules_see.get(name)
            seen = seen if isinstance(seen, frozenset) else frozenset[str]()
            as_rules_see = {**as_rules_see, name: seen | texts.ticks}
    return Sheet(
        values=values,
        problems=sheet.problems,
        shown=sheet.shown,
        texts=texts,
        as_rules_see=as_rules_see,
        as_combined=sheet.as_combined,
    )


class _Reading:
    """One walk over the questions, parents before follow-ups."""

    def __init__(self, given_on: date | None) -> None:
        self.given_on = given_on
        self.values: dict[str, Known] = {}
        self.problems: dict[str, Problem] = {}
        self.shown: set[str] = set()
        self.as_rules_see: dict[str, Known] = {}
        self.as_combined: dict[str, Known] = {}
        self.said: set[str] = set()
        # Whether a question is shown depends on other answers only.
        day = date.min
        self.as_rules = Case(
            answers=ChainMap(self.as_rules_see, self.values),
            plan={},
            assessment_date=day,
            planned_date=day,
            said=self.said,
        )
        self.combined = Case(
            answers=ChainMap(self.as_combined, self.values),
            plan={},
            assessment_date=day,
            planned_date=day,
            said=self.said,
        )

    def ask(self, step: AskStep, raw: object, pack: Pack) -> None:
        """Read one answer."""
        name = step.question.id
        visible = True if step.shown is None else step.shown(self.as_rules)
        if visible is None:
            self.values[name] = UNKNOWN
        elif not visible:
            self.values[name] = None
            if step.may_be_shown is not None and step.may_be_shown(self.combined) is None:
                self.as_combined[name] = UNKNOWN
        else:
            self.shown.add(name)
            self.values[name] = self._value(step, raw, pack)

    def sheet(self) -> Sheet:
        """What was read."""
        return Sheet(
            values=self.values,
            problems=self.problems,
            shown=frozenset(self.shown),
            as_rules_see=self.as_rules_see,
            as_combined=self.as_combined,
        )

    def _value(self, step: AskStep, raw: object, pack: Pack) -> Known:
        name = step.question.id
        if raw.__class__ is str and raw in step.plain:
            return raw
        value = read_answer(step.question, raw, given_on=self.given_on)
        if isinstance(value, Problem):
            return self._spoilt(step, raw, value)
        if step.question.type is QuestionType.TEXT and says_something(str(value), pack):
            self.said.add(name)
        elif step.needs_text is not None and step.needs_text(self.as_rules) is True:
            self.problems[name] = Problem.MISSING
            return UNKNOWN
        return value

    def _spoilt(self, step: AskStep, raw: object, problem: Problem) -> Known:
        """What is left of an answer that does not count."""
        name = step.question.id
        self.problems[name] = problem
        read = readable(step.question, raw, given_on=self.given_on)
        if read is None:
            return UNKNOWN
        value, only_dates = read
        if only_dates:
            return value
        self.as_rules_see[name] = value
        return UNKNOWN
