"""Conditions, in two values for rules and in three for combinations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .answers import BAD, HIDDEN

RANK = ["CLEAR", "ADVISE", "REVIEW", "DEFER", "CONTRAINDICATED"]


def truth(when: dict[str, Any], case: dict[str, Any], *, three: bool) -> bool | None:
    """A condition in two values (rules: false for what is not known), or in three."""
    if "all" in when:
        parts = [truth(part, case, three=three) for part in when["all"]]
        return False if False in parts else None if None in parts else True
    if "any" in when:
        parts = [truth(part, case, three=three) for part in when["any"]]
        return True if True in parts else None if None in parts else False
    if "not" in when:
        part = truth(when["not"], case, three=three)
        return None if part is None else not part
    if "hit" in when:
        return has_hit(when["hit"], when["min_level"], case)
    if "count_hit_groups" in when:
        ask = when["count_hit_groups"]
        hit = [any(has_hit(c, ask["min_level"], case) for c in group) for group in ask["groups"]]
        return hit.count(True) >= int(ask["min"])
    if "depth" in when:
        return too_deep(when["depth"], case)
    if "q" in when:
        return in_three(when, case) if three else in_two(when, case)
    return plan_truth(when, case["plan"])


def has_hit(code: str, least: str, case: dict[str, Any]) -> bool:
    return any(hit[0] == code and RANK.index(hit[2]) >= RANK.index(least) for hit in case["hits"])


def too_deep(ask: dict[str, str], case: dict[str, Any]) -> bool:
    plan = case["plan"]
    groups = {"MN": ["MN_PEN", "MN_ROLLER"], "RF": ["RF_MN"]}
    if plan["modality"] not in groups[ask["modality"]] or not plan["areas"]:
        return False
    for area in plan["areas"]:
        rows = [
            r for r in case["limits"] if r["modality"] == ask["modality"] and area in r["areas"]
        ]
        line = rows[0].get(ask["line"]) if rows else 0 if ask["line"] == "stop_above_mm" else None
        depth = plan["depth_of"][area]
        if line is not None and depth is not None and depth > line:
            return True
    return False


def in_two(when: dict[str, Any], case: dict[str, Any]) -> bool:
    """What was said; what is missing is false."""
    question = case["asked"][when["q"]]
    answer = case["answers"][when["q"]]
    if answer is HIDDEN:
        return False
    if answer is BAD:
        # Unknown options make a list invalid, but the list is still read by the rules.
        raw = case["raw"].get(when["q"])
        if question["type"] == "multi_choice" and isinstance(raw, list):
            answer = [one for one in raw if isinstance(one, str)]
        elif question["type"] == "multi_choice_dated" and isinstance(raw, dict):
            answer = raw
        else:
            answer = BAD
    if case["everyday"] == when["q"] and answer is BAD and case["ticks"]:
        answer = []
    if answer is BAD:
        return False
    if case["everyday"] == when["q"] and isinstance(answer, list):
        answer = [*answer, *(one for one in sorted(case["ticks"]) if one not in answer)]
    return atom(when, answer, case)


def in_three(when: dict[str, Any], case: dict[str, Any]) -> bool | None:
    """The same where "not sure" and what is missing are unknown."""
    question = case["asked"][when["q"]]
    answer = case["answers"][when["q"]]
    if answer is HIDDEN:
        shown = truth(question["show_when"], case, three=True)
        return None if shown is None else False
    if answer is BAD:
        return None
    if answer == "not_sure" and question["type"] in ("yes_no", "single_choice"):
        wanted = when["value"] if isinstance(when["value"], list) else [when["value"]]
        return True if "not_sure" in wanted else None
    return atom(when, answer, case)


def atom(when: dict[str, Any], answer: Any, case: dict[str, Any]) -> bool:
    op = when["op"]
    value: Any = when.get("value")
    if op == "eq":
        return bool(answer == value)
    if op == "in":
        return answer in value
    if op == "contains_any":
        return any(option in value for option in answer)
    if op == "not_empty":
        return len(answer) > 0
    if op == "count_gte":
        return len({o for o in answer if o not in when.get("exclude", [])}) >= int(value)
    if op == "text_present":
        return when["q"] in case["said"]
    if op == "text_needs_reader":
        return when["q"] in case["unread"]
    if op == "before_ctx":
        return isinstance(answer, dt.date) and answer < case[value]
    raise AssertionError(op)


def plan_truth(when: dict[str, Any], plan: dict[str, Any]) -> bool:
    op, value = when["op"], when["value"]
    found = plan[when["ctx"]]
    if op == "exists":
        return (found is not None) is bool(value)
    if found is None:
        return False
    if op == "eq":
        return bool(found == value)
    if op == "in":
        return found in value
    if op == "intersects":
        return any(area in value for area in found)
    if op == "count_in_gte":
        return len({area for area in found if area in when["among"]}) >= int(value)
    return bool(
        {"lt": found < value, "lte": found <= value, "gt": found > value, "gte": found >= value}[op]
    )
