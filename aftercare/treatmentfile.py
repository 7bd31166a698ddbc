"""A treatment as JSON, for the command that needs no database: parsed, never trusted."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from aftercare.facts import Clinic, Detail, FactsError, Product, Session, TreatmentFacts
from clinic.core.drawable import undrawable

Table = Mapping[str, Any]
_REQUIRED = ("client", "treated_at", "time_zone", "modality", "depths_mm", "clinic", "practitioner")
_OPTIONAL = (
    "numbing_used",
    "session_number",
    "phototype",
    "flags",
    "products",
    "previous",
    "answers",
)
_RECORDED = ("excluded_zones", "record_number", "details", "stopped", "reaction", "event_open")
_KEYS = frozenset((*_REQUIRED, *_OPTIONAL, *_RECORDED))
# Longer than any real one; keeps the sheet to its two pages.
LONGEST_TEXT = 200
LONGEST_WORDS = 300
MOST_ITEMS = 8
MOST_DETAILS = 16


def parse(text: str) -> TreatmentFacts:
    """The facts in a JSON object. Raises ``FactsError`` with the path of the field that is wrong.

    Keys: client {first_name, full_name, date_of_birth, number, language}, treated_at (ISO 8601 with
    offset),
    time_zone (IANA), modality, depths_mm {area: millimetres}, flags,
    phototype ("I"–"VI" or "not_sure"), session_number, numbing_used,
    products [{name, how_often, contains}], excluded_zones, previous {modality, depth_mm},
    clinic {name, address, phone, emergency_phone, out_of_hours, country}, practitioner,
    record_number, details [{label, text}], stopped, reaction, event_open,
    answers {question: value}.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
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
        answers={
            name: _checked_text(value, f"answers.{name}")
            for name, value in _table(data.get("answers") or {}, "answers").items()
        },
        products=tuple(
            _product(_table(item, f"products[{i}]"), f"products[{i}].")
            for i, item in enumerate(_items(data, "products"))
        ),
        excluded_zones=_texts(data, "excluded_zones"),
        previous=_previous(data),
        date_of_birth=_day(client, "date_of_birth", at="client."),
        client_number=_text(client, "number", at="client.", default=""),
        client_language=_text(client, "language", at="client.", default=""),
        record_number=_text(data, "record_number", default=""),
        details=tuple(
            _detail(_table(item, f"details[{i}]"), f"details[{i}].")
            for i, item in enumerate(_items(data, "details", most=MOST_DETAILS))
        ),
        stopped=_text(data, "stopped", default="", most=LONGEST_WORDS),
        reaction=_text(data, "reaction", default="", most=LONGEST_WORDS),
        event_open=data.get("event_open") is not None and _yes_or_no(data, "event_open"),
    )


def _need(table: Table, key: str, at: str = "") -> Any:
    if table.get(key) is None:
        raise FactsError(at + key, "is missing")
    return table[key]


def _table(value: Any, at: str) -> Table:
    if not isinstance(value, dict):
        raise FactsError(at, "must be an object with named fields")
    return value


def _text(
    table: Table, key: str, *, at: str = "", default: str | None = None, most: int = LONGEST_TEXT
) -> str:
    if default is not None and table.get(key) is None:
        return default
    return _checked_text(_need(table, key, at), at + key, most)


def _checked_text(value: Any, at: str, most: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        raise FactsError(at, "must be text")
    if len(value) > most:
        raise FactsError(at, f"must be at most {most} characters")
    return value.strip()


def _number(value: Any, at: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FactsError(at, "must be a number of millimetres")
    try:
        return float(value)
    except OverflowError as error:
        raise FactsError(at, "is too large a number") from error


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


def _items(table: Table, key: str, *, most: int = MOST_ITEMS) -> list[Any]:
    value = table.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FactsError(key, "must be a list")
    if len(value) > most and key != "flags":
        raise FactsError(key, f"must have at most {most} entries")
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


def _day(table: Table, key: str, *, at: str) -> date | None:
    if table.get(key) is None:
        return None
    try:
        return date.fromisoformat(_text(table, key, at=at))
    except ValueError as error:
        if isinstance(error, FactsError):
            raise
        raise FactsError(at + key, "must be as in 1990-04-12") from error


def _detail(table: Table, at: str) -> Detail:
    return Detail(
        label=_text(table, "label", at=at), text=_text(table, "text", at=at, most=LONGEST_WORDS)
    )


def _clinic(table: Table) -> Clinic:
    names = ("name", "address", "phone", "emergency_phone", "out_of_hours", "country")
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


def check_printable(text: str) -> None:
    """What `parse` has taken, once more: raises FactsError for a field that no letter can draw."""
    _check_printable(json.loads(text), "")


def _check_printable(value: Any, at: str) -> None:
    if isinstance(value, str) and (found := undrawable(value)):
        codes = ", ".join(f"U+{ord(c):04X}" for c in found[:5])
        raise FactsError(at, f"holds what cannot be printed: {codes}")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_printable(inner, f"{at}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check_printable(inner, f"{at}[{number}]")
