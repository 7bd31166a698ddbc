"""What a new site offers to begin with: pen, roller and radiofrequency, at the least of policy.

Depths are within rule `depth_limit`; intervals and cooling-off are the floors of `policy.py`. The
manager or clinical lead changes them on the procedures page.
"""

from decimal import Decimal
from typing import Any

from clinic.procedures.policy import DEEP_INTERVAL, floors

FACE = ["forehead", "cheeks", "nose", "chin_jaw", "perioral", "periorbital"]
BODY = ["neck", "chest", "abdomen", "back", "arms", "hands", "legs", "scalp"]
OFFERED = (
    {
        "name": "Microneedling pen",
        "modality": "MN_PEN",
        "min_depth_mm": Decimal("0.25"),
        "max_depth_mm": Decimal("2.50"),
        "areas": [*FACE, *BODY],
    },
    {
        "name": "Microneedling roller",
        "modality": "MN_ROLLER",
        "min_depth_mm": Decimal("0.20"),
        "max_depth_mm": Decimal("1.50"),
        "areas": [*FACE, *BODY],
    },
    {
        "name": "Radiofrequency microneedling",
        "modality": "RF_MN",
        "min_depth_mm": Decimal("0.50"),
        "max_depth_mm": Decimal("3.00"),
        "areas": [*FACE, "neck", "abdomen", "legs"],
    },
)
EVERYWHERE = {"duration_minutes": 60, "deep_interval_days": DEEP_INTERVAL}


def standard_procedures() -> list[dict[str, Any]]:
    """The columns of each procedure of a new site."""
    return [{**EVERYWHERE, **_least(str(offer["modality"])), **offer} for offer in OFFERED]


def _least(modality: str) -> dict[str, int]:
    least = floors(modality)
    return {
        "interval_days": least.interval_days,
        "cooling_off_hours": least.cooling_off_hours,
    }
