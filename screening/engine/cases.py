"""A pack's own test cases: answers, a plan, and what the rules must say of them.

``cases.toml`` has a ``baseline`` (context and answers) that every case shares, and a ``case``
each: ``context`` and ``answers`` over the baseline's, ``without`` for answers to leave out, and
what is ``expected``. A case may name a question or a rule that is not (or no longer) in the pack:
it then fails, and can be edited, but never keeps the pack from being opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from .context import Context, LastSession
from .dates import parse_iso
from .levels import Level
from .tables import PackError, Table

T = TypeVar("T")

GREATEST_DEPTH_MM = 50.0


@dataclass(frozen=True, kw_only=True)
class ExpectedHit:
    """A finding that must be there."""

    code: str
    outcome: str
    level: Level
    defer_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the rules must say: exactly these hits, these questions missing, at least these flags.

    ``earliest`` is compared where ``says_earliest``; ``None`` then means that no date clears it.
    """

    level: Level
    complete: bool
    hits: tuple[ExpectedHit, ...]
    missing: tuple[str, ...] = ()
    defer_until: date | None = None
    earliest: date | None = None
    says_earliest: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PackCase:
    """One case: ``answers`` are plain JSON by question id, the baseline's included."""

    id: str
    title: str
    why: str
    context: Context
    answers: Mapping[str, object] = field(default_factory=dict)
    expected: Expected


def cases_from(raw: Mapping[str, object] | None) -> tuple[PackCase, ...]:
    """Read ``cases.toml``; none where there is no such file. PackError naming the case."""
    if raw is None:
        return ()
    table = Table(raw, "cases.toml")
    shared = table.table("baseline")
    context, answers = _mapping(shared, "context"), _mapping(shared, "answers")
    shared.finish()
    found = tuple(_case(one, context, answers) for one in table.tables("case", "id", needed=False))
    table.finish()
    if len({case.id for case in found}) != len(found):
        raise PackError("cases.toml: a case is there twice")
    return found


def _case(table: Table, context: Mapping[str, object], answers: Mapping[str, object]) -> PackCase:
    without = table.texts("without", needed=False)
    given = {**answers, **_mapping(table, "answers", needed=False)}
    plan = {**context, **_mapping(table, "context", needed=False)}
    built = PackCase(
        id=table.text("id"),
        title=table.text("title"),
        why=table.text("why", ""),
        context=_context(Table(plan, f"{table.where}: context")),
        answers={name: value for name, value in given.items() if name not in without},
        expected=_expected(table.table("expected")),
    )
    table.finish()
    return built


def _mapping(table: Table, key: str, *, needed: bool = True) -> Mapping[str, object]:
    if not needed and not table.has(key):
        return {}
    return table.table(key).raw


def _context(table: Table) -> Context:
    built = Context(
        assessment_date=table.parsed("assessment_date", _day),
        planned_date=_optional(table, "planned_date", _day),
        modality=table.text("modality"),
        depth_mm=table.parsed("depth_mm", _depth),
        areas=table.texts("areas"),
        anaesthetic_planned=_optional(table, "anaesthetic_planned", _yes_no),
        test_patch_ok=table.flag("test_patch_ok"),
        parental_consent=table.flag("parental_consent"),
        last_session=_last_session(table) if table.has("last_session") else None,
        depth_by_area=_depth_by_area(table) if table.has("depth_by_area") else None,
        jurisdiction=table.text("jurisdiction", "") or None,
    )
    table.finish()
    return built


def _depth_by_area(table: Table) -> dict[str, float]:
    inside = table.table("depth_by_area")
    return {area: inside.parsed(area, _depth) for area in inside.raw}


def _last_session(table: Table) -> LastSession:
    inside = table.table("last_session")
    built = LastSession(
        date=_optional(inside, "date", _day),
        modality=inside.text("modality", "") or None,
        depth_mm=_optional(inside, "depth_mm", _depth),
    )
    inside.finish()
    return built


def _expected(table: Table) -> Expected:
    built = Expected(
        level=table.choice("level", Level),
        complete=table.parsed("complete", _yes_no) if table.has("complete") else True,
        hits=tuple(_hit(hit) for hit in table.tables("hits", "code", needed=False)),
        missing=table.texts("missing", needed=False),
        defer_until=_optional(table, "defer_until", _day),
        earliest=table.parsed("earliest", _day_or_none) if table.has("earliest") else None,
        says_earliest=table.has("earliest"),
        flags=table.texts("flags", needed=False),
    )
    table.finish()
    return built


def _hit(table: Table) -> ExpectedHit:
    built = ExpectedHit(
        code=table.text("code"),
        outcome=table.text("outcome"),
        level=table.choice("level", Level),
        defer_until=_optional(table, "defer_until", _day),
    )
    table.finish()
    return built


def _optional(table: Table, key: str, parse: Callable[[object], T]) -> T | None:
    return table.parsed(key, parse) if table.has(key) else None


def _day(value: object) -> date:
    day = parse_iso(value)
    if day is None:
        raise ValueError("should be a date as YYYY-MM-DD")
    return day


def _day_or_none(value: object) -> date | None:
    return None if value == "none" else _day(value)


def _depth(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("should be a number of millimetres")
    if not 0 < value <= GREATEST_DEPTH_MM:
        raise ValueError(f"should be above 0 and at most {GREATEST_DEPTH_MM:g} mm")
    return float(value)


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("should be true or false")
    return value
