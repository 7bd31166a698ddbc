"""Whether two packs judge a submission differently, by the Python engine, on all cores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from multiprocessing.pool import Pool
from typing import Any

from benchmarks._changes import changes
from benchmarks._people import People
from screening.engine import Pack, evaluate
from screening.engine.dates import birthday
from screening.engine.program import compile_pack
from screening.packs import latest

CHUNK = 10_000
PACK = latest()
PEOPLE = People(PACK)
AGES = sorted({age for one in (PACK, *changes(PACK).values()) for age in compile_pack(one).ages})


def judged(pack: Pack, number: int) -> list[tuple[Any, ...]]:
    """What the engine says on the planned day, on that of the answers, and at each birthday yet
    to come that may bring another finding under one of the packs."""
    context, answers = PEOPLE.submission(number)
    given = context.assessment_date
    born = date.fromisoformat(answers["dob"])
    days = {context.planned_on, given, *(birthday(born=born, age=age) for age in AGES)}
    found = []
    for day in sorted(day for day in days if day >= given):
        result = evaluate(pack, replace(context, planned_date=day), answers)
        hits = {
            (h.code, h.outcome, h.level, h.defer_until, h.after_level, h.override, h.flags)
            for h in result.hits
        }
        found.append((hits, set(result.flags), result.earliest))
    return found


def wrong(changed: str, numbers: list[int], *, found: bool) -> list[int]:
    """Those of whom the engine does not say that they are judged differently, or that they are."""
    new = changes(PACK)[changed]
    return [n for n in numbers if (judged(PACK, n) != judged(new, n)) is not found]


def each(pool: Pool, look: Callable[[list[int]], list[int]], numbers: list[int]) -> list[int]:
    """What ``look`` names, of all of them by all cores."""
    parts = (numbers[n : n + CHUNK] for n in range(0, len(numbers), CHUNK))
    return [number for named in pool.imap_unordered(look, parts) for number in named]
