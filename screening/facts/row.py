"""One narrow typed row: what frozen answers and a plan say, as a database can compare it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from struct import Struct

from screening.engine import Context, Pack, Question
from screening.engine.answers import Known
from screening.engine.context import plan_values
from screening.engine.dates import age_on
from screening.engine.evaluate import read_sheet
from screening.engine.generate import generate
from screening.engine.levels import UNKNOWN
from screening.engine.program import compile_pack

from .filling import fillers
from .slots import BITS, CHOSEN, DATES, LAST_DAY, LAST_SESSION, SAID, WORD, Fact, Slots

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
    values, read = _read(pack, answers, context.assessment_date)
    told = _of_plan(context)
    bits = sum(1 << slots[fact] for fact in told if fact in slots.places)
    days: list[date | None] = [None] * DATES
    if context.last_session is not None and LAST_DAY in slots.places:
        days[slots[LAST_DAY]] = context.last_session.date
    for filler, value in zip(fillers(pack, slots), values, strict=True):
        if value is not None and value is not UNKNOWN:
            bits |= filler.bits(value)
            filler.fill(value, days)
    born = next((v for q, v in zip(_asked(pack), values, strict=True) if q.birth_date), None)
    depths = [_hundredths(context.depth_mm), _last_depth(context)]
    whole = (
        read
        and not slots.lacks(pack)
        and all(fact in slots.places for fact in told)
        and UNKNOWN not in plan_values(context).values()
        and isinstance(born, date)
        and None not in depths
    )
    ages = [
        age_on(day, born=born) if isinstance(born, date) else 0
        for day in (context.assessment_date, context.planned_on)
    ]
    return Row(
        whole=whole,
        assessed_on=context.assessment_date,
        planned_on=context.planned_on,
        age_assessed=ages[0],
        age_planned=ages[1],
        depth=depths[0] or 0,
        last_depth=NO_DEPTH if depths[1] is None else depths[1],
        bits=_WORDS.unpack(bits.to_bytes(BITS // 8, "little")),
        dates=tuple(days),
    )


_WORDS = Struct(f"<{BITS // WORD}q")


def _asked(pack: Pack) -> tuple[Question, ...]:
    """Every question in the order in which answers are read."""
    return tuple(step.question for step in compile_pack(pack).asks)


def _read(pack: Pack, answers: Mapping[str, object], given: date) -> tuple[Sequence[Known], bool]:
    """Every answer in that order, and whether none is missing."""
    found = generate(pack).read(answers, given) if answers.__class__ is dict else None
    if found is not None:
        return found[0], True
    sheet = read_sheet(pack, answers, given_on=given)
    values = [sheet.values[question.id] for question in _asked(pack)]
    return values, not sheet.problems and UNKNOWN not in values


def _of_plan(context: Context) -> list[Fact]:
    plan = plan_values(context)
    told = [LAST_SESSION] if context.last_session is not None else []
    told += (("plan", name, "") for name in SAID if plan[name] is True)
    told += (("plan", name, value) for name in CHOSEN if isinstance(value := plan[name], str))
    told += (("plan", "areas", area) for area in dict.fromkeys(context.areas or ()))
    return told


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
