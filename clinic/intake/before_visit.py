"""What a client does before the visit: the lines that are meant for them, dated. Pure."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from clinic.intake.lines import Audience
from screening.engine import Pack
from screening.engine.answers import Known
from screening.engine.case import Case
from screening.engine.conditions import parse_condition
from screening.engine.levels import UNKNOWN
from screening.engine.sheet import read_sheet

FILE = Path(__file__).resolve().parent / "content" / "before_visit-1.1.0.toml"


class Place(StrEnum):
    """Where a line can stand."""

    RESULT = "result_page"
    BOOKING = "booking_confirmation"
    APPOINTMENT = "appointment_page"
    PRINT = "print"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One reviewed line. `days_before` is None for any time before; `when` says it in words."""

    id: str
    when: str
    days_before: int | None
    text: str
    show_at: frozenset[Place]
    audience: Audience
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One line for one client. `day` is `when` counted back, where a visit has a day."""

    when: str
    text: str
    day: date | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of the client and the plan. A question that was not asked is unknown."""

    answers: Mapping[str, Known]
    areas: frozenset[str]
    flags: frozenset[str]
    answered_on: date


@cache
def lines() -> tuple[Line, ...]:
    """The lines in force, in the order of the text."""
    return tuple(_line(raw) for raw in tomllib.loads(FILE.read_text(encoding="utf-8"))["line"])


def told(
    pack: Pack,
    answers: Mapping[str, Any],
    *,
    areas: Collection[str],
    flags: Collection[str],
    answered_on: date,
) -> Told:
    """Stored answers as the lines read them."""
    return Told(
        answers=read_sheet(pack, answers, given_on=answered_on).values,
        areas=frozenset(areas),
        flags=frozenset(flags),
        answered_on=answered_on,
    )


def before_visit(known: Told, *places: Place, visit: date | None = None) -> list[Todo]:
    """The lines of these places for this client, in the order in which they begin to hold.

    A line that names a condition is shown only where that is certain: nobody is told of
    themselves what they were not sure of.
    """
    case = _case(known)
    chosen = [
        line
        for line in lines()
        if line.show_at & set(places) and line.audience.includes(case, known.flags)
    ]
    dated = [line for line in chosen if line.days_before is not None]
    dated.sort(key=lambda line: -(line.days_before or 0))
    always = [line for line in chosen if line.days_before is None]
    return [_todo(line, visit) for line in (*always, *dated)]


def _case(known: Told) -> Case:
    return Case(
        answers=defaultdict(lambda: UNKNOWN, known.answers),
        plan={"areas": known.areas},
        assessment_date=known.answered_on,
        planned_date=known.answered_on,
    )


def _todo(line: Line, visit: date | None) -> Todo:
    day = None
    if visit is not None and line.days_before is not None:
        day = visit - timedelta(days=line.days_before)
    return Todo(when=line.when, text=line.text, day=day)


def _line(raw: Mapping[str, Any]) -> Line:
    return Line(
        id=raw["id"],
        when=raw["when"],
        days_before=raw.get("days_before"),
        text=raw["text"],
        show_at=frozenset(map(Place, raw["show_at"])),
        audience=Audience(
            show_if=parse_condition(raw["show_when"]) if "show_when" in raw else None,
            flags_any=frozenset(raw.get("flags_any", ())),
        ),
        sources=tuple(raw["sources"]),
    )
