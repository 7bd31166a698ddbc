"""Hand-written SQL as the application's own role, with one lie at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.types.json import Jsonb

from clinic.booking.models import Appointment
from clinic.consent.models import Consent
from clinic.intake.models import Clearance
from tests.factories import NOW, TUESDAY, Cast
from tests.factories.days import at


@contextmanager
def refused(because: str) -> Iterator[None]:
    """The database refuses what happens inside, and names this promise."""
    with pytest.raises(DatabaseError, match=because), transaction.atomic():
        yield


def run(statement: str, values: Any = None) -> Any:
    """One statement; its first column if it returns a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def insert(table: str, values: dict[str, Any]) -> int:
    """A row exactly as given; its id."""
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    statement = f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id"
    return int(run(statement, list(values.values())))


def appointment(cast: Cast, held: Clearance, **lies: Any) -> int:
    """Booked for Tuesday at ten on that clearance, but for the lies."""
    start: datetime = lies.get("starts_at", at(TUESDAY, 10))
    day: date = lies.get("local_day", start.date())
    truth = {
        "client_id": held.client_id,
        "site_id": held.site_id,
        "procedure_id": held.procedure_id,
        "practitioner_id": cast.petra.pk,
        "room_id": cast.room.pk,
        "clearance_id": held.pk,
        "status": "BOOKED",
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "time_zone": "Europe/London",
        "local_day": day,
        "rest_until": day + timedelta(days=28),
        "clearance_valid_from": held.valid_from,
        "clearance_valid_until": held.valid_until,
        "clearance_depth_mm": held.depth_mm,
        "clearance_anaesthetic": held.anaesthetic_planned,
        "depth_mm": held.depth_mm,
        "areas": held.areas,
        "anaesthetic_planned": held.anaesthetic_planned,
        "booked_at": NOW,
    }
    return insert("booking_appointment", truth | lies)


def check_in(booked: Appointment, **lies: Any) -> int:
    """Asked on the day with nothing new, but for the lies."""
    truth = {
        "appointment_id": booked.pk,
        "client_id": booked.client_id,
        "local_day": booked.local_day,
        "identity_confirmed": True,
        "answers": Jsonb({}),
        "nothing_new": True,
        "at": booked.starts_at - timedelta(minutes=10),
        "actor_kind": "staff",
        "actor_id": 1,
        "actor_name": "Somebody",
    }
    return insert("booking_checkin", truth | lies)


def treatment(booked: Appointment, agreed: Consent, asked: int, **lies: Any) -> int:
    """Started at the time of the appointment, but for the lies."""
    truth = {
        "appointment_id": booked.pk,
        "client_id": booked.client_id,
        "site_id": booked.site_id,
        "procedure_id": booked.procedure_id,
        "practitioner_id": booked.practitioner_id,
        "consent_id": agreed.pk,
        "text_id": agreed.text_id,
        "check_in_id": asked,
        "time_zone": "Europe/London",
        "local_day": booked.local_day,
        "nothing_new": True,
        "cooling_off_until": agreed.cooling_off_until,
        "max_depth_mm": booked.depth_mm,
        "consent_depth_mm": agreed.depth_mm,
        "session_number": 1,
        "started_at": booked.starts_at,
        "stopped_cause": "",
        "actor_kind": "staff",
        "actor_id": 1,
        "actor_name": "Somebody",
    }
    return insert("treatments_treatment", truth | lies)


def end_clearance(held: Clearance) -> None:
    run(
        "UPDATE intake_clearance SET ended_at = now(), ended_by = 'Petra', ended_cause = 'New'"
        " WHERE id = %s",
        [held.pk],
    )
