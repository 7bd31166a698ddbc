"""JSON from outside, read without trust: refused by name instead of failing in the middle."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_DEPTH = 8
MAX_TEXT = 20_000
MAX_DIGITS = 40
MAX_PATH = 200

_BLANK = b" \t\n\r\xef\xbb\xbf"
_PIECES = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{},]', re.DOTALL)
"""Texts, each taken whole, and the signs that build lists and objects."""


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


def read_json(data: bytes, *, line: int = 1, column: int = 1) -> object:
    """Read one JSON text. BadInput, with the path of the value, for what JSON does not allow or
    what nobody sends in earnest: NaN, numbers out of range, a key given twice, nesting without
    end. ``line`` and ``column`` are where the text begins in its file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("", "is not UTF-8 text") from error
    flaws = _Flaws()
    try:
        value: object = json.loads(
            text,
            parse_constant=flaws.constant,
            parse_float=flaws.real,
            parse_int=flaws.whole,
            object_pairs_hook=flaws.table,
        )
    except RecursionError as error:
        raise BadInput("", "is nested too deeply") from error
    except json.JSONDecodeError as error:
        column = error.colno + column - 1 if error.lineno == 1 else error.colno
        place = f"line {error.lineno + line - 1}, column {column}"
        raise BadInput("", f"is not valid JSON ({place})") from error
    if flaws.found:
        raise _first_flaw(value)
    return value


def split_list(data: bytes) -> list[tuple[int, bytes]] | None:
    """The elements of a JSON list as they are written, with where each begins, without reading
    them: so that one that cannot be read does not take the others with it. ``None`` if the text
    is no list, or its brackets do not close."""
    pieces: list[tuple[int, bytes]] = []
    depth = start = 0
    for match in _PIECES.finditer(data):
        sign = match[0]
        if sign in (b"[", b"{"):
            depth += 1
            if depth == 1:
                if sign == b"{" or data[: match.start()].strip(_BLANK):
                    return None
                start = match.end()
        elif sign in (b"]", b"}"):
            depth -= 1
            if depth == 0:
                pieces.append((start, data[start : match.start()]))
                return None if data[match.end() :].strip(_BLANK) else pieces
        elif sign == b'"' or depth == 0:
            return None
        elif sign == b"," and depth == 1:
            pieces.append((start, data[start : match.start()]))
            start = match.end()
    return None


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


@dataclass(frozen=True, slots=True)
class _Flaw:
    """Stands where a value cannot be used, until its place is known."""

    reason: str


class _Flaws:
    """Reads the parts of a JSON text, putting a flaw wherever one cannot be used."""

    def __init__(self) -> None:
        self.found = False

    def _flaw(self, reason: str) -> _Flaw:
        self.found = True
        return _Flaw(reason)

    def constant(self, _name: str) -> _Flaw:
        return self._flaw("holds a number that is not one (NaN or Infinity)")

    def real(self, digits: str) -> float | _Flaw:
        number = float(digits)
        return number if math.isfinite(number) else self._flaw("holds a number out of range")

    def whole(self, digits: str) -> int | _Flaw:
        if len(digits) > MAX_DIGITS:
            return self._flaw("holds a number out of range")
        return int(digits)

    def table(self, pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for key, _value in pairs:
                if key in seen:
                    found[key] = self._flaw("is given twice")
                seen.add(key)
        return found


def _first_flaw(value: object) -> BadInput:
    """The first flaw in the order of the text."""
    left: list[tuple[str, object]] = [("", value)]
    while left:
        path, found = left.pop()
        if isinstance(found, _Flaw):
            return BadInput(path[:MAX_PATH], found.reason)
        if isinstance(found, dict):
            inner = [(f"{path}.{name_of(key)}".lstrip("."), one) for key, one in found.items()]
            left.extend(reversed(inner))
        elif isinstance(found, list):
            left.extend((path, one) for one in reversed(found))
    return BadInput("", "cannot be read")
