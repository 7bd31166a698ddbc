"""The context, field by field, and what of it cannot be used."""

from __future__ import annotations

from typing import Any

from .days import iso


def depth(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if number and 0 < value < float("inf") else None


def plan_of(tables: dict[str, Any], context: dict[str, Any], invalid: set[str]) -> dict[str, Any]:
    known = tables["questions"]["pack"]
    assessed, planned = iso(context.get("assessment_date")), iso(context.get("planned_date"))
    if assessed is None:
        invalid.add("assessment_date")
    if planned is None and context.get("planned_date") is not None:
        invalid.add("planned_date")
    plan: dict[str, Any] = {"assessed": assessed or planned, "planned": planned or assessed}
    plan["modality"] = one_of(context.get("modality"), known["modalities"], "modality", invalid)
    if plan["modality"] is None:
        invalid.add("modality")
    areas = context.get("areas")
    plan["areas"] = areas if isinstance(areas, list | tuple) and areas else None
    if plan["areas"] is None or any(area not in known["areas"] for area in plan["areas"]):
        invalid.add("areas")
    depths_of(context, plan, invalid)
    plan["anaesthetic_planned"] = context.get("anaesthetic_planned") is not False
    plan["test_patch_ok"] = context.get("test_patch_ok") is True
    plan["parental_consent"] = context.get("parental_consent") is True
    session_of(tables, context.get("last_session"), plan, invalid)
    return plan


def one_of(value: Any, known: list[str], name: str, invalid: set[str]) -> Any:
    if isinstance(value, str) and value in known:
        return value
    if value is not None:
        invalid.add(name)
    return None


def depths_of(context: dict[str, Any], plan: dict[str, Any], invalid: set[str]) -> None:
    given, by_area = depth(context.get("depth_mm")), context.get("depth_by_area")
    if given is None:
        invalid.add("depth_mm")
    if by_area is not None and not isinstance(by_area, dict):
        invalid.add("depth_by_area")
    by_area = by_area if isinstance(by_area, dict) else {}
    areas = plan["areas"] or []
    if any(area not in areas or depth(mm) is None for area, mm in by_area.items()):
        invalid.add("depth_by_area")
    known = [mm for mm in (given, *map(depth, by_area.values())) if mm is not None]
    plan["depth_mm"] = max(known, default=None)
    plan["depth_of"] = {area: depth(by_area.get(area)) or given for area in areas}


def session_of(tables: dict[str, Any], last: Any, plan: dict[str, Any], invalid: set[str]) -> None:
    if last is not None and not isinstance(last, dict):
        invalid.add("last_session")
        last = None
    plan["last_session"] = last
    last = last or {}
    day, mm = last.get("date"), last.get("depth_mm")
    plan["last_session.date"], plan["last_session.depth_mm"] = iso(day), depth(mm)
    plan["last_session.modality"] = one_of(
        last.get("modality"),
        tables["questions"]["pack"]["modalities"],
        "last_session.modality",
        invalid,
    )
    if mm is not None and depth(mm) is None:
        invalid.add("last_session.depth_mm")
    late = iso(day) is not None and plan["planned"] is not None and iso(day) > plan["planned"]
    if late or (day is not None and iso(day) is None):
        invalid.add("last_session.date")
