"""What was done otherwise than cleared. Pure: values in, deviations out.

A deviation is never refused: it is explained and signed with the record, and the clinical lead
sees it. The database asks for the same (migration 0007).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clinic.treatments.values import Done, Limits


class Kind(StrEnum):
    """What differs. `wording.DEVIATIONS` has the words for each."""

    TOO_DEEP = "TOO_DEEP"
    OTHER_AREA = "OTHER_AREA"
    CARTRIDGE_EXPIRED = "CARTRIDGE_EXPIRED"
    PRODUCT_EXPIRED = "PRODUCT_EXPIRED"
    NUMBING = "NUMBING"
    SPOTS_TREATED = "SPOTS_TREATED"
    START_TIME = "START_TIME"
    AFTER_THE_STOP = "AFTER_THE_STOP"
    WRONG_CLIENT = "WRONG_CLIENT"


@dataclass(frozen=True, kw_only=True)
class Differs:
    """One thing that differs: what it is about, what was planned and what was done.

    `about` is an area of the pack for depths and areas, else the name of a product or "".
    """

    kind: Kind
    about: str = ""
    planned: str = ""
    done: str = ""


@dataclass(frozen=True, kw_only=True)
class Explained:
    """Why something was done otherwise, and what was done about it, in the practitioner's words."""

    kind: Kind
    what: str
    why: str
    action: str


def deviations(done: Done, limits: Limits) -> list[Differs]:
    """Everything in `done` that goes beyond `limits`; empty when nothing does."""
    return [
        *_areas(done, limits),
        *_expired(done, limits),
        *_numbing_and_spots(done, limits),
        *_times(done, limits),
    ]


def _areas(done: Done, limits: Limits) -> Iterator[Differs]:
    for area in done.areas:
        if area.area not in limits.areas:
            yield Differs(kind=Kind.OTHER_AREA, about=area.area)
        if area.depth_mm > limits.max_depth_mm:
            planned, deep = limits.max_depth_mm.normalize(), area.depth_mm.normalize()
            yield Differs(
                kind=Kind.TOO_DEEP, about=area.area, planned=f"{planned:f}", done=f"{deep:f}"
            )


def _expired(done: Done, limits: Limits) -> Iterator[Differs]:
    for cartridge in done.cartridges:
        if cartridge.expiry < limits.day:
            expiry = cartridge.expiry.isoformat()
            yield Differs(kind=Kind.CARTRIDGE_EXPIRED, about=cartridge.lot, planned=expiry)
    for topical in done.topicals:
        if topical.expiry < limits.day:
            expiry = topical.expiry.isoformat()
            yield Differs(kind=Kind.PRODUCT_EXPIRED, about=topical.name, planned=expiry)


def _numbing_and_spots(done: Done, limits: Limits) -> Iterator[Differs]:
    if done.numbing is not None and not limits.numbing:
        yield Differs(kind=Kind.NUMBING, about=done.numbing.product)
    if limits.zones_left_out and done.spots_treated:
        yield Differs(kind=Kind.SPOTS_TREATED)


def _times(done: Done, limits: Limits) -> Iterator[Differs]:
    if done.started_at is not None and done.started_at != limits.started_at:
        zone = limits.started_at.tzinfo
        yield Differs(
            kind=Kind.START_TIME,
            planned=f"{limits.started_at:%H:%M}",
            done=f"{done.started_at.astimezone(zone):%H:%M}",
        )
    if limits.stopped_at is not None and done.finished_at > limits.stopped_at:
        zone = limits.started_at.tzinfo
        yield Differs(
            kind=Kind.AFTER_THE_STOP,
            planned=f"{limits.stopped_at.astimezone(zone):%H:%M}",
            done=f"{done.finished_at.astimezone(zone):%H:%M}",
        )
