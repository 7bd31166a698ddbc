"""A pack from outside that is made to hurt: refused by name in one line, in bounded time."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from screening.engine import PackError
from screening.engine.generate import generate
from screening.packs import hash_of_tables, pack_from, tables_of

BASE = tables_of("microneedling@1.0.0")
AGE = {"ctx": "age", "op": "lt", "value": 18}


def rule(tables: Any, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = tables["rules"]["rule"][number]
    return found


def first(tables: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = rule(tables)["outcome"][0]
    return found


def wait(tables: Any, **window: Any) -> None:
    outcomes = (o for r in tables["rules"]["rule"] for o in r["outcome"] if "defer" in o)
    next(o for o in outcomes if o["defer"]["basis"] == "answer")["defer"]["window"] = window


def nested(depth: int, key: str) -> Any:
    condition: Any = AGE
    for _ in range(depth):
        condition = {key: condition if key == "not" else [condition]}
    return condition


def deep(key: str) -> Callable[[Any], None]:
    return lambda t: first(t).update(when=nested(5_000, key))


def hoard(tables: Any, count: int) -> None:
    one = first(tables)
    rule(tables)["outcome"] = [{**one, "id": f"o{number}"} for number in range(count)]


NAMED = "rules.toml: rule 'age_minimum': outcome 'under_18': "
TOO_LONG = f"{NAMED}when: a condition this long or deep"
LISTED = {"any": [{"ctx": "age", "op": "lt", "value": age} for age in range(400)]}

HOSTILE: list[tuple[str, Callable[[Any], Any], str]] = [
    ("all without end", deep("all"), TOO_LONG),
    ("any without end", deep("any"), TOO_LONG),
    ("not without end", deep("not"), TOO_LONG),
    ("a condition of hundreds", lambda t: first(t).update(when=LISTED), TOO_LONG),
    ("a million outcomes", lambda t: rule(t).update(outcome=[first(t)] * 1_000_000),
     "rules.toml: rule 'age_minimum': outcome: a rule has at most 30 outcomes"),
    ("a million areas", lambda t: t["questions"]["pack"].update(areas=["neck"] * 1_000_000),
     "questions.toml: pack: areas: the pack holds more than 60000 values"),
    ("a table without end", lambda t: t["sources"].update(source=nested(3_000, "x")),
     "sources.toml: source"),
    ("a text without end", lambda t: first(t).update(message="(a+)+" * 100_000),
     f"{NAMED}message: is longer than 20000 characters"),
    ("a key without end", lambda t: first(t).update({"x" * 10_000: 1}), f"{NAMED[:-2]}: a key"),
    ("a key that is no text", lambda t: first(t).update({7: 1}), f"{NAMED[:-2]}: a key"),
    ("days without end", lambda t: wait(t, days=10**18), "window: days: is a number out of range"),
    ("months without end", lambda t: wait(t, months=10**9), "longer than a hundred years"),
    ("a day too many", lambda t: wait(t, days=36_526), "longer than a hundred years"),
    ("an age without end", lambda t: first(t).update(when={**AGE, "value": 10**400}),
     "value: is a number out of range"),
    ("an age that is no number", lambda t: first(t).update(when={**AGE, "value": float("nan")}),
     "value: is a number out of range"),
    ("an age past all numbers", lambda t: first(t).update(when={**AGE, "value": float("inf")}),
     "value: is a number out of range"),
    ("bytes", lambda t: first(t).update(message=b"x"), "message: should be a text"),
    ("a set", lambda t: first(t).update(flags={1}), "flags: should be a text"),
    ("nothing", lambda t: first(t).update(message=None), "message: should be a text"),
    ("a NUL", lambda t: first(t).update(message="a\0b"), "message: holds a control character"),
    ("half a character", lambda t: first(t).update(message="\udc80"), "holds half a character"),
    ("half a character in a key", lambda t: first(t).update({"\ud800": 1}), "holds half a"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "message"), [h[1:] for h in HOSTILE], ids=[name for name, *_ in HOSTILE]
)
def test_a_pack_that_is_made_to_hurt_is_refused_by_name(
    spoil: Callable[[Any], Any], message: str
) -> None:
    tables = copy.deepcopy(BASE)
    spoil(tables)
    started = time.perf_counter()
    with pytest.raises(PackError) as caught:
        pack_from(tables)
    assert time.perf_counter() - started < 5
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def follow_ups(count: int, times: int) -> Any:
    """Questions each shown by the answer before it, read ``times`` over."""
    tables: Any = copy.deepcopy(BASE)
    asked: list[dict[str, Any]] = []
    for number in range(count):
        asked.append({"id": f"f{number}", "text": "?", "type": "yes_no"})
        if number:
            yes = {"q": f"f{number - 1}", "op": "eq", "value": "yes"}
            asked[-1]["show_when"] = {"all": [yes] * times}
    tables["questions"]["section"].append({"id": "more", "title": "More", "question": asked})
    rule(tables)["question_ids"].append(f"f{count - 1}")
    first(tables)["when"] = {"all": [AGE, {"q": f"f{count - 1}", "op": "eq", "value": "yes"}]}
    return tables


@pytest.mark.parametrize(("count", "times"), [(1_500, 1), (60, 2)])
def test_a_long_chain_of_follow_ups_is_bearable(count: int, times: int) -> None:
    started = time.perf_counter()
    generate(pack_from(follow_ups(count, times)))
    assert time.perf_counter() - started < 20


def test_a_follow_up_that_can_never_be_asked_is_still_found() -> None:
    tables = follow_ups(3, 1)
    no = {"q": "f0", "op": "eq", "value": "no"}
    first(tables)["when"] = {"all": [first(tables)["when"], no]}
    rule(tables)["question_ids"].append("f0")
    with pytest.raises(PackError, match="its condition contradicts itself"):
        pack_from(tables)


def alternating(levels: int, seed: int) -> Any:
    """ "All" of "any" of "all" …: the more levels, the more ways to compare two of them."""
    condition: Any = {"ctx": "depth_mm", "op": "gt", "value": 2_000_000 - seed}
    for level in range(levels):
        more = [
            {"ctx": "depth_mm", "op": "gt", "value": 1_000_000 - level * 7 - part - seed * 100}
            for part in range(4)
        ]
        condition = {("all", "any")[(level + seed) % 2]: [condition, *more]}
    return condition


def test_conditions_that_are_hard_to_compare_are_compared_in_bounded_time() -> None:
    tables: Any = copy.deepcopy(BASE)
    hoard(tables, 20)
    for seed, outcome in enumerate(rule(tables)["outcome"]):
        outcome["when"] = alternating(7, seed)
    started = time.perf_counter()
    pack_from(tables)
    assert time.perf_counter() - started < 20


def test_what_is_within_the_bounds_keeps_its_hash() -> None:
    assert pack_from(BASE).sha256 == hash_of_tables(BASE)
