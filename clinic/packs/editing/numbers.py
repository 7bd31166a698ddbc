"""A number of the policy and the rules that hold the same one: changed together, never one alone.

`mirrors` of a policy number names those places as `rules/<code>/<outcome>/<what>`: see
`screening.engine.policy`. A place in texts is not changed here.
"""

import copy
from collections.abc import Iterator
from typing import Any

from clinic.packs.editing.names import Tables, entries, rules_in, text, texts
from clinic.packs.editing.reads import leaves
from clinic.packs.editing.replace import NewTables

FIELDS = {
    "age": ("age",),
    "answers_age_days": ("answers_age_days",),
    "depth": ("depth_mm", "last_session.depth_mm"),
}
PLACE = "rules/"


def together(before: Tables, after: Tables) -> NewTables:
    """`after`, in which all that mirrors a number follows whichever of them was changed."""
    whole: NewTables = copy.deepcopy({name: dict(table) for name, table in after.items()})
    old = {text(one, "id"): one for one in entries(before.get("policy", {}), "policy")}
    for policy in entries(whole.get("policy", {}), "policy"):
        was = old.get(text(policy, "id"))
        if was is not None and isinstance(policy, dict):
            _follow(whole, policy, was.get("value"))
    return whole


def _follow(whole: NewTables, policy: dict[str, Any], was: object) -> None:
    places = [one for one in texts(policy, "mirrors") if one.startswith(PLACE)]
    found = {place: list(_numbers(whole, place)) for place in places}
    kept = [one for one in texts(policy, "mirrors") if found.get(one, True)]
    if kept != list(texts(policy, "mirrors")):
        policy["mirrors"] = kept
    held = [(holder[key]) for numbers in found.values() for holder, key in numbers]
    changed = [one for one in (policy.get("value"), *held) if one != was]
    if not changed:
        return
    policy["value"] = changed[0]
    for numbers in found.values():
        for holder, key in numbers:
            holder[key] = changed[0]


def _numbers(whole: NewTables, place: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each place that holds the number: a table, and the key in it."""
    _, code, name, what = place.split("/")
    rule = next((one for one in rules_in(whole) if one.get("code") == code), {})
    outcome = next((one for one in entries(rule, "outcome") if one.get("id") == name), {})
    if what == "areas" or what in FIELDS:
        for leaf in leaves(outcome.get("when")):
            counts = what == "areas" and leaf.get("op") == "count_in_gte"
            reads = leaf.get("ctx") in FIELDS.get(what, ()) and leaf.get("op") != "exists"
            if (counts or reads) and isinstance(leaf, dict):
                yield leaf, "value"
        return
    wait = outcome.get("defer")
    if isinstance(wait, dict):
        by_option = wait.get("window_by_option")
        window = wait.get("window")
        if isinstance(by_option, dict) and isinstance(by_option.get(what), dict):
            for unit in by_option[what]:
                yield by_option[what], unit
        elif isinstance(window, dict) and what in window:
            yield window, what
