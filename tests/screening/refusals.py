"""Every way to break one place of a small pack, and what is said of it.

`python -m tests.screening.refusals` writes it down anew, in `refusals.txt`, and in `small_pack.txt`
what is read of the pack as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from screening.engine import PackError, build_pack
from screening.engine.conditions import Condition
from tests.screening.small_pack import SMALL

WRITTEN = Path(__file__).with_suffix(".txt")
READ = WRITTEN.with_name("small_pack.txt")
GONE, MORE, TWICE = "left out", "and a key more", "its first twice"
OTHERS: dict[str, object] = {
    "a table": {},
    "0": 0,
    "7": 7,
    "-1.5": -1.5,
    "true": True,
    "false": False,
    '""': "",
    '" "': " ",
    '"other"': "other",
    '"CLEAR"': "CLEAR",
    "900 letters": "l" * 900,
    "[]": [],
    "[[]]": [[]],
    '["other"]': ["other"],
    '["x", "x"]': ["x", "x"],
    "[7]": [7],
}
Place = tuple[str | int, ...]


def places(value: object, path: Place = ()) -> Iterator[Place]:
    """Where a value stands."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


def ways(found: object) -> Iterator[str]:
    """How a value there can be wrong."""
    yield GONE
    yield from OTHERS
    if isinstance(found, dict):
        yield MORE
    if isinstance(found, list) and found:
        yield TWICE


def broken(value: Any, path: Place, way: str) -> Any:
    """The small pack, or what is inside it, with that one place broken."""
    holder, last = value.copy(), path[0]
    if len(path) > 1:
        holder[last] = broken(holder[last], path[1:], way)
    elif way == GONE:
        del holder[last]
    elif way == MORE:
        holder[last] = {**holder[last], "more": 1}
    elif way == TWICE:
        holder[last] = [*holder[last], holder[last][0]]
    else:
        holder[last] = OTHERS[way]
    return holder


def said(path: Place, way: str) -> str:
    """What is said of it; "…" stands for the value itself."""
    try:
        build_pack(**broken(SMALL, path, way))
    except PackError as error:
        value = repr(OTHERS.get(way))
        told = str(error).replace(f" is {value}, not ", " is …, not ")
        told = told.replace(f" {value} should be ", " … should be ")
        return re.sub(r"l{30,}", lambda long: f"l×{len(long[0])}", told)
    return "accepted"


def lines() -> Iterator[str]:
    """A line for each place, and below it one for each thing that is said there."""
    for path in places(SMALL):
        if len(path) == 1:
            continue  # a file as a whole
        found: Any = SMALL
        for step in path:
            found = found[step]
        by_message: dict[str, list[str]] = {}
        for way in ways(found):
            by_message.setdefault(said(path, way), []).append(way)
        yield ".".join(map(str, path))
        for message, how in by_message.items():
            yield f"    {message}    <- {', '.join(how)}"


def read(name: str, value: object) -> list[str]:
    """Every value of a pack with its way there, sets in order."""
    if is_dataclass(value):
        name = f"{name}<{type(value).__name__}>" if isinstance(value, Condition) else name
        each = [(f"{name}.{one.name}", getattr(value, one.name)) for one in fields(value)]
    elif isinstance(value, dict):
        each = [(f"{name}.{key}", inner) for key, inner in value.items()]
    elif isinstance(value, tuple) and value:
        each = [(f"{name}.{number}", inner) for number, inner in enumerate(value)]
    else:
        shown = sorted(value) if isinstance(value, frozenset) else value
        return [f"{name} = {shown.name if isinstance(shown, Enum) else shown!r}"]
    return [line for where, inner in each for line in read(where, inner)]


if __name__ == "__main__":
    WRITTEN.write_text("\n".join([*lines(), ""]), encoding="utf-8")
    READ.write_text("\n".join([*read("pack", build_pack(**SMALL)), ""]), encoding="utf-8")
