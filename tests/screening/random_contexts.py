"""Random plans: any device, depth and place, and some that cannot be used at all."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from screening.engine import Context, LastSession
from screening.engine.dates import parse_iso
from tests.screening.cases import pack

DEPTHS = [0.25, 0.5, 0.55, 0.75, 0.8, 0.9, 1.0, 1.05, 1.2, 1.25, 1.4, 1.5, 1.55, 2.0, 2.1, 2.5, 2.6]
NO_DEPTHS: list[Any] = [None, 0, -1, True, "1.0", float("nan"), float("inf"), [], {}]
NO_DATES: list[Any] = [None, "soon", "2026-02-30", 7, ["2026-06-01"], True]
NO_AREAS: list[Any] = [None, [], "cheeks", 5, {}, ["soul"], ["cheeks", "soul"]]
DAYS_TO_PLAN = [0, 0, 1, 5, 5, 14, 14, 28, 29, 30, 31, 60, 200]


def random_context(rng: random.Random, *, by_area: bool = False) -> dict[str, Any]:
    """A plan of any kind; some leave out what they may. ``by_area``: some are deeper in one area
    than in another."""
    assessed = date(2024, 1, 15) + timedelta(rng.randrange(1200))
    areas = rng.sample(pack().areas[:14], rng.choice([1, 1, 2, 3, 6]))
    if rng.random() < 0.1:
        areas.append(rng.choice(pack().areas[14:]))
    context: dict[str, Any] = {
        "assessment_date": assessed.isoformat(),
        "modality": rng.choice(pack().modalities),
        "depth_mm": rng.choice(DEPTHS),
        "areas": areas,
        "planned_date": (assessed + timedelta(rng.choice(DAYS_TO_PLAN))).isoformat(),
        "anaesthetic_planned": rng.choice([True, False, False, False, None]),
        "test_patch_ok": rng.random() < 0.3,
        "parental_consent": rng.random() < 0.1,
        "last_session": None,
        "jurisdiction": rng.choice([None, *pack().jurisdictions]),
    }
    if by_area and rng.random() < 0.3:
        context["depth_by_area"] = {
            area: rng.choice(DEPTHS) for area in rng.sample(areas, rng.randint(1, len(areas)))
        }
    if rng.random() < 0.4:
        days_before = [(assessed - timedelta(n)).isoformat() for n in (0, 27, 28, 41, 42, 60)]
        context["last_session"] = {
            "date": rng.choice([None, *days_before]),
            "modality": rng.choice([*pack().modalities, None]),
            "depth_mm": rng.choice([0.5, 1.5, None]),
        }
    return context


def spoil_context(rng: random.Random, context: dict[str, Any]) -> dict[str, Any]:
    """The same plan with a field or two that cannot be used."""
    spoilt = {
        "assessment_date": NO_DATES,
        "planned_date": NO_DATES[1:],
        "modality": [None, "LASER", 5, ["MN_PEN"], "mn_pen"],
        "depth_mm": NO_DEPTHS,
        "areas": NO_AREAS,
        "depth_by_area": ["deep", {"hands": 0.5, "legs": 9}, {"cheeks": "1"}, {"cheeks": -1}, 3],
        "last_session": ["yesterday", 4, True],
        "anaesthetic_planned": ["no", 0, []],
        "jurisdiction": ["XX", 5, ["GB"]],
        "test_patch_ok": ["yes", 1],
    }
    changed = dict(context)
    for name in rng.sample(sorted(spoilt), rng.choice([1, 1, 2, 3])):
        changed[name] = rng.choice(spoilt[name])
    if rng.random() < 0.2:
        changed["last_session"] = {
            "date": rng.choice(["2026-13-01", "2099-01-01", 7]),
            "modality": rng.choice(["LASER", 3, None]),
            "depth_mm": rng.choice(["deep", -1, None]),
        }
    return changed


def as_context(raw: Mapping[str, Any]) -> Context:
    """A context with whatever somebody put there, as no form and no command would let it."""
    fields = dict(raw)
    for name in ("assessment_date", "planned_date"):
        fields[name] = parse_iso(fields.get(name)) or fields.get(name)
    last = fields.get("last_session")
    if isinstance(last, dict):
        day = last.get("date")
        session = {**last, "date": parse_iso(day) or day}
        fields["last_session"] = LastSession(**cast("dict[str, Any]", session))
    return Context(**fields)
