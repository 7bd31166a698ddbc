"""What keeps a record from being signed. Pure: values in, problems out.

The database promises the same for depth, area and cartridge (migrations 0001 to 0003).
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
    NOT_CLEARED_AREA = "NOT_CLEARED_AREA"
    TOO_DEEP = "TOO_DEEP"
    NO_DEPTH = "NO_DEPTH"
    PASSES = "PASSES"
    CARTRIDGE_EXPIRED = "CARTRIDGE_EXPIRED"
    TOPICAL_EXPIRED = "TOPICAL_EXPIRED"
    NUMBING_NOT_CLEARED = "NUMBING_NOT_CLEARED"
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
        *_areas(done.areas, limits),
        *_expired(done, limits),
        *_numbing(done.numbing, limits),
        *_zones(done.excluded_zones, limits),
        *_times(done, limits),
    ]


def stronger_than_over_the_counter(strength_percent: Decimal) -> bool:
    """Whether the cream is one that only a prescriber may supply: said, not refused."""
    return strength_percent > OVER_THE_COUNTER_PERCENT


def zones(text: str) -> tuple[str, ...]:
    """The spots in "mole on the chin, tattoo": split at commas and lines."""
    return tuple(part for line in text.splitlines() for p in line.split(",") if (part := p.strip()))


def _areas(areas: tuple[AreaDone, ...], limits: Limits) -> Iterator[Found]:
    if not areas:
        yield Found(field="", problem=Problem.NO_AREA)
    if len({done.area for done in areas}) < len(areas):
        yield Found(field="", problem=Problem.TWICE)
    for done in areas:
        if done.area not in limits.areas:
            yield Found(field=f"treated_{done.area}", problem=Problem.NOT_CLEARED_AREA)
        if done.depth_mm <= 0:
            yield Found(field=f"depth_{done.area}", problem=Problem.NO_DEPTH)
        if done.depth_mm > limits.max_depth_mm:
            yield Found(field=f"depth_{done.area}", problem=Problem.TOO_DEEP)
        if not 1 <= done.passes <= MOST_PASSES:
            yield Found(field=f"passes_{done.area}", problem=Problem.PASSES)


def _expired(done: Done, limits: Limits) -> Iterator[Found]:
    if done.cartridge_expiry < limits.day:
        yield Found(field="cartridge_expiry", problem=Problem.CARTRIDGE_EXPIRED)
    for number, topical in enumerate(done.topicals, start=1):
        if topical.expiry < limits.day:
            yield Found(field=f"topical_{number}_expiry", problem=Problem.TOPICAL_EXPIRED)


def _numbing(numbing: Numbing | None, limits: Limits) -> Iterator[Found]:
    if numbing is None:
        return
    if not limits.numbing:
        yield Found(field="numbing_used", problem=Problem.NUMBING_NOT_CLEARED)
    amounts = (
        ("strength", numbing.strength_percent),
        ("grams", numbing.grams),
        ("minutes", Decimal(numbing.minutes)),
    )
    for name, amount in amounts:
        if amount <= 0:
            yield Found(field=f"numbing_{name}", problem=Problem.NUMBING_AMOUNT)


def _zones(text: str, limits: Limits) -> Iterator[Found]:
    found = zones(text)
    if limits.zones_left_out and not found:
        yield Found(field="excluded_zones", problem=Problem.ZONES_MISSING)
    if len(found) > MOST_ZONES or any(len(zone) > LONGEST_ZONE for zone in found):
        yield Found(field="excluded_zones", problem=Problem.ZONES_TOO_MANY)


def _times(done: Done, limits: Limits) -> Iterator[Found]:
    if done.finished_at < limits.started_at:
        yield Found(field="finished_at", problem=Problem.FINISHED_BEFORE_START)
    if done.finished_at > limits.now:
        yield Found(field="finished_at", problem=Problem.FINISHED_IN_FUTURE)
