"""The text of the generated function that reads a complete form: see ``generate``.

It takes the commonest answers as they stand and lets the plain reader read any other. Beside each
value it puts the answer's part of the canonical JSON, for the hash of the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from .answers import Problem, Question, QuestionType, Value, read_answer
from .canonical import canonical_json
from .express import Scope, expression

_LETTERS = "{0}.__class__ is str and {0}.isascii() and {0}.isprintable() and {0}.strip(' .')"
_NONE = {QuestionType.MULTI_CHOICE: ("list", "[]"), QuestionType.MULTI_CHOICE_DATED: ("dict", "{}")}
_CHOICES = (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)


def reading(questions: list[Question], scope: Scope) -> Iterator[str]:
    """``read(answers, given)``: each answer into ``q…``, its text into ``parts``."""
    places = {name: n for n, name in enumerate(sorted(question.id for question in questions))}
    always = [question for question in questions if question.show_when is None]
    usual = [""] * len(questions)
    for question in always:
        usual[places[question.id]] = _usual(question)
    yield "def read(answers, given):"
    yield f"    parts = {scope.bind(usual)}.copy(); count = {len(always):d}"
    yield "    try:"
    yield from indented(_all_at_once(always, scope), 2)
    for question in questions:
        value, part = scope.answers[question.id], f"parts[{places[question.id]:d}]"
        if question.show_when is None:
            yield from indented(_ask(question, value, part, scope), 2)
        else:
            yield f"        {value} = None"
            yield f"        if {expression(question.show_when, scope)}:"
            yield "            count += 1"
            yield f"            {value} = answers[{scope.constant(question.id)}]"
            if text := _usual(question):
                yield f"            {part} = {scope.constant(text)}"
            yield from indented(_ask(question, value, part, scope), 3)
    yield "    except (KeyError, TypeError):"
    yield "        return None"
    yield f"    values = ({''.join(f'{scope.answers[q.id]}, ' for q in questions)})"
    yield "    text = ''.join(parts)"
    yield "    return values, f'{{{text[:-1]}}}' if len(answers) == count else None"


def exact_day(raw: object) -> date | None:
    """A day that is written in full; ``None`` for all that needs a closer look."""
    try:
        day = date.fromisoformat(raw)  # type: ignore[arg-type]  # what is no text is no day either
    except (TypeError, ValueError):
        return None
    return day if day.isoformat() == raw else None


Several = Callable[[Any, date], tuple[Value, str]]
"""From a raw answer and its day to the value and its canonical JSON with a comma. TypeError or
KeyError where the answer does not count."""


def list_reader(question: Question) -> Several:
    """The reader of a list of options."""
    texts = {option: canonical_json(option) for option in question.values}
    least = 0 if question.allow_empty else 1

    def read(raw: Any, _: date) -> tuple[Value, str]:
        ticked = frozenset(raw)
        if raw.__class__ is not list or not least <= len(ticked) == len(raw):
            raise TypeError
        if len(ticked) > 1 and not ticked.isdisjoint(question.exclusive):
            raise TypeError
        return ticked, f"[{','.join([texts[option] for option in raw])}],"

    return read


def dated_reader(question: Question) -> Several:
    """The reader of options with their dates."""
    keys = {option: f"{canonical_json(option)}:" for option in question.values}

    def read(raw: Any, given: date) -> tuple[Value, str]:
        if raw.__class__ is not dict:
            raise TypeError
        days = {option: exact_day(stored) for option, stored in raw.items()}
        if not days or any(day is None or day > given for day in days.values()):
            return plainly(raw, given)
        quoted = [f'{keys[option]}"{raw[option]}"' for option in sorted(days)]
        return days, f"{{{','.join(quoted)}}},"

    def plainly(raw: Any, given: date) -> tuple[Value, str]:
        value = read_answer(question, raw, given_on=given)
        if isinstance(value, Problem):
            raise TypeError
        return value, f"{canonical_json(raw)},"

    return read


def indented(lines: Iterator[str] | list[str], depth: int = 1) -> Iterator[str]:
    """Lines further to the right."""
    return ("    " * depth + line for line in lines)


def _all_at_once(always: list[Question], scope: Scope) -> Iterator[str]:
    if len(always) > 1:
        values = ", ".join(scope.answers[question.id] for question in always)
        get = itemgetter(*(question.id for question in always))
        yield f"{values} = {scope.bind(get)}(answers)"
    else:
        for question in always:
            yield f"{scope.answers[question.id]} = answers[{scope.constant(question.id)}]"


def _key(question: Question) -> str:
    return f"{canonical_json(question.id)}:"


def _usual(question: Question) -> str:
    """The text of the answer that most give; "" where there is none."""
    if question.type in _CHOICES:
        return f"{_key(question)}{canonical_json(_commonest(question))},"
    return f"{_key(question)}{_NONE[question.type][1]}," if question.allow_empty else ""


def _commonest(question: Question) -> str:
    return "no" if "no" in question.values else question.options[0].value


def _ask(question: Question, value: str, part: str, scope: Scope) -> Iterator[str]:
    """What to do with an answer that is not the usual one, whose text is there already."""
    key = _key(question)
    if question.type in _CHOICES:
        texts = {option: f"{key}{canonical_json(option)}," for option in question.values}
        usual = scope.constant(_commonest(question))
        yield f"if {value} != {usual}: {part} = {scope.bind(texts)}[{value}]"
    elif question.type is QuestionType.TEXT:
        yield f"if {_LETTERS.format(value)}: {part} = {scope.constant(key)} + quoted({value}) + ','"
        yield "else:"
        yield from indented(_plainly(question, value, part, scope))
        if question.needs_text_when is not None:
            needed = expression(question.needs_text_when, scope)
            yield f"if {needed} and not says({value}): return None"
    elif question.type is QuestionType.DATE:
        yield from _day(question, value, part, scope)
    else:
        yield from _several(question, value, part, scope)


def _several(question: Question, value: str, part: str, scope: Scope) -> Iterator[str]:
    listed = question.type is QuestionType.MULTI_CHOICE
    read = scope.bind(list_reader(question) if listed else dated_reader(question))
    asking = f"{value}, text = {read}({value}, given)"
    written = f"{part} = {scope.constant(_key(question))} + text"
    if not question.allow_empty:
        yield from (asking, written)
        return
    yield f"if {value} or {value}.__class__ is not {'list' if listed else 'dict'}:"
    yield from indented([asking, written])
    if listed:
        # As the plain reader has it: others read these values too.
        yield f"else: {value} = {scope.bind(frozenset())}"


def _day(question: Question, value: str, part: str, scope: Scope) -> Iterator[str]:
    doubts = ["day is None"]
    if not question.allow_future:
        doubts.append("day > given")
    if question.birth_date:
        doubts.append(f"given.year - day.year >= {question.oldest:d}")
    quote = canonical_json("")[0]
    yield f"day = exact_day({value})"
    yield f"if {' or '.join(doubts)}:"
    yield from indented(_plainly(question, value, part, scope))
    yield "else:"
    yield f"    {part} = {scope.constant(_key(question) + quote)} + {value} + '{quote},'"
    yield f"    {value} = day"


def _plainly(question: Question, value: str, part: str, scope: Scope) -> Iterator[str]:
    yield f"{part} = {scope.constant(_key(question))} + canonical_json({value}) + ','"
    yield f"{value} = read_answer({scope.bind(question)}, {value}, given_on=given)"
    yield f"if {value}.__class__ is Problem: return None"
