"""Rules and combinations, outcome by outcome."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .answers import BAD
from .conditions import RANK, truth
from .days import after, told


def wait_end(defer: dict[str, Any], case: dict[str, Any]) -> Any:
    """A date; (BAD, the latest date that is known) where one is missing; None for no wait."""
    if defer["basis"] == "assessment_date":
        return after(case["assessment_date"], defer["window"])
    if defer["basis"] == "option_dates":
        ticked = case["answers"][defer["question"]]
        if ticked is BAD:
            raw = case["raw"].get(defer["question"])
            ticked = {} if not isinstance(raw, dict) else raw
            ticked = {
                o: told(d, case["given"], ahead=False, exact=False) for o, d in ticked.items()
            }
        waits = [(ticked[o], w) for o, w in defer["window_by_option"].items() if o in ticked]
        ends = [after(day, window) for day, window in waits if day is not None]
        if len(ends) < len(waits):
            return BAD, max(ends, default=None)
        return max(ends, default=None)
    if defer["basis"] == "answer":
        basis = case["answers"][defer["question"]]
    else:
        basis = case["plan"][defer["field"]]
    return after(basis, defer["window"]) if isinstance(basis, dt.date) else (BAD, None)


Hit = tuple[str, str, str, dt.date | None, list[str]]


def taken(code: str, outcome: dict[str, Any], case: dict[str, Any]) -> tuple[bool, Hit | None]:
    """Whether an outcome that holds counts, and the hit that it is on the planned date."""
    name, flags = outcome["id"], outcome.get("flags", [])
    if outcome["level"] != "DEFER":
        return True, (code, name, outcome["level"], None, flags)
    end = wait_end(outcome["defer"], case)
    if end is None:
        return False, None
    if isinstance(end, tuple):
        known = end[1]
        if known is not None and case["planned_date"] < known:
            return True, (code, name, "DEFER", known, flags)
        return True, (code, name, "REVIEW", None, flags)
    if case["planned_date"] < end:
        return True, (code, name, "DEFER", end, flags)
    later = outcome["after_window_level"]
    return True, None if later == "CLEAR" else (code, name, later, None, flags)


def judge_rule(rule: dict[str, Any], case: dict[str, Any]) -> Hit | None:
    for outcome in rule["outcome"]:
        if truth(outcome["when"], case, three=False):
            matched, hit = taken(rule["code"], outcome, case)
            if matched:
                return hit
    if any(case["answers"][q] == "not_sure" for q in rule["question_ids"]):
        return (rule["code"], "unsure", rule["unsure_level"], None, [])
    return None


def judge_combination(rule: dict[str, Any], case: dict[str, Any]) -> Hit | None:
    doubt: Hit | None = None
    for outcome in rule["outcome"]:
        holds = truth(outcome["when"], case, three=True)
        if holds is None and doubt is None:
            doubt = (rule["code"], "unsure", "REVIEW", None, outcome.get("flags", []))
        if holds:
            matched, hit = taken(rule["code"], outcome, case)
            if matched:
                low = hit is None or RANK.index(hit[2]) < RANK.index("REVIEW")
                return doubt if doubt and low else hit
    return doubt


def who_may(rule: dict[str, Any], hit: Hit, case: dict[str, Any]) -> str | None:
    """Who may decide on a hit."""
    if hit[1] != "unsure":
        own: str | None = next(o["override"] for o in rule["outcome"] if o["id"] == hit[1]).get(
            "by"
        )
        return own
    for entry in rule.get("unsure_override", []):
        if "when" not in entry or truth(entry["when"], case, three=False):
            by: str | None = entry.get("by")
            return by
    return None
