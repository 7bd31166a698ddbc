"""What counts as an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .days import age, told

BAD = object()  # a visible question without a valid answer
HIDDEN = object()  # a question that is not shown
OLDEST = 110  # years, by the policy of the rules: a date of birth that says more is none


def valid(
    question: dict[str, Any], raw: Any, given: dt.date, planned: dt.date | None = None
) -> Any:
    """The answer read, or BAD."""
    kind = question["type"]
    values = [o["value"] for o in question.get("options", [])]
    if kind == "yes_no":
        values = ["yes", "no", "not_sure"]
    if kind in ("yes_no", "single_choice"):
        return raw if isinstance(raw, str) and raw in values else BAD
    if kind == "multi_choice":
        good = isinstance(raw, list) and all(isinstance(v, str) and v in values for v in raw)
        if not good or len(set(raw)) != len(raw):
            return BAD
        if raw == [] and not question.get("allow_empty"):
            return BAD
        alone = [v for v in raw if v in question.get("exclusive", [])]
        return BAD if alone and len(raw) > 1 else raw
    if kind == "multi_choice_dated":
        return dated(question, raw, given)
    if kind == "date":
        ahead, birth = question.get("allow_future", False), question.get("birth_date", False)
        day = told(raw, given, ahead=ahead, exact=birth)
        on = planned or given
        old = birth and day and on != dt.date.max and age(day, on) > OLDEST
        return BAD if day is None or old else day
    return raw if isinstance(raw, str) and raw.strip(" \t\n.") else BAD


def dated(question: dict[str, Any], raw: Any, given: dt.date) -> Any:
    """Options with their dates; BAD_DATES where only those are amiss."""
    if not isinstance(raw, dict) or (raw == {} and not question.get("allow_empty")):
        return BAD
    found: dict[str, Any] = {}
    amiss = False
    for option, text in raw.items():
        listed = [o for o in question["options"] if o["value"] == option]
        if not listed:
            return BAD
        found[option] = told(text, given, ahead=False, exact=False)
        may_lack = text in (None, "") and listed[0]["date"] == "optional"
        amiss = amiss or (found[option] is None and not may_lack)
    return BadDates(found) if amiss else found


class BadDates(dict[str, Any]):
    """A dated list whose only fault is a missing or impossible date."""
