"""The treated areas of a signed record as they would have been typed."""

from collections.abc import Sequence
from typing import Any

from clinic.treatments.forms.fields import DIFFER, OTHERS, RIGHT
from clinic.treatments.models import TreatedArea, TreatmentRecord


def areas_initial(record: TreatmentRecord, planned: Sequence[str]) -> dict[str, Any]:
    """The rows of planned areas, with both sides where they differed, then of other areas."""
    rows = list(record.areas.all())
    found: dict[str, Any] = {f"treated_{name}": False for name in planned}
    for name in planned:
        sides = {row.side: row for row in rows if row.area == name}
        if len(sides) > 1:
            found |= {f"treated_{name}": True, f"side_{name}": DIFFER}
            found |= _settings(name, sides["LEFT"])
            found |= _settings(f"{name}{RIGHT}", sides["RIGHT"])
        for side, row in sides.items() if len(sides) == 1 else ():
            found |= {f"treated_{name}": True, f"side_{name}": side, **_settings(name, row)}
    others = [row for row in rows if row.area not in planned]
    for place, row in zip(OTHERS, others, strict=False):
        found |= {f"area_{place}": row.area, f"side_{place}": row.side, **_settings(place, row)}
    return found


def _settings(place: str, row: TreatedArea) -> dict[str, Any]:
    return {
        f"depth_{place}": row.depth_mm,
        f"passes_{place}": row.passes,
        f"energy_{place}": row.energy,
        f"pulse_{place}": row.pulse,
        f"endpoints_{place}": row.endpoints,
    }
