"""The demo's organisation: who works where, and what is offered."""

from datetime import time

from clinic.core.actor import Role

ORGANISATION = "Lindfield Skin Clinics"
SITES = (
    {
        "name": "Riverside",
        "address": "14 Ferry Lane, London SE16 9ZZ",
        "phone": "020 7946 0112",
        "emergency_phone": "020 7946 0119",
        "country": "GB-ENG",
    },
    {
        "name": "Hilltop",
        "address": "3 Beacon Terrace, London NW3 9ZZ",
        "phone": "020 7946 0345",
        "emergency_phone": "020 7946 0349",
        "country": "GB-ENG",
    },
)
HOURS = {
    "opens": time(8),
    "closes": time(19),
    "out_of_hours": "When we are closed: call NHS 111. In an emergency: call 999.",
}

Person = tuple[str, str, str, str, frozenset[Role]]


def _one(name: str, mailbox: str, title: str, registration: str, role: Role) -> Person:
    return name, mailbox, title, registration, frozenset({role})


STAFF: dict[str, tuple[Person, ...]] = {
    "Riverside": (
        _one("Moira Sterling", "manager", "Clinic manager", "", Role.MANAGER),
        _one("Fern Adebayo", "front.desk", "Receptionist", "", Role.FRONT_DESK),
        _one("Petra Novak", "practitioner", "Skin therapist", "NMC 12A3456E", Role.PRACTITIONER),
        _one("Rosa Marsh", "prescriber", "Nurse prescriber", "NMC 98B7654E, V300", Role.PRESCRIBER),
        _one("Lena Frost", "clinical.lead", "Clinical lead", "GMC 7654321", Role.CLINICAL_LEAD),
        _one("Audra Lim", "auditor", "Quality auditor", "", Role.AUDITOR),
        _one("Sam Whitlock", "sam.whitlock", "Skin therapist", "NMC 45C6789E", Role.PRACTITIONER),
        _one("Ines Duarte", "ines.duarte", "Nurse", "NMC 61D2345E", Role.PRACTITIONER),
    ),
    "Hilltop": (
        _one("Gareth Pugh", "manager", "Clinic manager", "", Role.MANAGER),
        _one("Hana Iwu", "front.desk", "Receptionist", "", Role.FRONT_DESK),
        _one("Owen Castle", "practitioner", "Skin therapist", "NMC 23E4567E", Role.PRACTITIONER),
        _one(
            "Nadia Rahman", "prescriber", "Nurse prescriber", "NMC 87F6543E, V300", Role.PRESCRIBER
        ),
        _one("Tomas Berg", "clinical.lead", "Clinical lead", "GMC 1234567", Role.CLINICAL_LEAD),
        _one("Celia Voss", "auditor", "Quality auditor", "", Role.AUDITOR),
        _one("Joy Mensah", "joy.mensah", "Skin therapist", "NMC 34G5678E", Role.PRACTITIONER),
    ),
}
