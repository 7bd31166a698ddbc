"""A treatment as JSON, for the command that needs no database: parsed, never trusted."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftercare.facts import Clinic, FactsError, Product, Session, TreatmentFacts

Table = Mapping[str, Any]
_REQUIRED = ("client", "treated_at", "time_zone", "modality", "depths_mm", "clinic", "practitioner")
_OPTIONAL = ("numbing_used", "session_number", "phototype", "flags", "products", "previous")
_KEYS = frozenset((*_REQUIRED, *_OPTIONAL, "excluded_zones"))
# Longer than any real one; keeps the sheet to its two pages.
LONGEST_TEXT = 200
MOST_ITEMS = 8


def parse(text: str) -> TreatmentFacts:
    """The facts in a JSON object. Raises ``FactsError`` with the path of the field that is wrong.

    Keys: client {first_name, full_name}, treated_at (ISO 8601 with offset), time_zone (IANA),
    modality, depths_mm {area: millimetres}, flags, phototype ("I"–"VI" or "not_sure"),
    session_number, numbing_used, products [{name, how_often, contains}], excluded_zones,
    previous {modality, depth_mm}, clinic {name, address, phone, emergency_phone, out_of_hours},
    practitioner.
    """
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FactsError("file", "is not readable as JSON") from error
    data = _table(data, "file")
    if unknown := sorted(set(data) - _KEYS):
        raise FactsError(unknown[0], "is not a field of a treatment")
    client = _table(_need(data, "client"), "client")
    phototype = _text(data, "phototype", default="not_sure")
    return TreatmentFacts(
        first_name=_text(client, "first_name", at="client."),
        full_name=_text(client, "full_name", at="client."),
        treated_at=_moment(data),
        time_zone=_text(data, "time_zone"),
        modality=_text(data, "modality"),
        depths_mm={
            area: _number(depth, f"depths_mm.{area}")
            for area, depth in _table(_need(data, "depths_mm"), "depths_mm").items()
        },
        clinic=_clinic(_table(_need(data, "clinic"), "clinic")),
        practitioner=_text(data, "practitioner"),
        numbing_used=_yes_or_no(data, "numbing_used"),
        session_number=_whole(data, "session_number"),
        phototype=None if phototype == "not_sure" else phototype,
        flags=frozenset(_texts(data, "flags")),
        products=tuple(
            _product(_table(item, f"products[{i}]"), f"products[{i}].")
            for i, item in enumerate(_items(data, "products"))
        ),
        excluded_zones=_texts(data, "excluded_zones"),
        previous=_previous(data),
    )


def _need(table: Table, key: str, at: str = "") -> Any:
    if table.get(key) is None:
        raise FactsError(at + key, "is missing")
    return table[key]


def _table(value: Any, at: str) -> Table:
    if not isinstance(value, dict):
        raise FactsError(at, "must be an object with named fields")
    return value


def _text(table: Table, key: str, *, at: str = "", default: str | None = None) -> str:
    if default is not None and table.get(key) is None:
        return default
    return _checked_text(_need(table, key, at), at + key)


def _checked_text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise FactsError(at, "must be text")
    if len(value) > LONGEST_TEXT:
        raise FactsError(at, f"must be at most {LONGEST_TEXT} characters")
    return value.strip()


def _number(value: Any, at: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FactsError(at, "must be a number of millimetres")
    return float(value)


def _whole(table: Table, key: str) -> int:
    value = _need(table, key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactsError(key, "must be a whole number")
    return value


def _yes_or_no(table: Table, key: str) -> bool:
    value = _need(table, key)
    if not isinstance(value, bool):
        raise FactsError(key, "must be true or false")
    return value


def _items(table: Table, key: str) -> list[Any]:
    value = table.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FactsError(key, "must be a list")
    if len(value) > MOST_ITEMS and key != "flags":
        raise FactsError(key, f"must have at most {MOST_ITEMS} entries")
    return value


def _texts(table: Table, key: str) -> tuple[str, ...]:
    items = _items(table, key)
    return tuple(_checked_text(item, f"{key}[{i}]") for i, item in enumerate(items))


def _moment(data: Table) -> datetime:
    try:
        return datetime.fromisoformat(_text(data, "treated_at"))
    except ValueError as error:
        if isinstance(error, FactsError):
            raise
        raise FactsError("treated_at", "must be as in 2026-06-16T14:30+02:00") from error


def _clinic(table: Table) -> Clinic:
    names = ("name", "address", "phone", "emergency_phone", "out_of_hours")
    # An absent number reads as an empty one, so that the refusal names the emergency contact.
    return Clinic(**{name: _text(table, name, at="clinic.", default="") for name in names})


def _product(table: Table, at: str) -> Product:
    return Product(
        name=_text(table, "name", at=at),
        how_often=_text(table, "how_often", at=at),
        contains=_texts(table, "contains"),
    )


def _previous(data: Table) -> Session | None:
    if data.get("previous") is None:
        return None
    table = _table(data["previous"], "previous")
    return Session(
        modality=_text(table, "modality", at="previous."),
        depth_mm=_number(_need(table, "depth_mm", "previous."), "previous.depth_mm"),
    )
