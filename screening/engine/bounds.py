"""How large a pack may be. Checked first, so that no later step meets what it cannot bear.

The limits are far above any pack written in earnest (the first one holds 5,100 values, eleven
deep, its longest text 386 characters) and low enough that the rest takes seconds at most.
"""

from __future__ import annotations

from collections.abc import Mapping

from .tables import PackError

MOST_VALUES = 60_000
MOST_DEPTH = 40
LONGEST_TEXT = 20_000
LONGEST_KEY = 200
GREATEST_NUMBER = 1_000_000_000


def check_bounds(tables: Mapping[str, object]) -> None:
    """PackError for what a pack cannot hold: too much, too deep, too long, numbers that are none,
    values that are neither text, number, truth, list nor table, characters that are none."""
    Bounds().check(tables, "", 0)


class Bounds:
    """One walk over the tables of a pack, counting."""

    def __init__(self) -> None:
        self.left = MOST_VALUES

    def check(self, value: object, where: str, depth: int) -> None:
        """One value and all inside it; ``where`` is the file and the last name on the way."""
        self.left -= 1
        if self.left < 0:
            raise PackError(f"{where}: the pack holds more than {MOST_VALUES} values")
        if depth > MOST_DEPTH:
            raise PackError(f"{where}: is nested too deeply")
        if isinstance(value, Mapping):
            for key, inner in value.items():
                self.check(inner, self._place(key, where, depth), depth + 1)
        elif isinstance(value, list):
            for inner in value:
                self.check(inner, where, depth + 1)
        else:
            _check_plain(value, where)

    def _place(self, key: object, where: str, depth: int) -> str:
        if not isinstance(key, str) or not key or len(key) > LONGEST_KEY:
            raise PackError(f"{where}: a key should be a text of 1 to {LONGEST_KEY} characters")
        _check_characters(key, where)
        return f"{key}.toml" if depth == 0 else f"{where.partition(':')[0]}: {key!r}"


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
