"""Other plans that could be offered, part by part, the smallest change first. Nothing is judged
here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations

from .context import Context
from .plan_parts import Part, areas_named, depths_named
from .rules import Pack

STEP_MM = Decimal("0.05")
"""The steps in which a depth is set."""
MOST_GROUPS = 6


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One procedure of the clinic: a modality, the depths it may be done at, and where.

    ``id`` is the caller's own name for it.
    """

    id: int
    modality: str
    least_mm: Decimal
    greatest_mm: Decimal
    areas: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What could be planned instead: the procedure as it is planned, the others of the clinic,
    and the first day that is still to come."""

    planned: Offer
    first_day: date
    others: tuple[Offer, ...] = ()
    step_mm: Decimal = STEP_MM


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A plan that differs from the one judged. ``left_out``: areas no longer treated."""

    context: Context
    offer: Offer
    left_out: tuple[str, ...] = ()


Days = Callable[[Context], tuple[date, ...]]


def variants(
    part: Part, pack: Pack, base: Variant, offered: Offered, days: Days
) -> Iterator[Variant]:
    """Every plan worth judging that differs from ``base`` in one part. ``days`` says on which
    days something changes for a plan. No plan is deeper, larger or with more numbing."""
    return _VARIANTS[part](pack, base, offered, days)


def _dates(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    first = offered.first_day
    later = {day for day in days(base.context) if day > first}
    for day in (first, *sorted(later)):
        if day != base.context.planned_on:
            yield replace(base, context=replace(base.context, planned_date=day))


def _depths(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    """Between two depths that rules name nothing changes, so the greatest of each stretch."""
    if base.context.depth_mm is None:
        return
    now, least, step = Decimal(str(base.context.depth_mm)), base.offer.least_mm, offered.step_mm
    found = {least}
    for depth in depths_named(pack):
        named = Decimal(str(depth))
        if named.is_finite():
            at = (named / step).to_integral_value(ROUND_FLOOR) * step
            found |= {at, at - step}
    for mm in sorted((mm for mm in found if least <= mm < now), reverse=True):
        yield replace(base, context=replace(base.context, depth_mm=float(mm)))


def _areas(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    """Areas of which all rules say the same stay or go together: the fewest areas first."""
    planned = base.context.areas or ()
    alike: dict[tuple[bool, ...], list[str]] = {}
    for area in planned:
        alike.setdefault(tuple(area in named for named in areas_named(pack)), []).append(area)
    groups = [tuple(areas) for named, areas in alike.items() if any(named)]
    most = len(groups) if len(groups) <= MOST_GROUPS else 2
    choices = [
        tuple(area for area in planned if any(area in group for group in chosen))
        for size in range(1, most + 1)
        for chosen in combinations(groups, size)
    ]
    for out in sorted(choices, key=len):
        if len(out) < len(planned):
            yield _without(base, out)


def _numbing(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    if base.context.anaesthetic_planned:
        yield replace(base, context=replace(base.context, anaesthetic_planned=False))


def _modalities(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    """Every other procedure at the same depth, or as deep as it goes. What it does not treat is
    left out."""
    plan = base.context
    for offer in offered.others:
        out = tuple(area for area in plan.areas or () if area not in offer.areas)
        if plan.depth_mm is None or out == plan.areas or _adds_nothing(offer, base):
            continue
        if offer.least_mm <= Decimal(str(plan.depth_mm)):
            depth = min(plan.depth_mm, float(offer.greatest_mm))
            changed = replace(plan, modality=offer.modality, depth_mm=depth)
            yield _without(replace(base, context=changed, offer=offer), out)


def _adds_nothing(offer: Offer, base: Variant) -> bool:
    """The same kind of device, going no less deep."""
    return offer.modality == base.offer.modality and offer.least_mm >= base.offer.least_mm


def _without(base: Variant, out: tuple[str, ...]) -> Variant:
    if not out:
        return base
    kept = tuple(area for area in base.context.areas or () if area not in out)
    return replace(base, context=replace(base.context, areas=kept), left_out=(*base.left_out, *out))


_VARIANTS: Mapping[Part, Callable[[Pack, Variant, Offered, Days], Iterator[Variant]]] = {
    Part.DATE: _dates,
    Part.DEPTH: _depths,
    Part.AREAS: _areas,
    Part.NUMBING: _numbing,
    Part.MODALITY: _modalities,
}
