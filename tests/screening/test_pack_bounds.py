"""A pack from outside that is made to hurt: refused by name in one line, in bounded time."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from screening.engine import PackError, bounds
from screening.engine.conditions import AnyOf, Ask
from screening.engine.generate import generate
from screening.engine.implies import implies
from screening.packs import hash_of_tables, pack_from
from tests.screening.cases import bare_tables

BASE = bare_tables()
AGE = {"ctx": "age", "op": "lt", "value": 18}


def rule(tables: Any, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = tables["rules"]["rule"][number]
    return found


def first(tables: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = rule(tables)["outcome"][0]
    return found


def wait(tables: Any, **window: Any) -> None:
    outcomes = (o for r in tables["rules"]["rule"] for o in r["outcome"] if "defer" in o)
    waits = next(o for o in outcomes if o["defer"]["basis"] == "answer")
    waits |= {"message": "Please wait.", "defer": {**waits["defer"], "window": window}}


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
    ("an operator that is a list",
     lambda t: first(t).update(when={**AGE, "op": []}),
     "unknown operator [] for a context field"),
    ("an operator that is a table",
     lambda t: first(t).update(when={"q": "pregnant", "op": {}, "value": "yes"}),
     "unknown operator {} for a question"),
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


def boxed(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def condition(values: int) -> Any:
    """A condition of so many values, itself counted."""
    return {"when": ["x"] * (values - 1)}


AT_THE_EDGE: list[tuple[str, Any, Any]] = [
    # 3: the whole, its file and the list count as well
    ("values", {"f": {"a": [1] * (bounds.MOST_VALUES - 3)}},
     {"f": {"a": [1] * (bounds.MOST_VALUES - 2)}}),
    ("depth", {"f": boxed(bounds.MOST_DEPTH - 1)}, {"f": boxed(bounds.MOST_DEPTH)}),
    ("text", {"f": "x" * bounds.LONGEST_TEXT}, {"f": "x" * (bounds.LONGEST_TEXT + 1)}),
    ("key", {"f": {"x" * bounds.LONGEST_KEY: 1}}, {"f": {"x" * (bounds.LONGEST_KEY + 1): 1}}),
    ("empty key", {"f": {"x": 1}}, {"f": {"": 1}}),
    ("number", {"f": bounds.GREATEST_NUMBER}, {"f": bounds.GREATEST_NUMBER + 1}),
    ("number below zero", {"f": -bounds.GREATEST_NUMBER}, {"f": -bounds.GREATEST_NUMBER - 1}),
    ("condition", {"f": condition(bounds.MOST_IN_CONDITION)},
     {"f": condition(bounds.MOST_IN_CONDITION + 1)}),
    ("show_when", {"f": {"show_when": ["x"] * 199}}, {"f": {"show_when": ["x"] * 200}}),
    ("depth of a condition", {"f": {"when": boxed(bounds.MOST_DEPTH_OF_CONDITION)}},
     {"f": {"when": boxed(bounds.MOST_DEPTH_OF_CONDITION + 1)}}),
    ("depth of a condition in tables", {"f": {"when": nested(15, "not")}},
     {"f": {"when": nested(16, "not")}}),
    ("outcomes", {"f": {"outcome": [1] * bounds.MOST_OUTCOMES}},
     {"f": {"outcome": [1] * (bounds.MOST_OUTCOMES + 1)}}),
    ("characters", {"f": "a\tb\nc\rd é\u202f😀\x7f"}, {"f": "a\x1fb"}),
    ("last character before half ones", {"f": "\ud7ff"}, {"f": "\ud800"}),
    ("first character after half ones", {"f": "\ue000"}, {"f": "\udfff"}),
    ("truth", {"f": [True, False, 1, 1.5]}, {"f": None}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("within", "beyond"), [e[1:] for e in AT_THE_EDGE], ids=[name for name, *_ in AT_THE_EDGE]
)
def test_each_bound_lies_where_it_says(within: Any, beyond: Any) -> None:
    bounds.check_bounds(within)
    with pytest.raises(PackError):
        bounds.check_bounds(beyond)


@pytest.mark.parametrize("window", [{"days": 36_525}, {"months": 1_200}])
def test_a_hundred_years_are_the_longest_wait(window: dict[str, int]) -> None:
    tables = copy.deepcopy(BASE)
    wait(tables, **window)
    pack_from(tables)
    wait(tables, **{unit: number + 1 for unit, number in window.items()})
    with pytest.raises(PackError, match="should not be longer than a hundred years"):
        pack_from(tables)


def test_a_proof_is_given_up_at_its_last_step() -> None:
    """A condition of n parts follows from itself with another order of parts in n steps or more."""
    parts = tuple(Ask(question="q", op="eq", values=frozenset({str(n)})) for n in range(600))
    longer = AnyOf(parts=(*parts, Ask(question="q", op="eq", values=frozenset({"no"}))))
    assert implies(parts[0], longer)
    assert implies(AnyOf(parts=parts[:20]), longer)
    assert not implies(AnyOf(parts=parts), longer)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({7: {}}, ": a key should be a text of 1 to 200 characters"),
        (
            {"rules": {"rule": [{"code": "c" * 61, "ti\x00tle": ""}]}},
            f"rules.toml: rule '{'c' * 60}': holds a control character",
        ),
        (
            {"questions": {"options": [{"value": "v", "label": "\x01"}]}},
            "questions.toml: options 'v': label: holds a control character",
        ),
    ],
)
def test_the_place_is_named(tables: Any, said: str) -> None:
    with pytest.raises(PackError) as error:
        bounds.check_bounds(tables)
    assert str(error.value) == said
