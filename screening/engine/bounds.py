"""How large a pack may be. Checked first, so that no later step meets what it cannot bear.

The limits are far above any pack written in earnest (the first one holds 5,100 values, eleven
deep, its longest text 386 characters, its longest condition 27 values, six deep) and low enough
that everything after takes seconds at most.
"""

from __future__ import annotations

from collections.abc import Mapping

from .tables import PackError

MOST_VALUES = 60_000
MOST_DEPTH = 40
LONGEST_TEXT = 20_000
LONGEST_KEY = 200
GREATEST_NUMBER = 1_000_000_000
MOST_IN_CONDITION = 200
MOST_DEPTH_OF_CONDITION = 16
MOST_OUTCOMES = 30
"""Whether an outcome can be reached is found by comparing every condition with every other."""

_NAMES = ("code", "id", "value")
_CONDITIONS = ("when", "show_when")


def check_bounds(tables: Mapping[str, object]) -> None:
    """PackError for what a pack cannot hold: too much, too deep, too long, numbers that are none,
    values that are neither text, number, truth, list nor table, characters that are none."""
    Bounds().check(tables, "", 0)


class Bounds:
    """One walk over the tables of a pack, counting."""

    def __init__(self) -> None:
        self.left = MOST_VALUES

    def check(self, value: object, where: str, depth: int) -> None:
        """One value and all inside it; ``where`` is the file and the names on the way."""
        self.left -= 1
        if self.left < 0:
            raise PackError(f"{where}: the pack holds more than {MOST_VALUES} values")
        if depth > MOST_DEPTH:
            raise PackError(f"{where}: is nested too deeply")
        if isinstance(value, Mapping):
            for key, inner in value.items():
                place = self._place(key, where, depth)
                if key in _CONDITIONS:
                    _check_condition(inner, place)
                elif key == "outcome" and isinstance(inner, list) and len(inner) > MOST_OUTCOMES:
                    raise PackError(f"{place}: a rule has at most {MOST_OUTCOMES} outcomes")
                self.check(inner, place, depth + 1)
        elif isinstance(value, list):
            for inner in value:
                self.check(inner, _named(inner, where), depth + 1)
        else:
            _check_plain(value, where)

    def _place(self, key: object, where: str, depth: int) -> str:
        if not isinstance(key, str) or not key or len(key) > LONGEST_KEY:
            raise PackError(f"{where}: a key should be a text of 1 to {LONGEST_KEY} characters")
        _check_characters(key, where)
        return f"{where}: {key}" if depth else f"{key}.toml"


def _named(value: object, where: str) -> str:
    """A list's place with the name of one of its tables: ``rules.toml: rule 'pregnancy'``."""
    if isinstance(value, Mapping):
        for key in _NAMES:
            if isinstance(name := value.get(key), str):
                return f"{where} {name[:60]!r}"
    return where


def _check_condition(condition: object, where: str) -> None:
    left, count = [(condition, 0)], 0
    while left:
        value, depth = left.pop()
        count += 1
        if count > MOST_IN_CONDITION or depth > MOST_DEPTH_OF_CONDITION:
            raise PackError(f"{where}: a condition this long or deep cannot be checked by anyone")
        if isinstance(value, Mapping):
            left.extend((inner, depth + 1) for inner in value.values())
        elif isinstance(value, list):
            left.extend((inner, depth + 1) for inner in value)


def _check_plain(value: object, where: str) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise PackError(f"{where}: is longer than {LONGEST_TEXT} characters")
        _check_characters(value, where)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if not abs(value) <= GREATEST_NUMBER:  # NaN is not, either
            raise PackError(f"{where}: is a number out of range")
    else:
        raise PackError(f"{where}: should be a text, a number, true, false, a list or a table")


def _check_characters(text: str, where: str) -> None:
    for character in text:
        if character < " " and character not in "\t\n\r":
            raise PackError(f"{where}: holds a control character")
        if "\ud800" <= character <= "\udfff":
            raise PackError(f"{where}: holds half a character (a lone surrogate)")
