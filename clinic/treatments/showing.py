"""A signed record as words for a page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.checks import stronger_than_over_the_counter
from clinic.treatments.deviations import Kind
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.wording import DEVIATIONS, ENDPOINTS


@dataclass(frozen=True, kw_only=True)
class AreaShown:
    """One treated area in words."""

    name: str
    depth: str
    passes: int
    endpoints: str
    side: str = ""
    pulses: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordShown:
    """A record and what of it needs words. `strong`: numbing above the over-the-counter limit."""

    row: TreatmentRecord
    areas: tuple[AreaShown, ...]
    numbing: str
    strong: bool
    topicals: tuple[dict[str, Any], ...]
    cartridges: tuple[dict[str, Any], ...]
    deviations: tuple[dict[str, Any], ...]


def record_shown(row: TreatmentRecord) -> RecordShown:
    """`row` comes with its areas and who signed it."""
    numbing = row.anaesthetic
    return RecordShown(
        row=row,
        areas=tuple(
            AreaShown(
                name=str(AREA_WORDS.get(area.area, area.area)),
                depth=f"{area.depth_mm.normalize():f}",
                passes=area.passes,
                endpoints=", ".join(str(ENDPOINTS.get(e, e)) for e in area.endpoints),
                side=str(area.get_side_display()).lower() if area.side else "",
                pulses=", ".join(part for part in (area.energy, area.pulse) if part),
            )
            for area in row.areas.all()
        ),
        numbing=_numbing(numbing) if numbing else "",
        strong=numbing is not None
        and stronger_than_over_the_counter(Decimal(numbing["strength_percent"])),
        topicals=tuple(
            topical | {"expiry": date.fromisoformat(topical["expiry"])} for topical in row.topicals
        ),
        cartridges=cartridges_shown(row),
        deviations=tuple(
            {"row": one, "title": DEVIATIONS[Kind(one.kind)], "seen": getattr(one, "seen", None)}
            for one in row.deviations.all()
        ),
    )


def cartridges_shown(row: TreatmentRecord) -> tuple[dict[str, Any], ...]:
    """Every cartridge of a record: `kind`, `lot`, `expiry` (a date); the first one first."""
    first = {
        "kind": row.cartridge_kind,
        "lot": row.cartridge_lot,
        "expiry": row.cartridge_expiry,
    }
    more = [one | {"expiry": date.fromisoformat(one["expiry"])} for one in row.more_cartridges]
    return (first, *more)


def _numbing(numbing: dict[str, Any]) -> str:
    words = _("%(product)s, %(strength_percent)s %%, %(grams)s g, %(minutes)s minutes") % numbing
    removed = _("wiped off before needling") if numbing["removed"] else _("not wiped off")
    return f"{words}, {removed}"
