"""A sheet as words for a page: the same statements as on the paper."""

import re
from typing import Any

from aftercare import words
from aftercare.pdf import AREA_NAMES, MODALITY_NAMES
from aftercare.sheet import Sheet


def sheet_shown(sheet: Sheet) -> dict[str, Any]:
    """The context of `_contents.html`."""
    return {
        "sheet": sheet,
        "modality": MODALITY_NAMES[sheet.modality],
        "areas": words.listed([str(AREA_NAMES[area]) for area in sheet.areas]),
        "depth": f"{sheet.depth_mm:g}",
        "left_out": words.listed(list(sheet.products_left_out) or [""]),
        "help_tel": dialled(sheet.clinic.help.emergency),
        "emergency_tel": dialled(sheet.clinic.emergency_phone),
        "clinic_tel": dialled(sheet.clinic.phone),
    }


def dialled(phone: str) -> str:
    """The digits of a number as a phone dials them."""
    return re.sub(r"[^\d+]", "", phone)
