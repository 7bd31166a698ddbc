"""A second evaluator, written straight from the rules' stated semantics and from nothing else.

It reads the files of the pack as plain tables, shares no code with the engine, is as naive as
can be, and tries every day one by one where the engine computes. The two must always agree.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from typing import Any

RANK = ["CLEAR", "ADVISE", "REVIEW", "DEFER", "CONTRAINDICATED"]
BAD = object()  # a visible question without a valid answer
HIDDEN = object()  # a question that is not shown


def iso(text: Any) -> dt.date | None:
    if not isinstance(text, str) or not re.match(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", text):
        return None
    year, month, day = map(int, text.split("-"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus(day: dt.date, window: dict[str, int]) -> dt.date:
    if "days" in window:
        return day + dt.timedelta(window["days"])
    for _ in range(window["months"]):
        # One month at a time, remembering the day that was asked for.
        first_of_next = (day.replace(day=1) + dt.timedelta(32)).replace(day=1)
        day = first_of_next
    return day


def after(basis: dt.date, window: dict[str, int]) -> dt.date:
    if "days" in window:
        return plus(basis, window)
    month = plus(basis.replace(day=1), window)
    last = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(basis.day, last))


def age(born: dt.date, on: dt.date) -> int:
    years = 0
    while (born.year + years + 1, born.month, born.day) <= (on.year, on.month, on.day):
        years += 1
    return years


def told(text: Any, given: dt.date, *, ahead: bool, exact: bool) -> dt.date | None:
    """The latest day that is meant: every day is written down, and the last that may be is taken.

    ``ahead``: the question asks about the future. ``exact``: only a whole date is an answer.
    """
    day = iso(text)
    if day is not None:
        return day if ahead or day <= given else None
    meant = days_meant(text) if isinstance(text, str) and not exact else []
    if not ahead:
        meant = [one for one in meant if one <= given]
    if not meant or age(meant[-1], given) > 120:
        return None
    return meant[-1]


@functools.cache
def days_meant(text: str) -> list[dt.date]:
    """Every day of a month, of a year, or from one day to another; none where it is nonsense."""
    if not text.isascii():
        return []
    first, last = iso(text[:10]), iso(text[11:])
    if len(text) == 21 and text[10] == "/" and first and last:
        if first > last or age(first, last) > 120:
            return []
        return [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    if len(text) not in (4, 7) or not text[:4].isdigit() or text[:4] == "0000":
        return []
    months = list(range(1, 13))
    if len(text) == 7:
        if text[4] != "-" or text[5:] not in [f"{month:02}" for month in months]:
            return []
        months = [int(text[5:])]
    return [
        dt.date(int(text[:4]), month, day)
        for month in months
        for day in range(1, calendar.monthrange(int(text[:4]), month)[1] + 1)
    ]


def valid(question: dict[str, Any], raw: Any, given: dt.date) -> Any:
    """The answer read, or BAD."""
    kind = question["type"]
    values = [o["value"] for o in question.get("options", [])]
    if kind == "yes_no":
        values = ["yes", "no", "not_sure"]
    if kind in ("yes_no", "single_choice"):
        return raw if isinstance(raw, str) and raw in values else BAD
    if kind == "multi_choice":
        good = isinstance(raw, list) and all(isinstance(v, str) and v in values for v in raw)
        return raw if good and len(set(raw)) == len(raw) else BAD
    if kind == "multi_choice_dated":
        return dated(question, raw, given)
    if kind == "date":
        ahead, birth = question["id"] == "planned_sun_end", question["id"] == "dob"
        day = told(raw, given, ahead=ahead, exact=birth)
        return BAD if day is None or (birth and age(day, given) > 120) else day
    return raw if isinstance(raw, str) and raw.strip(" \t\n.") else BAD


def dated(question: dict[str, Any], raw: Any, given: dt.date) -> Any:
    if not isinstance(raw, dict):
        return BAD
    found: dict[str, Any] = {}
    for option, text in raw.items():
        listed = [o for o in question["options"] if o["value"] == option]
        if not listed:
            return BAD
        day = told(text, given, ahead=False, exact=False)
        if text in (None, "") and listed[0]["date"] == "optional":
            found[option] = None
        elif day is None:
            return BAD
        else:
            found[option] = day
    return found


def truth(when: dict[str, Any], case: dict[str, Any]) -> bool | None:
    if "all" in when:
        parts = [truth(part, case) for part in when["all"]]
        return False if False in parts else None if None in parts else True
    if "any" in when:
        parts = [truth(part, case) for part in when["any"]]
        return True if True in parts else None if None in parts else False
    if "not" in when:
        part = truth(when["not"], case)
        return None if part is None else not part
    if "hit" in when:
        return hit_truth(when["hit"], when["min_level"], case)
    if "count_hit_groups" in when:
        return group_truth(when["count_hit_groups"], case)
    if "q" in when:
        return answer_truth(when, case["answers"][when["q"]])
    return plan_truth(when, case["plan"][when["ctx"]])


def hit_truth(code: str, least: str, case: dict[str, Any]) -> bool | None:
    for hit in case["hits"]:
        if hit[0] == code and RANK.index(hit[2]) >= RANK.index(least):
            return True
    return None if code in case["undecided"] else False


def group_truth(ask: dict[str, Any], case: dict[str, Any]) -> bool | None:
    truths = []
    for group in ask["groups"]:
        each = [hit_truth(code, ask["min_level"], case) for code in group]
        truths.append(True if True in each else None if None in each else False)
    if truths.count(True) >= ask["min"]:
        return True
    return None if truths.count(True) + truths.count(None) >= ask["min"] else False


def answer_truth(when: dict[str, Any], answer: Any) -> bool | None:
    if answer is BAD:
        return None
    if answer is HIDDEN:
        return False
    op = when["op"]
    value: Any = when.get("value")
    if op == "eq":
        return bool(answer == value)
    if op == "in":
        return bool(answer in value)
    if op == "contains_any":
        return any(option in value for option in answer)
    if op == "not_empty":
        return len(answer) > 0
    if op == "count_gte":
        return len([o for o in answer if o not in when.get("exclude", [])]) >= int(value)
    if op == "text_present":
        said = answer.strip().lower()
        while said.endswith((".", " ")):
            said = said[:-1]
        return said not in ("none", "no", "nothing", "n/a")
    raise AssertionError(op)


def plan_truth(when: dict[str, Any], found: Any) -> bool | None:
    op, value = when["op"], when["value"]
    if found is BAD:
        return None
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
    return bool({"lt": found < value, "gt": found > value, "gte": found >= value}[op])


def wait_end(defer: dict[str, Any], case: dict[str, Any]) -> Any:
    if defer["basis"] == "assessment_date":
        return after(case["assessment"], defer["window"])
    if defer["basis"] == "option_dates":
        ticked = case["answers"][defer["question"]]
        if ticked is BAD or ticked is HIDDEN:
            return BAD
        waits = [(ticked[o], w) for o, w in defer["window_by_option"].items() if o in ticked]
        if any(day is None for day, _ in waits):
            return BAD
        # Where nothing ticked has a wait, the wait is over.
        return max((after(day, window) for day, window in waits), default=dt.date.min)
    if defer["basis"] == "answer":
        basis = case["answers"][defer["question"]]
    else:
        basis = case["plan"][defer["field"]]
    return after(basis, defer["window"]) if isinstance(basis, dt.date) else BAD


def judge_rule(rule: dict[str, Any], case: dict[str, Any]) -> tuple[Any, ...] | None:
    matched = False
    for outcome in rule["outcome"]:
        holds = truth(outcome["when"], case)
        if holds is None:
            case["undecided"].add(rule["code"])
        if not holds:
            continue
        matched = True
        flags = outcome.get("flags", [])
        if outcome["level"] != "DEFER":
            return (rule["code"], outcome["id"], outcome["level"], None, flags)
        end = wait_end(outcome["defer"], case)
        if end is BAD:
            case["undecided"].add(rule["code"])
            return None
        if case["planned"] < end:
            return (rule["code"], outcome["id"], "DEFER", end, flags)
        later = outcome["after_window_level"]
        return None if later == "CLEAR" else (rule["code"], outcome["id"], later, None, flags)
    unsure = any(case["answers"][q] == "not_sure" for q in rule.get("question_ids", []))
    if not matched and unsure:
        return (rule["code"], "unsure", rule["unsure_level"], None, [])
    return None


def plan_of(context: dict[str, Any]) -> dict[str, Any]:
    def known(value: Any) -> Any:
        return BAD if value is None else value

    plan = {k: known(context.get(k)) for k in ("modality", "depth_mm", "anaesthetic_planned")}
    plan["areas"] = context.get("areas") or BAD
    plan["test_patch_ok"] = context.get("test_patch_ok", False)
    plan["parental_consent"] = context.get("parental_consent", False)
    last = context.get("last_session")
    for field in ("date", "modality", "depth_mm"):
        value = None if last is None else known(last.get(field))
        plan[f"last_session.{field}"] = (
            iso(value) if isinstance(value, str) and field == "date" else value
        )
    return plan


def read(
    tables: dict[str, Any], answers: dict[str, Any], given: dt.date
) -> tuple[dict[str, Any], list[str]]:
    asked = [q for s in tables["questions"]["section"] for q in s["question"]]
    found: dict[str, Any] = {}
    missing = []
    for question in asked:
        shown: bool | None = True
        if "show_when" in question:
            shown = truth(question["show_when"], {"answers": found})
        if shown is False:
            found[question["id"]] = HIDDEN
        elif shown is None:
            found[question["id"]] = BAD
        else:
            found[question["id"]] = valid(question, answers.get(question["id"]), given)
            if found[question["id"]] is BAD:
                missing.append(question["id"])
    return found, missing


def run(tables: dict[str, Any], context: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Judge one case for its planned date."""
    assessment = dt.date.fromisoformat(context["assessment_date"])
    planned = dt.date.fromisoformat(context.get("planned_date") or context["assessment_date"])
    found, missing = read(tables, answers, assessment)
    plan = plan_of(context)
    missing += [f"context.{name}" for name, value in plan.items() if value is BAD]
    plan["age"] = age(found["dob"], planned) if isinstance(found["dob"], dt.date) else BAD
    case: dict[str, Any] = {
        "answers": found,
        "plan": plan,
        "assessment": assessment,
        "planned": planned,
        "hits": [],
        "undecided": set(),
    }
    flags: set[str] = set()
    for rule in tables["rules"]["rule"] + tables["rules"]["combination"]:
        hit = judge_rule(rule, case)
        if hit:
            case["hits"].append(hit)
            flags |= set(hit[4])
        for entry in rule.get("flag_when", []):
            if truth(entry["when"], case):
                flags |= set(entry["flags"])
    ranks = [RANK.index(hit[2]) for hit in case["hits"]] + [0]
    ranks += [2] if missing or case["undecided"] else []
    return {
        "complete": not missing and not case["undecided"],
        "missing": set(missing),
        "undecided": case["undecided"],
        "level": RANK[max(ranks)],
        "hits": {hit[:4] for hit in case["hits"]},
        "flags": flags,
        "defer_until": max((hit[3] for hit in case["hits"] if hit[3]), default=None),
    }


def earliest(
    tables: dict[str, Any], context: dict[str, Any], answers: dict[str, Any], days: int
) -> dt.date | None:
    """The first day with nothing above ADVISE, by trying ``days`` days one after the other."""
    day = dt.date.fromisoformat(context["assessment_date"])
    for _ in range(days):
        again = run(tables, {**context, "planned_date": day.isoformat()}, answers)
        if again["complete"] and again["level"] in ("CLEAR", "ADVISE"):
            return day
        day += dt.timedelta(1)
    return None
