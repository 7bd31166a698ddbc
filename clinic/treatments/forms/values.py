"""Between what was typed and the plain values of a record, both ways."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from clinic.treatments.deviations import Kind
from clinic.treatments.forms.areas_initial import areas_initial
from clinic.treatments.forms.fields import (
    DIFFER,
    MORE_CARTRIDGES,
    NO,
    NOT_SURE,
    OTHERS,
    RIGHT,
    ROWS,
    YES,
)
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.values import AreaDone, Cartridge, Done, GivenHome, Limits, Numbing, Topical

Typed = Mapping[str, Any]
COPIED = (
    "device",
    "skin_preparation",
    "cartridge_lot",
    "cartridge_expiry",
    "cartridge_kind",
    "excluded_zones",
    "reactions",
    "notes",
)


def say_list(words: Iterable[object]) -> str:
    """ "latex, iodine or plasters"."""
    *first, last = [str(word) for word in words] or [""]
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def rows_treated(typed: Typed, areas: Iterable[str]) -> list[str]:
    """The rows of the form that say something was done: planned areas, right sides, others."""
    found = []
    for area in areas:
        if typed.get(f"treated_{area}"):
            found.append(area)
            if typed.get(f"side_{area}") == DIFFER:
                found.append(f"{area}{RIGHT}")
    return found + [row for row in OTHERS if typed.get(f"area_{row}")]


def done_from(
    typed: Typed,
    *,
    areas: Iterable[str],
    limits: Limits,
    contents: tuple[str, ...],
    finished: datetime,
) -> Done:
    """The cleaned data of a valid form. `finished`: when it ended, if no time was typed."""
    return Done(
        device=typed["device"],
        cartridge_lot=typed["cartridge_lot"],
        cartridge_expiry=typed["cartridge_expiry"],
        areas=tuple(_area(typed, row) for row in rows_treated(typed, areas)),
        finished_at=_finished(typed, limits, finished),
        started_at=_started(typed, limits),
        skin_preparation=typed["skin_preparation"],
        cartridge_kind=typed["cartridge_kind"],
        more_cartridges=tuple(
            _cartridge(typed, row) for row in MORE_CARTRIDGES if typed[f"cartridge_{row}_lot"]
        ),
        spots_treated=typed.get("spots_treated", False),
        topicals=tuple(_topical(typed, row) for row in ROWS if typed[f"topical_{row}_name"]),
        numbing=_numbing(typed) if typed.get("numbing_used") == YES else None,
        given_home=tuple(
            _given(typed, row, contents) for row in ROWS if typed[f"product_{row}_name"]
        ),
        excluded_zones=typed["excluded_zones"],
        reactions=typed["reactions"] if typed["reaction_seen"] == YES else "",
        notes=typed["notes"],
    )


def initial_from(record: TreatmentRecord, zone: Any) -> dict[str, Any]:
    """A signed record as it would have been typed, for its correction."""
    found = areas_initial(record, record.treatment.appointment.areas)
    found |= {name: getattr(record, name) for name in COPIED}
    found |= _numbing_initial(record.anaesthetic) | _rows_initial(record)
    for one in record.deviations.all():
        found |= {f"why_{one.kind}": one.why, f"action_{one.kind}": one.action}
        if one.kind == Kind.SPOTS_TREATED:
            found["spots_treated"] = True
    if record.started_at:
        found["started_at"] = record.started_at.astimezone(zone).time()
    return found | {
        "reaction_seen": YES if record.reactions else NO,
        "finished_at": record.finished_at.astimezone(zone).time(),
        "finished": record.finished_at,
    }


def _area(typed: Typed, row: str) -> AreaDone:
    planned = row.removesuffix(RIGHT)
    side = typed[f"side_{planned}"]
    if side == DIFFER:
        side = "RIGHT" if row.endswith(RIGHT) else "LEFT"
    return AreaDone(
        area=typed[f"area_{row}"] if row in OTHERS else planned,
        side=side,
        depth_mm=typed[f"depth_{row}"],
        passes=typed[f"passes_{row}"],
        energy=typed.get(f"energy_{row}") or "",
        pulse=typed.get(f"pulse_{row}") or "",
        endpoints=tuple(typed[f"endpoints_{row}"]),
    )


def _cartridge(typed: Typed, row: int) -> Cartridge:
    lot, expiry, kind = (typed[f"cartridge_{row}_{part}"] for part in ("lot", "expiry", "kind"))
    return Cartridge(lot=lot, expiry=expiry, kind=kind)


def _started(typed: Typed, limits: Limits) -> datetime | None:
    """The true start, where another time was typed than the recorded one."""
    hour, pressed = typed["started_at"], limits.started_at
    if hour is None or hour == pressed.time().replace(second=0, microsecond=0):
        return None
    return datetime.combine(limits.day, hour, tzinfo=pressed.tzinfo)


def _finished(typed: Typed, limits: Limits, finished: datetime) -> datetime:
    hour = typed["finished_at"]
    if hour is None:
        return finished
    zone = limits.started_at.tzinfo
    local = datetime.combine(limits.day, hour, tzinfo=zone)
    # A time is typed without its seconds.
    for exact in (finished, limits.started_at):
        if exact.astimezone(zone).replace(second=0, microsecond=0) == local:
            return exact
    return local


def _topical(typed: Typed, row: int) -> Topical:
    name, lot, expiry = (typed[f"topical_{row}_{part}"] for part in ("name", "lot", "expiry"))
    return Topical(name=name, lot=lot, expiry=expiry)


def _numbing(typed: Typed) -> Numbing:
    return Numbing(
        product=typed["numbing_product"],
        strength_percent=typed["numbing_strength"],
        grams=typed["numbing_grams"],
        minutes=typed["numbing_minutes"],
        removed=typed["numbing_removed"] == YES,
    )


def _given(typed: Typed, row: int, contents: tuple[str, ...]) -> GivenHome:
    # "Not sure" counts as yes: the sheet then tells the client not to use it.
    may = typed.get(f"product_{row}_contains") in (YES, NOT_SURE)
    return GivenHome(
        name=typed[f"product_{row}_name"],
        how_often=typed[f"product_{row}_how_often"],
        contains=contents if may else (),
    )


def _numbing_initial(numbing: dict[str, Any] | None) -> dict[str, Any]:
    if numbing is None:
        return {"numbing_used": NO}
    return {
        "numbing_used": YES,
        "numbing_product": numbing["product"],
        "numbing_strength": numbing["strength_percent"],
        "numbing_grams": numbing["grams"],
        "numbing_minutes": numbing["minutes"],
        "numbing_removed": YES if numbing["removed"] else NO,
    }


def _rows_initial(record: TreatmentRecord) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row, one in zip(MORE_CARTRIDGES, record.more_cartridges, strict=False):
        found |= {
            f"cartridge_{row}_lot": one["lot"],
            f"cartridge_{row}_expiry": date.fromisoformat(one["expiry"]),
            f"cartridge_{row}_kind": one["kind"],
        }
    for row, topical in zip(ROWS, record.topicals, strict=False):
        found |= {
            f"topical_{row}_name": topical["name"],
            f"topical_{row}_lot": topical["lot"],
            f"topical_{row}_expiry": date.fromisoformat(topical["expiry"]),
        }
    for row, product in zip(ROWS, record.products_given, strict=False):
        found |= {
            f"product_{row}_name": product["name"],
            f"product_{row}_how_often": product["how_often"],
            f"product_{row}_contains": YES if product["contains"] else NO,
        }
    return found
