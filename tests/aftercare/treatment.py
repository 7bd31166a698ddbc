"""One treatment of Maya Lind's, to be changed by each test in the one thing that matters."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aftercare.facts import Clinic, Detail, Product, TreatmentFacts
from aftercare.reading import current
from aftercare.selection import choose_sheet
from aftercare.sheet import Sheet

CLINIC = Clinic(
    name="Harbour Skin Clinic",
    address="12 Harbour Street, Bristol",
    phone="0117 496 0100",
    emergency_phone="07700 900123",
    out_of_hours="Evenings and weekends: call the emergency number",
    country="GB-ENG",
)
TUESDAY = datetime.fromisoformat("2026-06-16T14:30:00+01:00")

MAYA = TreatmentFacts(
    first_name="Maya",
    full_name="Maya Lind",
    treated_at=TUESDAY,
    time_zone="Europe/London",
    modality="MN_PEN",
    depths_mm={"cheeks": 0.5, "forehead": 0.25},
    clinic=CLINIC,
    practitioner="Dr Anna Berg",
    numbing_used=False,
    session_number=1,
    phototype="II",
    products=(Product(name="Barrier cream", how_often="morning and evening"),),
    date_of_birth=date(1990, 4, 12),
    client_number="12",
    record_number="34",
    details=(
        Detail(label="Device", text="DermaPen 4"),
        Detail(label="Cartridge", text="lot A123, use by 3 May 2027"),
    ),
)

# One treatment in each depth band.
IN_BAND: dict[str, dict[str, Any]] = {
    "LT_0_5": {"modality": "MN_ROLLER", "depths_mm": {"cheeks": 0.25}},
    "B0_5_1": {"modality": "MN_PEN", "depths_mm": {"cheeks": 0.75}},
    "B1_1_5": {"modality": "MN_PEN", "depths_mm": {"cheeks": 1.25}},
    "GT_1_5": {"modality": "MN_PEN", "depths_mm": {"cheeks": 2.0}},
    "RF": {"modality": "RF_MN", "depths_mm": {"cheeks": 1.0}},
}

MAYA_JSON: dict[str, Any] = {
    "client": {
        "first_name": "Maya",
        "full_name": "Maya Lind",
        "date_of_birth": "1990-04-12",
        "number": "12",
    },
    "treated_at": "2026-06-16T14:30:00+01:00",
    "time_zone": "Europe/London",
    "modality": "MN_PEN",
    "depths_mm": {"cheeks": 0.5, "forehead": 0.25},
    "phototype": "II",
    "session_number": 1,
    "numbing_used": False,
    "flags": [],
    "products": [{"name": "Barrier cream", "how_often": "morning and evening"}],
    "clinic": {
        "name": CLINIC.name,
        "address": CLINIC.address,
        "phone": CLINIC.phone,
        "emergency_phone": CLINIC.emergency_phone,
        "out_of_hours": CLINIC.out_of_hours,
        "country": CLINIC.country,
    },
    "practitioner": "Dr Anna Berg",
    "record_number": "34",
    "details": [
        {"label": "Device", "text": "DermaPen 4"},
        {"label": "Cartridge", "text": "lot A123, use by 3 May 2027"},
    ],
}


def sheet(**changes: Any) -> Sheet:
    """The sheet for Maya's treatment, with these facts changed."""
    if "flags" in changes:
        changes["flags"] = frozenset(changes["flags"])
    return choose_sheet(replace(MAYA, **changes), current())


def written(**changes: Any) -> str:
    """The treatment as a JSON file would hold it; a change of None leaves the field out."""
    merged = MAYA_JSON | changes
    return json.dumps({key: value for key, value in merged.items() if value is not None})


def until(made: Sheet) -> dict[str, str]:
    """The printed end of each limit, by its id."""
    return {limit.id: limit.until_words for limit in made.limits}


def sign_ids(made: Sheet) -> set[str]:
    """The warning signs on the sheet."""
    return {sign.id for group in made.signs for sign in group.signs}


def note(made: Sheet, name: str) -> str:
    """The personal lines of one input, joined; empty where there are none."""
    return " ".join(line.text for line in made.notes if line.id == name)
