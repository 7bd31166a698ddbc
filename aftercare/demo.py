"""How a client of the demo gets a sheet."""

from datetime import datetime

from aftercare.actions import issue
from clinic.core.actor import Actor
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.queries import record as whole


def give_sheet(actor: Actor, record: TreatmentRecord, at: datetime) -> int:
    """Issue the sheet of a record; its id."""
    return issue(actor=actor, record=whole(actor, record.pk), at=at).pk
