"""The skin rests as long as what was really done asks, not what was planned."""

from datetime import datetime

from clinic.booking.actions import rest_until
from clinic.booking.rest import rest_days
from clinic.core.actor import Actor
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.values import Done


def rest_as_done(*, actor: Actor, record: TreatmentRecord, done: Done, at: datetime) -> None:
    """Set the interval after a signed session by its greatest depth, never below the plan's.

    What is booked inside a longer interval goes on hold, in the same transaction. A correction may
    also bring a longer interval back to the plan's.
    """
    treatment = record.treatment
    deepest = max(area.depth_mm for area in done.areas)
    if deepest <= treatment.max_depth_mm and record.supersedes_id is None:
        return
    procedure = treatment.procedure
    days = rest_days(
        modality=procedure.modality,
        depth_mm=max(deepest, treatment.max_depth_mm),
        interval=procedure.interval_days,
        deep_interval=procedure.deep_interval_days,
    )
    rest_until(actor=actor, appointment=treatment.appointment, days=days, at=at)
