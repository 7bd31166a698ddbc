"""Cases for the screening tests: a healthy adult, and what differs from that."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from screening.case_context import read_context
from screening.engine import Context, Hit, Pack, Result, evaluate
from screening.packs import latest, tables_of

VIGNETTES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vignettes.json").read_text(encoding="utf-8")
)
BASELINE_ANSWERS: dict[str, Any] = VIGNETTES["baseline_answers"]
BASELINE_CONTEXT: dict[str, Any] = VIGNETTES["baseline_context"]


@cache
def tables() -> dict[str, Any]:
    """The files of the newest pack, as plain tables."""
    return tables_of(latest().id)


BARE = ("questions", "rules", "sources", "policy", "depth_limits")


def bare_tables() -> dict[str, Any]:
    """A copy of the newest pack with no more files than it needs, whose numbers mirror nothing."""
    return without_policy({name: tables()[name] for name in BARE})


def without_policy(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the tables for rules that are no longer those that the numbers mirror."""
    changed = copy.deepcopy(dict(raw))
    for one in changed["policy"]["policy"]:
        one.pop("mirrors", None)
    return changed


def pack() -> Pack:
    return latest()


def answers_with(changes: Mapping[str, Any], *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A healthy adult's answers with some changed and some left out."""
    return {k: v for k, v in {**BASELINE_ANSWERS, **changes}.items() if k not in without}


def raw_context(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {**BASELINE_CONTEXT, **(changes or {})}


def context_with(changes: Mapping[str, Any] | None = None) -> Context:
    """The baseline plan (pen, 0.5 mm, answers 1 June 2026, planned 15 June) with changes."""
    return read_context(raw_context(changes), pack())


def screen(
    answers: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    *,
    without: tuple[str, ...] = (),
) -> Result:
    """Screen a healthy adult who differs in these answers and this context."""
    return evaluate(pack(), context_with(context), answers_with(answers or {}, without=without))


def found(result: Result) -> dict[str, tuple[str, str, date | None]]:
    """Hits by code: outcome, level, date."""
    return {hit.code: (hit.outcome, hit.level.name, hit.defer_until) for hit in result.hits}


def hit_of(result: Result, code: str) -> Hit | None:
    return next((hit for hit in result.hits if hit.code == code), None)
