"""SQL conditions put together without needless words. Nothing here is ever NULL.

A test of bits stays one until it is written down, so that "one of these options, or one of those"
is a single comparison for each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .slots import words

TRUE, FALSE = "TRUE", "FALSE"


@dataclass(frozen=True)
class Held:
    """At least one of these bits is set."""

    places: frozenset[int]


Test = str | Held


def held(places: Iterable[int]) -> Test:
    """Whether one of the bits is set."""
    found = frozenset(places)
    return Held(found) if found else FALSE


def sql(test: Test) -> str:
    """A test written down, in brackets where it is more than a word."""
    if isinstance(test, str):
        return test
    masks = words(test.places)
    each = [f"(b{word} & {_number(mask)}) <> 0" for word, mask in masks.items()]
    return f"({' OR '.join(each)})"


def any_of(tests: Iterable[Test]) -> Test:
    """At least one is true; tests of bits first, being the quickest."""
    kept = list(dict.fromkeys(test for test in tests if test != FALSE))
    if TRUE in kept:
        return TRUE
    bits = frozenset(p for test in kept if isinstance(test, Held) for p in test.places)
    others = [test for test in kept if isinstance(test, str)]
    if not others:
        return held(bits)
    written = [sql(Held(bits)), *others] if bits else others
    return written[0] if len(written) == 1 else f"({' OR '.join(written)})"


def all_of(tests: Iterable[Test]) -> Test:
    """Every one is true."""
    kept = list(dict.fromkeys(test for test in tests if test != TRUE))
    if FALSE in kept:
        return FALSE
    if not kept:
        return TRUE
    if len(kept) == 1:
        return kept[0]
    return f"({' AND '.join(_sure(kept))})"


def negated(test: Test) -> Test:
    """The opposite."""
    if test in (TRUE, FALSE):
        return FALSE if test == TRUE else TRUE
    if isinstance(test, Held):
        masks = words(test.places)
        each = [f"(b{word} & {_number(mask)}) = 0" for word, mask in masks.items()]
        return f"({' AND '.join(each)})"
    return f"(NOT {test})"


def unequal(one: Test, other: Test) -> Test:
    """Exactly one of the two is true."""
    if one == other:
        return FALSE
    for known, rest in ((one, other), (other, one)):
        if known == FALSE:
            return rest
        if known == TRUE:
            return negated(rest)
    return f"({sql(one)} <> {sql(other)})"


Branch = tuple[Test, Test]
"""When it holds, and what is then so."""


def first_of(branches: Sequence[Branch], otherwise: Test = FALSE) -> Test:
    """What the first branch that holds says, else ``otherwise``."""
    kept: list[Branch] = []
    for when, then in branches:
        if when == FALSE or when in (earlier for earlier, _ in kept):
            continue
        if when == TRUE:
            otherwise = then
            break
        kept.append((when, then))
    while kept and kept[-1][1] == otherwise:
        kept.pop()
    if not kept:
        return otherwise
    if otherwise == FALSE and all(then == TRUE for _, then in kept):
        return any_of(when for when, _ in kept)
    if len(kept) == 1 and otherwise == FALSE:
        return all_of(kept[0])
    written = " ".join(f"WHEN {sql(when)} THEN {sql(then)}" for when, then in kept)
    return f"(CASE {written} ELSE {sql(otherwise)} END)"


def counted(places: Iterable[int]) -> str:
    """How many of the bits are set."""
    each = [f"((b{place // 64} >> {place % 64}) & 1)" for place in sorted(places)]
    return f"({' + '.join(each)})" if each else "0"


def _sure(tests: Sequence[Test]) -> list[str]:
    """The tests, those of one bit each gathered into one comparison for each column."""
    single = [t for t in tests if isinstance(t, Held) and len(t.places) == 1]
    masks = words(place for test in single for place in test.places)
    gathered = [f"(b{word} & {_number(mask)}) = {_number(mask)}" for word, mask in masks.items()]
    return gathered + [sql(test) for test in tests if test not in single]


def _number(mask: int) -> str:
    # A bare number near 2**63 would be read as numeric.
    return f"{mask}" if 0 <= mask < 2**31 else f"'{mask}'::bigint"
