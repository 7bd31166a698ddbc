"""A second evaluator, written straight from the rules' stated semantics and from nothing else.

It reads the files of the pack as plain tables, shares no code with the engine, is as naive as
can be, and tries every day one by one where the engine computes. The two must always agree.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from .answers import BAD, valid
from .conditions import RANK, truth
from .days import after, age, iso
from .judging import judge_combination, judge_rule, who_may
from .plan import plan_of
from .reading import read
from .texts import read_texts

__all__ = ["BAD", "after", "age", "earliest", "run", "valid"]


def run(
    tables: dict[str, Any],
    context: dict[str, Any],
    answers: dict[str, Any],
    *,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Judge one case for its planned date. ``confirmed``: the answers' own age says nothing."""
    invalid: set[str] = set()
    plan = plan_of(tables, context, invalid)
    asked = {q["id"]: q for s in tables["questions"]["section"] for q in s["question"]}
    lexicon = tables.get("lexicon", {})
    case: dict[str, Any] = {
        "asked": asked,
        "raw": answers,
        "answers": {},
        "plan": plan,
        "limits": tables["depth_limits"]["limit"],
        "given": plan["assessed"] or dt.date.max,
        "assessment_date": plan["assessed"],
        "planned_date": plan["planned"],
        "hits": [],
        "everyday": None,
        "ticks": set(),
    }
    missing = read(case, lexicon)
    if plan["planned"] is None:
        return {**EMPTY, "missing": set(missing), "invalid_context": sorted(invalid)}
    read_texts(case, lexicon)
    born = case["answers"]["dob"]
    plan["age"] = age(born, plan["planned"]) if isinstance(born, dt.date) else None
    plan["answers_age_days"] = 0 if confirmed else (plan["planned"] - plan["assessed"]).days
    flags: set[str] = set()
    may: dict[str, str | None] = {}
    for kind, judged in (("rule", judge_rule), ("combination", judge_combination)):
        found = []
        for rule in tables["rules"][kind]:
            hit = judged(rule, case)
            if hit:
                found.append(hit)
                flags |= set(hit[4])
                may[f"{hit[0]}.{hit[1]}"] = who_may(rule, hit, case)
            for entry in rule.get("flag_when", []):
                if truth(entry["when"], case, three=False):
                    flags |= set(entry["flags"])
        case["hits"] += found
    law = laws(tables, context.get("jurisdiction"), case)
    ranks = [RANK.index(hit[2]) for hit in case["hits"]] + [0]
    ranks += [2] if missing or invalid else []
    return {
        "complete": not missing and not invalid,
        "missing": set(missing),
        "invalid_context": sorted(invalid),
        "level": RANK[max(ranks)],
        "hits": {hit[:4] for hit in case["hits"]},
        "may": may,
        "flags": flags | {f"law:{name}" for name, _ in law},
        "law": law,
        "defer_until": max((hit[3] for hit in case["hits"] if hit[3]), default=None),
    }


EMPTY: dict[str, Any] = {
    "complete": False,
    "level": "REVIEW",
    "hits": set(),
    "may": {},
    "flags": set(),
    "law": [],
    "defer_until": None,
}


def laws(tables: dict[str, Any], place: Any, case: dict[str, Any]) -> list[tuple[str, bool]]:
    """What the law of a place and of the places it belongs to says, and whether it binds."""
    known = {one["id"]: one for one in tables["jurisdictions"]["jurisdiction"]}
    found: list[tuple[str, bool]] = []
    while isinstance(place, str) and place in known:
        own = []
        for law in known[place].get("law", []):
            if "applies_when" in law and not truth(law["applies_when"], case, three=False):
                continue
            begun = "effective_from" in law and iso(law["effective_from"]) <= case["planned_date"]
            own.append((law["id"], begun and law["status"] in ("in_force", "enacted")))
        found = own + found
        place = known[place].get("parent")
    return found


def earliest(
    tables: dict[str, Any], context: dict[str, Any], answers: dict[str, Any], days: int
) -> dt.date | None:
    """The first day with nothing above ADVISE, by trying ``days`` days one after the other."""
    day = dt.date.fromisoformat(context["assessment_date"])
    for _ in range(days):
        then = {**context, "planned_date": day.isoformat()}
        again = run(tables, then, answers, confirmed=True)
        if again["complete"] and again["level"] in ("CLEAR", "ADVISE"):
            return day
        day += dt.timedelta(1)
    return None
