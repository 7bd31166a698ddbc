"""From a signed record to the facts of its sheet: the same JSON that `aftercare_sheet` reads."""

from typing import Any

from aftercare.record_details import details, shortened
from aftercare.vocabulary import ANSWERS, PHOTOTYPES, QUESTIONS
from clinic.accounts.models import Site
from clinic.treatments.checks import zones
from clinic.treatments.models import TreatmentRecord
from screening.vocabulary import of_client


def payload(record: TreatmentRecord, previous: TreatmentRecord | None) -> dict[str, Any]:
    """What was really done, with the keys of `treatmentfile.parse`; plain JSON values.

    `previous` is the record of the client's session before this one, of any procedure.
    """
    treatment = record.treatment
    screening = treatment.appointment.clearance.screening
    client = record.client
    return {
        "client": {
            "first_name": client.first_name,
            "full_name": client.full_name,
            "date_of_birth": client.date_of_birth.isoformat(),
            "number": str(client.pk),
            "language": client.language,
        },
        "treated_at": record.finished_at.isoformat(),
        "time_zone": treatment.time_zone,
        "modality": treatment.procedure.modality,
        "depths_mm": _depths(record),
        "flags": of_client(screening.flags),
        "phototype": _phototype(screening.submission.answers),
        "answers": _answers(screening.submission.answers),
        "session_number": treatment.session_number,
        "numbing_used": record.anaesthetic is not None,
        "products": record.products_given,
        "excluded_zones": list(zones(record.excluded_zones)),
        "previous": _previous(previous),
        "clinic": _clinic(treatment.site),
        "practitioner": treatment.practitioner.name,
        "record_number": str(record.pk),
        "details": details(record),
        "stopped": shortened(treatment.stopped_cause),
        "reaction": shortened(record.reactions),
        "event_open": client.adverse_events.filter(live=True).exists(),
    }


def _depths(record: TreatmentRecord) -> dict[str, float]:
    """The greatest depth of each area, whichever side it was on."""
    found: dict[str, float] = {}
    for one in record.areas.all():
        found[one.area] = max(float(one.depth_mm), found.get(one.area, 0.0))
    return found


def _phototype(answers: dict[str, Any]) -> str:
    # "Not sure" and no answer are the same to the sheet: it takes the greater care.
    given = answers.get("phototype")
    return given if given in PHOTOTYPES else "not_sure"


def _answers(answers: dict[str, Any]) -> dict[str, str]:
    # An option that the advice does not know yet says nothing to it.
    given = {name: str(answers.get(name, "")) for name in QUESTIONS}
    return {name: value for name, value in given.items() if f"{name}={value}" in ANSWERS}


def _previous(record: TreatmentRecord | None) -> dict[str, Any] | None:
    if record is None or not _depths(record):
        return None
    return {
        "modality": record.treatment.procedure.modality,
        "depth_mm": max(_depths(record).values()),
    }


def _clinic(site: Site) -> dict[str, str]:
    names = ("name", "address", "phone", "emergency_phone", "out_of_hours", "country")
    return {name: getattr(site, name) for name in names}
