"""The parts of a condition that can be changed with ticks and numbers.

A condition keeps its shape: only the answers, devices, areas and numbers that it compares with are
exchanged. Its parts are numbered in reading order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic.packs.editing.names import Table

_NUMBERS = frozenset({"lt", "gt", "gte"})
_CHOSEN = frozenset({"eq", "in", "contains_any", "intersects"})


class Turns(StrEnum):
    """What a part compares: answers of a question, devices, areas, or a number."""

    ANSWERS = "answers"
    DEVICES = "devices"
    AREAS = "areas"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Atom:
    """One part: `about` is the question or the field of the plan. `negated`: under a "not"."""

    number: int
    turns: Turns
    about: str
    raw: Table
    negated: bool

    @property
    def values(self) -> tuple[str, ...]:
        """What it compares with, of answers, devices or areas."""
        value = self.raw.get("value")
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

    @property
    def threshold(self) -> float | int:
        """The number it compares with."""
        value = self.raw.get("value")
        return value if isinstance(value, int | float) else 0


def atoms(condition: object) -> tuple[Atom, ...]:
    """The parts that can be changed."""
    found = []
    for number, (raw, negated) in enumerate(_leaves(condition)):
        if turns := _turns(raw):
            about = str(raw.get("q", raw.get("ctx")))
            found.append(Atom(number=number, turns=turns, about=about, raw=raw, negated=negated))
    return tuple(found)


def with_values(condition: object, chosen: Mapping[int, Sequence[str] | float]) -> object:
    """The condition with other values in its parts, by their numbers.

    A part whose values stay the same keeps how it was written.
    """
    counter = iter(range(10_000))

    def rebuilt(raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        for key in ("all", "any"):
            if isinstance(parts := raw.get(key), list):
                return {**raw, key: [rebuilt(part) for part in parts]}
        if "not" in raw:
            return {**raw, "not": rebuilt(raw["not"])}
        number = next(counter)
        return _exchanged(raw, chosen[number]) if number in chosen else raw

    return rebuilt(condition)


def _leaves(raw: object, *, negated: bool = False) -> Iterator[tuple[Table, bool]]:
    if not isinstance(raw, Mapping):
        return
    for key in ("all", "any"):
        if isinstance(parts := raw.get(key), list):
            for part in parts:
                yield from _leaves(part, negated=negated)
            return
    if "not" in raw:
        yield from _leaves(raw["not"], negated=not negated)
    else:
        yield raw, negated


def _turns(raw: Table) -> Turns | None:
    op = raw.get("op")
    if op == "count_gte" or (op in _NUMBERS and "ctx" in raw):
        return Turns.NUMBER
    if op not in _CHOSEN or isinstance(raw.get("value"), bool):
        return None
    if "q" in raw:
        return Turns.ANSWERS
    return Turns.AREAS if op == "intersects" else Turns.DEVICES


def _exchanged(raw: Table, chosen: Sequence[str] | float) -> Table:
    if isinstance(chosen, int | float):
        return raw if raw.get("value") == chosen else {**raw, "value": chosen}
    before = raw.get("value")
    if set(chosen) == set(before if isinstance(before, list) else [before]):
        return raw
    if raw.get("op") == "eq":
        if len(chosen) == 1:
            return {**raw, "value": chosen[0]}
        return {**raw, "op": "in", "value": list(chosen)}
    return {**raw, "value": list(chosen)}
