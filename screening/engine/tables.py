"""Typed reading of plain tables, with errors that name the file and the place in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


LONGEST_ERROR = 400


class PackError(ValueError):
    """A pack that must not be used; the message names the file and the rule or question, in one
    line that can be read: of a very long one, its two ends."""

    def __init__(self, message: str) -> None:
        if len(message) > LONGEST_ERROR:
            half = LONGEST_ERROR // 2 - 2
            message = f"{message[:half]} … {message[-half:]}"
        super().__init__(message)


class Table:
    """One table of a file. Every key must be read by the time of ``finish``."""

    def __init__(self, raw: object, where: str) -> None:
        if not isinstance(raw, Mapping):
            raise PackError(f"{where}: should be a table")
        self.raw: Mapping[str, object] = raw
        self.where = where
        self._read: set[str] = set()

    def error(self, message: str) -> PackError:
        """An error that says where it is."""
        return PackError(f"{self.where}: {message}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.raw

    def get(self, key: str) -> object:
        """The value of a key that must be there."""
        self._read.add(key)
        if key not in self.raw:
            raise self.error(f"lacks {key!r}")
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text; not empty unless a default is given."""
        if default is not None and key not in self.raw:
            return default
        value = self.get(key)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.error(f"{key!r} should be a text")
        return value

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts without repetition."""
        if not needed and key not in self.raw:
            return ()
        value = self.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key!r} should be a list of texts")
        if len(set(value)) != len(value):
            raise self.error(f"{key!r} names something twice")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false when not there."""
        if key not in self.raw:
            return False
        value = self.get(key)
        if not isinstance(value, bool):
            raise self.error(f"{key!r} should be true or false")
        return value

    def number(self, key: str, *, least: int) -> int:
        """A whole number of at least ``least``."""
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error(f"{key!r} should be a whole number of at least {least}")
        return value

    def seconds(self, key: str) -> float:
        """A number of seconds above 0 and below a day."""
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 86_400:
            raise self.error(f"{key!r} should be a number of seconds above 0")
        return float(value)

    def real(self, key: str, *, least: float, most: float) -> float:
        """A number from ``least`` to ``most``."""
        value = self.get(key)
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not least <= value <= most:  # type: ignore[operator]
            raise self.error(f"{key!r} should be a number from {least:g} to {most:g}")
        return float(value)  # type: ignore[arg-type]

    def one_of(self, key: str, known: Collection[str]) -> str:
        """A text out of those that are known."""
        value = self.text(key)
        if value not in known:
            raise self.error(f"{key!r} is {value!r}, not one of {list(known)}")
        return value

    def choice(self, key: str, kind: type[E]) -> E:
        """A member of an enumeration, by value for texts and by name for levels."""
        value = self.get(key)
        for member in kind:
            # A level is an int underneath, and in Python true is 1.
            if isinstance(value, str) and value in (member.value, member.name):
                return member
        raise self.error(f"{key!r} is {value!r}, not one of {[m.name for m in kind]}")

    def parsed(self, key: str, parse: Callable[[object], T]) -> T:
        """A value by a parser that raises ValueError."""
        value = self.get(key)
        try:
            return parse(value)
        except ValueError as error:
            raise self.error(f"{key!r}: {error}") from error

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(self.get(key), f"{self.where}: {key}")

    def tables(self, key: str, name: str = "id", *, needed: bool = True) -> list[Table]:
        """A list of tables inside this one, each known by its ``name`` where it has one."""
        if not needed and key not in self.raw:
            return []
        value = self.get(key)
        if not isinstance(value, list) or (needed and not value):
            raise self.error(f"{key!r} should be a list of tables that is not empty")
        found = []
        for number, item in enumerate(value, 1):
            label = item.get(name) if isinstance(item, Mapping) else None
            shown = repr(label) if isinstance(label, str) else f"number {number}"
            found.append(Table(item, f"{self.where}: {key} {shown}"))
        return found

    def finish(self) -> None:
        """Refuse keys that nobody read: a misspelt key must not be lost in silence."""
        if unread := sorted(set(self.raw) - self._read):
            raise self.error(f"unknown key {unread[0]!r}")
