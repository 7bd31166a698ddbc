"""One narrow typed row: what frozen answers and a plan say, as a database can compare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from screening.engine import Context, Pack, Question, QuestionType
from screening.engine.answers import Known, text_is_present
from screening.engine.context import plan_values
from screening.engine.dates import age_on
from screening.engine.evaluate import read_sheet
from screening.engine.levels import UNKNOWN

from .slots import BITS, CHOSEN, DATES, LAST_DAY, LAST_SESSION, SAID, WORD, Fact, Slots, words

GREATEST_DEPTH = 32767
NO_DEPTH = -1
"""No last session, and so no depth of it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is kept of one screening.

    ``whole``: everything asked was answered and all of the plan is known and has a place. Only
    then may rules be judged by the rest. Depths in hundredths of a millimetre, ages in years.
    ``bits`` are signed 64-bit numbers.
    """

    whole: bool
    assessed_on: date
    planned_on: date
    age_assessed: int
    age_planned: int
    depth: int
    last_depth: int
    bits: tuple[int, ...]
    dates: tuple[date | None, ...]

    def values(self) -> tuple[bool | int | date | None, ...]:
        """In the order of ``COLUMNS``."""
        return (
            self.whole,
            self.assessed_on,
            self.planned_on,
            self.age_assessed,
            self.age_planned,
            self.depth,
            self.last_depth,
            *self.bits,
            *self.dates,
        )


COLUMNS = (
    "whole",
    "assessed_on",
    "planned_on",
    "age_assessed",
    "age_planned",
    "depth",
    "last_depth",
    *(f"b{n}" for n in range(BITS // WORD)),
    *(f"d{n}" for n in range(DATES)),
)


def facts_of(pack: Pack, slots: Slots, context: Context, answers: Mapping[str, object]) -> Row:
    """The row of answers to a pack under a plan. ``slots`` has a place for all of the pack."""
    sheet = read_sheet(pack, answers, given_on=context.assessment_date)
    told = [*_of_plan(context), *_of_answers(pack, sheet.values)]
    known = [fact for fact in told if fact[0] in slots.places]
    born = sheet.values[pack.birth_question.id] if pack.birth_question else None
    depths = [_hundredths(context.depth_mm), _last_depth(context)]
    whole = (
        len(known) == len(told)
        and not sheet.problems
        and UNKNOWN not in sheet.values.values()
        and UNKNOWN not in plan_values(context).values()
        and isinstance(born, date)
        and None not in depths
    )
    ages = [
        age_on(day, born=born) if isinstance(born, date) else 0
        for day in (context.assessment_date, context.planned_on)
    ]
    masks = words(slots[fact] for fact, day in known if fact[0] != "date")
    dates = {slots[fact]: day for fact, day in known if fact[0] == "date"}
    return Row(
        whole=whole,
        assessed_on=context.assessment_date,
        planned_on=context.planned_on,
        age_assessed=ages[0],
        age_planned=ages[1],
        depth=depths[0] or 0,
        last_depth=NO_DEPTH if depths[1] is None else depths[1],
        bits=tuple(masks.get(number, 0) for number in range(BITS // WORD)),
        dates=tuple(dates.get(number) for number in range(DATES)),
    )


Told = tuple[Fact, date | None]


def _of_plan(context: Context) -> Iterator[Told]:
    plan = plan_values(context)
    if context.last_session is not None:
        yield LAST_SESSION, None
        if context.last_session.date is not None:
            yield LAST_DAY, context.last_session.date
    yield from ((("plan", name, ""), None) for name in SAID if plan[name] is True)
    for name in CHOSEN:
        if isinstance(value := plan[name], str):
            yield ("plan", name, value), None
    yield from ((("plan", "areas", area), None) for area in context.areas or ())


def _of_answers(pack: Pack, values: Mapping[str, Known]) -> Iterator[Told]:
    for question in pack.questions:
        value = values[question.id]
        if value is not None and value is not UNKNOWN:
            yield ("answered", question.id, ""), None
            yield from _of_answer(question, value)


def _of_answer(question: Question, value: Known) -> Iterator[Told]:
    name = question.id
    if isinstance(value, date):
        yield ("date", name, ""), value
    elif isinstance(value, Mapping):
        yield from ((("option", name, option), None) for option in value)
        yield from ((("date", name, option), day) for option, day in value.items() if day)
    elif isinstance(value, frozenset):
        yield from ((("option", name, option), None) for option in value)
    elif isinstance(value, str) and question.type is not QuestionType.TEXT:
        yield ("option", name, value), None
    elif isinstance(value, str) and text_is_present(value):
        yield ("text", name, ""), None


def _last_depth(context: Context) -> int | None:
    if context.last_session is None:
        return NO_DEPTH
    return _hundredths(context.last_session.depth_mm)


def _hundredths(millimetres: float | None) -> int | None:
    """Whole hundredths; ``None`` for what is not known or lies between them."""
    if millimetres is None or not 0 <= millimetres <= GREATEST_DEPTH / 100:
        return None
    counted = round(millimetres * 100)
    return counted if counted / 100 == millimetres else None
