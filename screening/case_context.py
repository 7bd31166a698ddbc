"""The context of a case from outside, field by field."""

from __future__ import annotations

from datetime import date

from screening.engine import Context, LastSession, Pack
from screening.engine.dates import parse_iso
from screening.strict_json import BadInput, name_of

GREATEST_DEPTH_MM = 50.0
"""Beyond any needle that exists: a slip of the pen (the deepest rule is about 2.5 mm)."""

FIELDS = (
    "assessment_date",
    "planned_date",
    "modality",
    "depth_mm",
    "areas",
    "anaesthetic_planned",
    "test_patch_ok",
    "parental_consent",
    "last_session",
    "depth_by_area",
    "jurisdiction",
)
_SESSION_FIELDS = ("date", "modality", "depth_mm")


def read_context(raw: dict[str, object], pack: Pack) -> Context:
    """Read a context. BadInput names the field.

    ``assessment_date``, ``modality``, ``depth_mm`` and ``areas`` must be there. A field whose
    absence means "not known" stays unknown, and the result is then not complete.
    """
    _only(raw, FIELDS, "context")
    assessed = _date(_needed(raw, "assessment_date"), "context.assessment_date")
    planned = _optional_date(raw.get("planned_date"), "context.planned_date")
    if planned is not None and planned < assessed:
        raise BadInput("context.planned_date", "lies before the day of the answers")
    areas = _areas(_needed(raw, "areas"), pack)
    return Context(
        assessment_date=assessed,
        planned_date=planned,
        modality=_modality(_needed(raw, "modality"), "context.modality", pack),
        depth_mm=_depth(_needed(raw, "depth_mm"), "context.depth_mm"),
        areas=areas,
        anaesthetic_planned=_flag(raw.get("anaesthetic_planned"), "anaesthetic_planned"),
        test_patch_ok=_flag(raw.get("test_patch_ok"), "test_patch_ok") or False,
        parental_consent=_flag(raw.get("parental_consent"), "parental_consent") or False,
        last_session=_last_session(raw.get("last_session"), pack),
        depth_by_area=_depth_by_area(raw.get("depth_by_area"), areas),
        jurisdiction=_jurisdiction(raw.get("jurisdiction")),
    )


def _only(raw: dict[str, object], known: tuple[str, ...], where: str) -> None:
    for key in raw:
        if key not in known:
            raise BadInput(f"{where}.{name_of(key)}", "is not a field that screening knows")


def _needed(raw: dict[str, object], field: str) -> object:
    value = raw.get(field)
    if value is None:
        raise BadInput(f"context.{field}", "is missing")
    return value


def _date(value: object, field: str) -> date:
    day = parse_iso(value)
    if day is None:
        raise BadInput(field, "should be a date as YYYY-MM-DD")
    return day


def _optional_date(value: object, field: str) -> date | None:
    return None if value is None else _date(value, field)


def _modality(value: object, field: str, pack: Pack) -> str:
    if not isinstance(value, str) or value not in pack.modalities:
        raise BadInput(field, f"should be one of {', '.join(pack.modalities)}")
    return value


def _depth(value: object, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(field, "should be a number of millimetres")
    if not 0 < value <= GREATEST_DEPTH_MM:
        raise BadInput(field, f"should be above 0 and at most {GREATEST_DEPTH_MM:g} mm")
    return float(value)


def _areas(value: object, pack: Pack) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(area, str) for area in value):
        raise BadInput("context.areas", "should be a list of areas")
    if not value:
        raise BadInput("context.areas", "should hold at least one area")
    if not set(value) <= set(pack.areas):
        raise BadInput("context.areas", f"holds an area that {pack.id} does not know")
    return tuple(value)


def _depth_by_area(value: object, areas: tuple[str, ...]) -> dict[str, float] | None:
    if value is None:
        return None
    where = "context.depth_by_area"
    if not isinstance(value, dict):
        raise BadInput(where, "should be an object from area to millimetres")
    _only(value, areas, where)
    return {area: _depth(depth, f"{where}.{area}") for area, depth in value.items()}


def _jurisdiction(value: object) -> str | None:
    """A place that the pack does not know is none: its law is not known here either."""
    if value is not None and not isinstance(value, str):
        raise BadInput("context.jurisdiction", "should be the code of a place, such as GB-SCT")
    return value


def _flag(value: object, field: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise BadInput(f"context.{field}", "should be true or false")
    return value


def _last_session(value: object, pack: Pack) -> LastSession | None:
    if value is None:
        return None
    where = "context.last_session"
    if not isinstance(value, dict):
        raise BadInput(where, "should be an object, or null for none")
    _only(value, _SESSION_FIELDS, where)
    modality, depth = value.get("modality"), value.get("depth_mm")
    return LastSession(
        date=_optional_date(value.get("date"), f"{where}.date"),
        modality=None if modality is None else _modality(modality, f"{where}.modality", pack),
        depth_mm=None if depth is None else _depth(depth, f"{where}.depth_mm"),
    )
