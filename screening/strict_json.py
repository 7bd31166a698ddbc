"""JSON from outside, read without trust: refused by name instead of failing in the middle."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import NoReturn

MAX_DEPTH = 8
MAX_TEXT = 20_000
MAX_DIGITS = 40


class BadInput(ValueError):
    """Something in the input cannot be used. ``field`` is its path, ``reason`` what is wrong.

    Neither ever holds a value from the input: values may be about someone's health.
    """

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}" if field else reason)


def name_of(key: str) -> str:
    """A key from outside as one short printable word."""
    return json.dumps(key)[1:-1][:60]


def read_json(data: bytes) -> object:
    """Read one JSON text. BadInput for what JSON does not allow or what nobody sends in earnest:
    NaN, numbers out of range, a key given twice, nesting without end, half characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("", "is not UTF-8 text") from error
    try:
        value: object = json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_short,
            object_pairs_hook=_no_twins,
        )
    except RecursionError as error:
        raise BadInput("", "is nested too deeply") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput("", f"is not valid JSON ({place})") from error
    return value


def check_values(value: object, field: str, depth: int = 0, *, most: int = MAX_DEPTH) -> None:
    """BadInput for characters that cannot be stored, endless texts and nesting beyond ``most``."""
    if depth > most:
        raise BadInput(field, "is nested too deeply")
    if isinstance(value, str):
        _check_text(value, field)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key, f"{field}.{name_of(key)}")
            check_values(inner, f"{field}.{name_of(key)}", depth + 1, most=most)
    elif isinstance(value, list):
        for inner in value:
            check_values(inner, field, depth + 1, most=most)


def _check_text(text: str, field: str) -> None:
    if len(text) > MAX_TEXT:
        raise BadInput(field, f"is longer than {MAX_TEXT} characters")
    if "\0" in text:
        raise BadInput(field, "holds a NUL character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(field, "holds half a character (a lone surrogate)")


def _no_constant(_name: str) -> NoReturn:
    raise BadInput("", "holds a number that is not one (NaN or Infinity)")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadInput("", "holds a number out of range")
    return number


def _short(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise BadInput("", "holds a number out of range")
    return int(digits)


def _no_twins(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise BadInput(name_of(key), "is given twice")
            seen.add(key)
    return found
