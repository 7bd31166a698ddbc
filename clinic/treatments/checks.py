"""What cannot be right in a record, and so keeps it unsigned. Pure: values in, problems out.

What was really done otherwise than cleared is no problem but a deviation (`deviations.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic.treatments.values import AreaDone, Done, Limits, Numbing

OVER_THE_COUNTER_PERCENT = Decimal(4)
"""Most lidocaine in a cream sold over the counter (`content.json`, clinic_side; R44, R46)."""
MOST_PASSES = 20
MOST_ZONES = 8
LONGEST_ZONE = 200


class Problem(StrEnum):
    """Why it cannot be signed. `wording.PROBLEMS` has the sentence for each."""

    NO_AREA = "NO_AREA"
    TWICE = "TWICE"
    NO_DEPTH = "NO_DEPTH"
    PASSES = "PASSES"
    NUMBING_AMOUNT = "NUMBING_AMOUNT"
    ZONES_MISSING = "ZONES_MISSING"
    ZONES_TOO_MANY = "ZONES_TOO_MANY"
    FINISHED_BEFORE_START = "FINISHED_BEFORE_START"
    FINISHED_IN_FUTURE = "FINISHED_IN_FUTURE"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One problem, and the form field that it belongs beside ("" for the whole record)."""

    field: str
    problem: Problem


def problems(done: Done, limits: Limits) -> list[Found]:
    """Everything that keeps `done` from being signed under `limits`; empty when nothing does."""
    return [
        *_areas(done.areas),
        *_numbing(done.numbing),
        *_zones(done, limits),
        *_times(done, limits),
    ]


def stronger_than_over_the_counter(strength_percent: Decimal) -> bool:
    """Whether the cream is one that only a prescriber may supply: said, not refused."""
    return strength_percent > OVER_THE_COUNTER_PERCENT


def zones(text: str) -> tuple[str, ...]:
    """The spots in "mole on the chin, tattoo": split at commas and lines."""
    return tuple(part for line in text.splitlines() for p in line.split(",") if (part := p.strip()))


def _areas(areas: tuple[AreaDone, ...]) -> Iterator[Found]:
    if not areas:
        yield Found(field="", problem=Problem.NO_AREA)
    if _overlap(areas):
        yield Found(field="", problem=Problem.TWICE)
    for done in areas:
        if done.depth_mm <= 0:
            yield Found(field=f"depth_{done.area}", problem=Problem.NO_DEPTH)
        if not 1 <= done.passes <= MOST_PASSES:
            yield Found(field=f"passes_{done.area}", problem=Problem.PASSES)


def _overlap(areas: tuple[AreaDone, ...]) -> bool:
    """The same side twice, or one side beside both."""
    rows = [(done.area, done.side) for done in areas]
    whole = {area for area, side in rows if not side}
    return len(set(rows)) < len(rows) or any(side and area in whole for area, side in rows)


def _numbing(numbing: Numbing | None) -> Iterator[Found]:
    if numbing is None:
        return
    amounts = (
        ("strength", numbing.strength_percent),
        ("grams", numbing.grams),
        ("minutes", Decimal(numbing.minutes)),
    )
    for name, amount in amounts:
        if amount <= 0:
            yield Found(field=f"numbing_{name}", problem=Problem.NUMBING_AMOUNT)


def _zones(done: Done, limits: Limits) -> Iterator[Found]:
    found = zones(done.excluded_zones)
    if limits.zones_left_out and not found and not done.spots_treated:
        yield Found(field="excluded_zones", problem=Problem.ZONES_MISSING)
    if len(found) > MOST_ZONES or any(len(zone) > LONGEST_ZONE for zone in found):
        yield Found(field="excluded_zones", problem=Problem.ZONES_TOO_MANY)


def _times(done: Done, limits: Limits) -> Iterator[Found]:
    if done.finished_at < (done.started_at or limits.started_at):
        yield Found(field="finished_at", problem=Problem.FINISHED_BEFORE_START)
    if done.finished_at > limits.now:
        yield Found(field="finished_at", problem=Problem.FINISHED_IN_FUTURE)
