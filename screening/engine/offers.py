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
            # Whoever comes so late that answers are too old gives them again.
            changed = replace(base.context, planned_date=day, confirmed=True)
            yield replace(base, context=changed)


def _depths(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    """Between two depths that rules name nothing changes, so the greatest of each stretch."""
    deepest = _deepest(base.context)
    if deepest is None:
        return
    now, least, step = Decimal(str(deepest)), base.offer.least_mm, offered.step_mm
    found = {least}
    for depth in depths_named(pack):
        named = Decimal(str(depth))
        if named.is_finite():
            at = (named / step).to_integral_value(ROUND_FLOOR) * step
            found |= {at, at - step}
    for mm in sorted((mm for mm in found if least <= mm < now), reverse=True):
        yield replace(base, context=_not_deeper(base.context, float(mm)))


def _deepest(context: Context) -> float | None:
    """The greatest depth planned anywhere; ``None`` where none is known."""
    by_area = (context.depth_by_area or {}).values()
    return None if context.depth_mm is None else max([context.depth_mm, *by_area])


def _not_deeper(context: Context, mm: float) -> Context:
    """The same plan, nowhere deeper than that."""
    whole = None if context.depth_mm is None else min(context.depth_mm, mm)
    by_area = context.depth_by_area
    if by_area is not None:
        by_area = {area: min(depth, mm) for area, depth in by_area.items()}
    return replace(context, depth_mm=whole, depth_by_area=by_area)


def _areas(pack: Pack, base: Variant, offered: Offered, days: Days) -> Iterator[Variant]:
    """Areas of the same depth of which all rules say the same stay or go together: the fewest areas
    first."""
    planned = base.context.areas or ()
    by_area = base.context.depth_by_area or {}
    alike: dict[tuple[object, ...], list[str]] = {}
    for area in planned:
        named = tuple(area in one for one in areas_named(pack))
        if any(named) or area in by_area:
            alike.setdefault((by_area.get(area), *named), []).append(area)
    groups = [tuple(areas) for areas in alike.values()]
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
        deepest = _deepest(plan)
        if deepest is None or out == plan.areas or _adds_nothing(offer, base):
            continue
        if offer.least_mm <= Decimal(str(deepest)):
            depth = min(deepest, float(offer.greatest_mm))
            changed = replace(_not_deeper(plan, depth), modality=offer.modality)
            yield _without(replace(base, context=changed, offer=offer), out)


def _adds_nothing(offer: Offer, base: Variant) -> bool:
    """The same kind of device, going no less deep."""
    return offer.modality == base.offer.modality and offer.least_mm >= base.offer.least_mm


def _without(base: Variant, out: tuple[str, ...]) -> Variant:
    if not out:
        return base
    kept = tuple(area for area in base.context.areas or () if area not in out)
    by_area = base.context.depth_by_area
    if by_area is not None:
        by_area = {area: mm for area, mm in by_area.items() if area not in out}
    context = replace(base.context, areas=kept, depth_by_area=by_area)
    return replace(base, context=context, left_out=(*base.left_out, *out))


_VARIANTS: Mapping[Part, Callable[[Pack, Variant, Offered, Days], Iterator[Variant]]] = {
    Part.DATE: _dates,
    Part.DEPTH: _depths,
    Part.AREAS: _areas,
    Part.NUMBING: _numbing,
    Part.MODALITY: _modalities,
}
