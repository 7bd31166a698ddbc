"""Rows for tests, in the states the journey knows. Each makes what its row rests on."""

from tests.factories.days import MONDAY, NOW, TUESDAY
from tests.factories.journey import (
    appointment,
    check_in,
    clearance,
    consent,
    intake,
    screening,
    treatment,
    treatment_record,
)
from tests.factories.people import Cast, cast, client, pack_with

__all__ = [
    "MONDAY",
    "NOW",
    "TUESDAY",
    "Cast",
    "appointment",
    "cast",
    "check_in",
    "clearance",
    "client",
    "consent",
    "intake",
    "pack_with",
    "screening",
    "treatment",
    "treatment_record",
]
