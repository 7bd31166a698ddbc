"""A context read for judging: what is planned, field by field, and what of it cannot be used.

Nothing here raises. A field that cannot be used is named and unknown, whatever somebody put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from .context import Context, LastSession, PlanValue
from .levels import UNKNOWN, Unknown
from .rules import Pack

DEPTHS = "depths"
"""Where the values hold the depth of each planned area, for the depth limits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPlan:
    """``values`` by field name, with UNKNOWN for what is not known; ``invalid`` are the fields
    that cannot be used, in order. ``assessed`` is ``None`` where there is no day at all."""

    values: dict[str, PlanValue]
    invalid: tuple[str, ...]
    assessed: date | None
    planned: date | None


def read_plan(pack: Pack, context: Context) -> ReadPlan:
    """Read a context. Without the fields that depend on a day: ``age``, ``answers_age_days``."""
    invalid: set[str] = set()
    assessed, planned = _days(context, invalid)
    modality = context.modality if context.modality in pack.modalities else None
    if modality is None:
        invalid.add("modality")
    areas = _areas(pack, context.areas, invalid)
    deepest, depths = _depths(context, areas, invalid)
    values: dict[str, PlanValue] = {
        "modality": UNKNOWN if modality is None else modality,
        "depth_mm": deepest,
        "areas": areas,
        "anaesthetic_planned": context.anaesthetic_planned is not False,
        "test_patch_ok": context.test_patch_ok is True,
        "parental_consent": context.parental_consent is True,
        DEPTHS: depths,
        **_last_session(pack, context.last_session, planned, invalid),
    }
    return ReadPlan(
        values=values, invalid=tuple(sorted(invalid)), assessed=assessed, planned=planned
    )


def plan_values(pack: Pack, context: Context) -> dict[str, PlanValue]:
    """The values alone."""
    return read_plan(pack, context).values


def _days(context: Context, invalid: set[str]) -> tuple[date | None, date | None]:
    """The day of the answers and the planned day; each stands in for the other."""
    assessed, planned = _day(context.assessment_date), _day(context.planned_date)
    if assessed is None:
        invalid.add("assessment_date")
    if planned is None and context.planned_date is not None:
        invalid.add("planned_date")
    if assessed and planned and planned < assessed:
        invalid.add("planned_date")
    return assessed or planned, planned or assessed


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _areas(pack: Pack, areas: object, invalid: set[str]) -> frozenset[str] | Unknown:
    """Every planned area; one that nobody knows is judged as well: no depth limit names it."""
    if not isinstance(areas, list | tuple | set | frozenset) or not areas:
        invalid.add("areas")
        return UNKNOWN
    found = frozenset(area if isinstance(area, str) else repr(area) for area in areas)
    if not found <= frozenset(pack.areas):
        invalid.add("areas")
    return found


def _depths(
    context: Context, areas: frozenset[str] | Unknown, invalid: set[str]
) -> tuple[PlanValue, PlanValue]:
    """The greatest depth anywhere, and the depth of each planned area."""
    given = _depth(context.depth_mm)
    if given is None:
        invalid.add("depth_mm")
    by_area: object = context.depth_by_area
    if not isinstance(by_area, Mapping):
        if by_area is not None:
            invalid.add("depth_by_area")
        by_area = {}
    read = {area: _depth(depth) for area, depth in by_area.items()}
    planned = areas if isinstance(areas, frozenset) else frozenset[str]()
    if None in read.values() or not planned.issuperset(read):
        invalid.add("depth_by_area")
    known = [depth for depth in (given, *read.values()) if depth is not None]
    depths: dict[str, object] = {
        area: UNKNOWN if (depth := read.get(area) or given) is None else depth for area in planned
    }
    return max(known, default=UNKNOWN), depths or UNKNOWN


def _depth(value: object) -> float | None:
    """A depth in millimetres; ``None`` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not isfinite(value):
        return None
    return value if value > 0 else None


def _last_session(
    pack: Pack, last: object, planned: date | None, invalid: set[str]
) -> dict[str, PlanValue]:
    """The last session, field by field; ``None`` for a field that is not there or unusable."""
    names = ("date", "modality", "depth_mm")
    if not isinstance(last, LastSession):
        if last is not None:
            invalid.add("last_session")
        gone = dict.fromkeys(f"last_session.{name}" for name in names)
        return {"last_session": None if last is None else UNKNOWN, **gone}
    day, depth = _day(last.date), _depth(last.depth_mm)
    modality = last.modality if last.modality in pack.modalities else None
    for name, given, read in zip(
        names, (last.date, last.modality, last.depth_mm), (day, modality, depth), strict=True
    ):
        if given is not None and read is None:
            invalid.add(f"last_session.{name}")
    if day and planned and day > planned:
        invalid.add("last_session.date")
    return {
        "last_session": True,
        "last_session.date": day,
        "last_session.modality": modality,
        "last_session.depth_mm": depth,
    }
