"""A client in the chair, and what a practitioner might record."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.core.fields import acted_by
from clinic.treatments.models import Treatment
from clinic.treatments.values import AreaDone, Done
from tests.factories.days import TUESDAY, at
from tests.factories.journey import appointment, check_in, clearance, consent, screening
from tests.factories.people import Cast
from tests.factories.people import client as client_of

BEGAN = at(TUESDAY, 10, 5)
ENDED = at(TUESDAY, 10, 45)


def ready(cast: Cast, *, who: Client | None = None, **fields: Any) -> Appointment:
    """Cleared, consented, countersigned and checked in: only the practitioner is missing.

    `fields` are those of `screening` (answers, findings, flags) and of the plan.
    """
    who = who or client_of(cast.riverside)
    procedure = fields.pop("procedure", cast.pen)
    plan = {k: fields[k] for k in ("depth_mm", "areas", "anaesthetic_planned") if k in fields}
    start = fields.pop("start", at(TUESDAY, 10))
    screened = screening(who, procedure, **fields)
    booked = appointment(
        cast, who, held=clearance(who, procedure, screening=screened, **plan), start=start
    )
    consent(cast, who, screened)
    check_in(cast, booked)
    Appointment.objects.filter(pk=booked.pk).update(status="ARRIVED")
    booked.refresh_from_db()
    return booked


def running(cast: Cast, **fields: Any) -> Treatment:
    """A treatment that Petra has begun, on the same."""
    booked = ready(cast, **fields)
    agreed = booked.client.consents.get()
    assert agreed.cooling_off_until
    Appointment.objects.filter(pk=booked.pk).update(status="IN_TREATMENT")
    return Treatment.objects.create(
        appointment=booked,
        client=booked.client,
        site=booked.site,
        procedure=booked.procedure,
        practitioner=cast.petra,
        consent=agreed,
        text=agreed.text,
        check_in=booked.check_ins.get(),
        time_zone=booked.time_zone,
        local_day=booked.local_day,
        cooling_off_until=agreed.cooling_off_until,
        max_depth_mm=booked.depth_mm,
        consent_depth_mm=agreed.depth_mm,
        session_number=1,
        started_at=booked.starts_at + timedelta(minutes=5),
        **acted_by(cast.actor(cast.petra)),
    )


def area(name: str = "cheeks", depth_mm: str = "0.50", passes: int = 3) -> AreaDone:
    """One treated area."""
    return AreaDone(area=name, depth_mm=Decimal(depth_mm), passes=passes, endpoints=("redness",))


def done(finished_at: datetime = ENDED, **fields: Any) -> Done:
    """A record that can be signed."""
    values: dict[str, Any] = {
        "device": "SkinPen Precision",
        "cartridge_lot": "LOT-4711",
        "cartridge_expiry": date(2027, 12, 31),
        "areas": (area(), area("forehead", "0.25", 2)),
        "finished_at": finished_at,
    }
    return Done(**(values | fields))
