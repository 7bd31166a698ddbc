"""How deep a device may go on each area, as data of the pack. Pure.

``depth_limits.toml`` holds a ``limit`` each: the areas of a group, the devices it is for (``MN``
or ``RF``), and two lines in millimetres. Deeper than ``review_above_mm`` somebody decides; deeper
than ``stop_above_mm`` nobody does. What no limit names, no source supports: its stop line is 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from .conditions import GROUPS, LINES, DepthAbove
from .levels import UNKNOWN, Truth
from .tables import PackError, Table

EVIDENCE = ("source", "source+policy", "policy")
UNSUPPORTED = {"stop_above_mm": 0.0, "review_above_mm": None}
DEEPEST = 50.0


@dataclass(frozen=True, kw_only=True)
class DepthLimit:
    """The lines for some areas and one kind of device; ``None`` where there is no such line."""

    group: str
    areas: tuple[str, ...]
    modality: str
    review_above_mm: float | None
    stop_above_mm: float | None
    sources: tuple[str, ...]
    evidence: str
    note: str


GROUP_OF: Mapping[object, str] = {"MN_PEN": "MN", "MN_ROLLER": "MN", "RF_MN": "RF"}
"""The kind of device by modality: ``RF`` for radiofrequency, ``MN`` for needles alone."""


def line_by_area(limits: Iterable[DepthLimit], condition: DepthAbove) -> Mapping[str, float | None]:
    """The line that a condition asks about, by area; ``None`` where an area has none."""
    return {
        area: getattr(limit, condition.line)
        for limit in limits
        if limit.modality == condition.group
        for area in limit.areas
    }


def deeper_than(
    lines: Mapping[str, float | None], condition: DepthAbove, modality: object, depths: object
) -> Truth:
    """Whether some planned area is treated deeper than its line.

    ``depths`` maps each planned area to its depth in millimetres, UNKNOWN where that is not known.
    """
    if modality is UNKNOWN or not isinstance(depths, Mapping):
        return None
    if GROUP_OF.get(modality) != condition.group:
        return False
    without = UNSUPPORTED[condition.line]
    found: Truth = False
    for area, depth in depths.items():
        line = lines.get(area, without)
        if line is None:
            continue
        if depth is UNKNOWN:
            found = None
        elif depth > line:
            return True
    return found


def depth_limits_from(table: Table) -> tuple[DepthLimit, ...]:
    """Every limit of ``depth_limits.toml``. PackError."""
    found = tuple(_limit(one) for one in table.tables("limit", "group"))
    table.finish()
    return found


def check_depth_limits(
    limits: Iterable[DepthLimit], *, areas: Collection[str], sources: Collection[str]
) -> None:
    """PackError for a limit of an unknown area, one without a source, or two for one area."""
    taken: set[tuple[str, str]] = set()
    for limit in limits:
        where = f"depth_limits.toml: {limit.group!r} ({limit.modality})"
        for source in limit.sources:
            if source not in sources:
                raise PackError(f"{where}: unknown source {source!r}")
        for area in limit.areas:
            if area not in areas:
                raise PackError(f"{where}: unknown area {area!r}")
        both = set(product([limit.modality], limit.areas))
        if twice := sorted(taken & both):
            raise PackError(f"{where}: {twice[0][1]!r} has a limit already")
        taken |= both


def _limit(table: Table) -> DepthLimit:
    built = DepthLimit(
        group=table.text("group"),
        areas=table.texts("areas"),
        modality=table.one_of("modality", GROUPS),
        review_above_mm=_line(table, LINES[0]),
        stop_above_mm=_line(table, LINES[1]),
        sources=table.texts("sources"),
        evidence=table.one_of("evidence", EVIDENCE),
        note=table.text("note"),
    )
    table.finish()
    if not built.areas or not built.sources:
        raise table.error("names at least one area and one source")
    review, stop = built.review_above_mm, built.stop_above_mm
    if stop is None or (review is not None and review > stop):
        raise table.error("'stop_above_mm' must be there, and not above it 'review_above_mm'")
    return built


def _line(table: Table, key: str) -> float | None:
    return table.real(key, least=0, most=DEEPEST) if table.has(key) else None
