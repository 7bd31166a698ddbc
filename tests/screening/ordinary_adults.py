"""300 ordinary adults, the same every time, built from the shares in `ordinary_adults.toml`.

They show whether the rules leave practitioners with more reviews than anybody can read.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from screening.case_context import read_context
from screening.engine import Level, Result, evaluate
from tests.screening.cases import BASELINE_ANSWERS, pack, raw_context

SHARES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
ADULTS: int = SHARES["adults"]
GIVEN = date(2026, 6, 1)
FACE = ["cheeks", "forehead"]
PLANS: Mapping[str, dict[str, Any]] = {
    "pen 0.5 face": {"modality": "MN_PEN", "depth_mm": 0.5, "areas": FACE},
    "pen 0.5 neck": {"modality": "MN_PEN", "depth_mm": 0.5, "areas": ["neck"]},
    "pen 1.0 face": {"modality": "MN_PEN", "depth_mm": 1.0, "areas": FACE},
    "pen 1.5 face": {"modality": "MN_PEN", "depth_mm": 1.5, "areas": FACE},
    "roller 0.5 face": {"modality": "MN_ROLLER", "depth_mm": 0.5, "areas": FACE},
    "RF 1.0 cheeks": {"modality": "RF_MN", "depth_mm": 1.0, "areas": ["cheeks"]},
}
"""As the list of changes of revision 2.1 has them."""

_K = TypeVar("_K")
Answers = dict[str, Any]
Reason = tuple[str, str]
"""Code and outcome of a finding."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Per cent of clients at each level; and with each REVIEW, and with no other."""

    levels: Mapping[Level, float]
    reviews: Mapping[Reason, float]
    alone: Mapping[Reason, float]


def adults(*, typed: bool = False, smooth: bool = False) -> list[Answers]:
    """What each of them answers. `typed`: who has no box to tick writes everyday medicines down;
    `smooth`: nobody has what the list of changes leaves out of its last two lines."""
    people = [dict(BASELINE_ANSWERS, dob=_born(_evenly(n))) for n in range(ADULTS)]
    rows = sorted(SHARES["said"], key=lambda row: str(row["group"]))
    for group, said in groupby(rows, key=lambda row: str(row["group"])):
        order = random.Random(group).sample(range(ADULTS), ADULTS)
        for row in said:
            count = round(ADULTS * row["percent"] / 100)
            chosen, order = order[:count], order[count:]
            for number in chosen if not (smooth and row.get("skin")) else ():
                people[number] |= _told(row, typed=typed)
    return people


def _evenly(number: int) -> int:
    youngest, oldest = SHARES["ages"]["from"], SHARES["ages"]["to"]
    return int(youngest + number % (oldest - youngest + 1))


def _born(age: int) -> str:
    return date(GIVEN.year - age, 2, 3).isoformat()


def _told(row: Mapping[str, Any], *, typed: bool) -> Answers:
    told: Answers = dict(row.get("answers", {}))
    if typed and "typed" in row:
        told = {"other_medicines": row["typed"]}
    if "born" in row:
        told["dob"] = _born(row["born"])
    for name, days in row.get("dates", {}).items():
        question, _, option = name.partition(".")
        day = (GIVEN - timedelta(days)).isoformat()
        told[question] = {option: day} if option else day
    return told


@cache
def results(plan: str, *, typed: bool = False, smooth: bool = False) -> tuple[Result, ...]:
    """What is found of each of them for a plan two weeks after the answers."""
    context = read_context(raw_context({**PLANS[plan], "test_patch_ok": False}), pack())
    return tuple(
        evaluate(pack(), context, answers) for answers in adults(typed=typed, smooth=smooth)
    )


def shares_of(found: Iterable[Result]) -> Shares:
    """How many of each hundred come to what, and why somebody has to look."""
    every = list(found)
    reviewed = [{_reason(hit) for hit in one.hits if hit.level is Level.REVIEW} for one in every]
    lone = [next(iter(why)) for one, why in zip(every, reviewed, strict=True) if _alone(one, why)]
    return Shares(
        levels=_percent(Counter(one.level for one in every), len(every)),
        reviews=_percent(Counter(reason for why in reviewed for reason in why), len(every)),
        alone=_percent(Counter(lone), len(every)),
    )


def _reason(hit: Any) -> Reason:
    return hit.code, hit.outcome


def _alone(result: Result, why: set[Reason]) -> bool:
    return result.level is Level.REVIEW and len(why) == 1


def _percent(counted: Counter[_K], of: int) -> dict[_K, float]:
    return {key: 100 * number / of for key, number in counted.most_common()}
