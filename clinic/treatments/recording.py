"""Writing a signed record: checked against the limits, then stored whole."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from clinic.accounts.models import User
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.treatments import wording
from clinic.treatments.checks import Found, problems
from clinic.treatments.models import TreatedArea, Treatment, TreatmentRecord
from clinic.treatments.values import Done, GivenHome, Limits, Numbing, Topical


class NotSignable(Refused):
    """The record goes against its limits; `found` says where and why."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(wording.NOT_SIGNED)
        self.found = found


def limits_of(treatment: Treatment, at: datetime) -> Limits:
    """What this treatment may be recorded with: the appointment's plan, cleared and consented."""
    planned = treatment.appointment
    flags = set(planned.clearance.screening.flags)
    return Limits(
        areas=frozenset(planned.areas),
        max_depth_mm=treatment.max_depth_mm,
        numbing=planned.anaesthetic_planned and "no_topical_anaesthetic" not in flags,
        zones_left_out="exclude_zone" in flags,
        day=treatment.local_day,
        started_at=treatment.started_at.astimezone(ZoneInfo(treatment.time_zone)),
        now=at,
    )


def write(
    *,
    actor: Actor,
    user: User,
    treatment: Treatment,
    done: Done,
    meaning: str,
    at: datetime,
    supersedes: TreatmentRecord | None = None,
) -> TreatmentRecord:
    """Store a record with its areas; inside a transaction. Raises NotSignable, Refused."""
    if found := problems(done, limits_of(treatment, at)):
        raise NotSignable(found)
    try:
        with transaction.atomic():
            record = TreatmentRecord.objects.create(
                treatment=treatment,
                client_id=treatment.client_id,
                performed_on=treatment.local_day,
                meaning=meaning,
                signed_at=at,
                signed_by=user,
                supersedes=supersedes,
                **_columns(done),
                **acted_by(actor),
            )
            TreatedArea.objects.bulk_create(_areas(record, treatment, done))
    except IntegrityError as error:
        raise refusal_for(error, wording.RECORD_PROMISES) from error
    return record


def _columns(done: Done) -> dict[str, Any]:
    return {
        "device": done.device,
        "cartridge_lot": done.cartridge_lot,
        "cartridge_expiry": done.cartridge_expiry,
        "topicals": [_topical(topical) for topical in done.topicals],
        "anaesthetic": done.numbing and _numbing(done.numbing),
        "products_given": [_given(product) for product in done.given_home],
        "excluded_zones": done.excluded_zones,
        "reactions": done.reactions,
        "notes": done.notes,
        "finished_at": done.finished_at,
    }


def _topical(topical: Topical) -> dict[str, str]:
    return {"name": topical.name, "lot": topical.lot, "expiry": topical.expiry.isoformat()}


def _numbing(numbing: Numbing) -> dict[str, object]:
    # Amounts as text, as they were written: 2.50 stays 2.50.
    return {
        "product": numbing.product,
        "strength_percent": str(numbing.strength_percent),
        "grams": str(numbing.grams),
        "minutes": numbing.minutes,
        "removed": numbing.removed,
    }


def _given(product: GivenHome) -> dict[str, object]:
    return {
        "name": product.name,
        "how_often": product.how_often,
        "contains": list(product.contains),
    }


def _areas(record: TreatmentRecord, treatment: Treatment, done: Done) -> list[TreatedArea]:
    return [
        TreatedArea(
            record=record,
            treatment=treatment,
            area=area.area,
            depth_mm=area.depth_mm,
            max_depth_mm=treatment.max_depth_mm,
            passes=area.passes,
            endpoints=list(area.endpoints),
        )
        for area in done.areas
    ]
