"""Every answer read, parents before follow-ups."""

from __future__ import annotations

from typing import Any

from .answers import BAD, HIDDEN, BadDates, valid
from .conditions import truth
from .texts import says_something


def read(case: dict[str, Any], lexicon: dict[str, Any]) -> list[str]:
    """Fill in the answers; what is missing, in the order of asking."""
    missing = []
    waiting = list(case["asked"].values())
    while waiting:
        # Follow-ups come after their questions, wherever they stand.
        question = waiting.pop(0)
        needed = [question[key] for key in ("show_when", "needs_text_when") if key in question]
        if any(name not in case["answers"] for name in named(needed)):
            waiting.append(question)
            continue
        name = question["id"]
        shown = "show_when" not in question or truth(question["show_when"], case, three=False)
        if not shown:
            case["answers"][name] = HIDDEN
            continue
        answer = valid(question, case["raw"].get(name), case["given"], case["planned_date"])
        if isinstance(answer, str) and question["type"] == "text" and "needs_text_when" in question:
            silent = not says_something(answer, lexicon.get("everyday"))
            if silent and truth(question["needs_text_when"], case, three=False):
                answer = BAD
        if answer is BAD or isinstance(answer, BadDates):
            missing.append(name)
        case["answers"][name] = answer
    order = list(case["asked"])
    return sorted(missing, key=order.index)


def named(when: Any) -> list[str]:
    """The questions that a condition, or a list of them, names."""
    if isinstance(when, list):
        return [name for part in when for name in named(part)]
    if not isinstance(when, dict):
        return []
    own = [when["q"]] if "q" in when else []
    return own + [name for part in when.values() for name in named(part)]
