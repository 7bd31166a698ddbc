"""An audited act cannot be dated by whoever writes it, nor any evidence ahead of the clock."""

from datetime import UTC, datetime

import pytest

from clinic.audit.models import Event
from clinic.audit.record import record
from clinic.core.actor import SYSTEM
from tests.clinic.booking.attacks import insert, refused, run
from tests.factories import NOW, Cast

RECORDED = [
    "audit_event",
    "aftercare_issuedsheet",
    "booking_checkin",
    "booking_statuschange",
    "consent_consent",
    "consent_consentdocument",
    "consent_signature",
    "intake_clearance",
    "intake_screening",
    "intake_submission",
    "review_confirmation",
    "review_decision",
    "treatments_treatment",
    "treatments_treatmentrecord",
]


def _act(**lies: object) -> int:
    return insert(
        "audit_event",
        {
            "at": NOW,
            "verb": "client.read",
            "object_type": "clients.client",
            "detail": "{}",
            "actor_kind": "system",
            "actor_name": "Somebody",
        }
        | lies,
    )


def test_when_an_act_was_recorded_is_the_databases_own_time(cast: Cast) -> None:
    before = run("SELECT clock_timestamp()")
    forged = Event.objects.get(pk=_act(recorded_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert forged.recorded_at is not None
    assert forged.recorded_at >= before
    record(actor=SYSTEM, verb="site.open", at=NOW, subject=cast.riverside)
    assert Event.objects.latest("pk").recorded_at is not None


def test_no_act_is_dated_ahead_of_the_clock(cast: Cast) -> None:
    with refused("ahead of the clock"):
        _act(at=datetime(2999, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("table", RECORDED)
def test_nobody_changes_when_evidence_was_recorded(cast: Cast, table: str) -> None:
    with refused("permission denied"):
        run(f"UPDATE {table} SET recorded_at = now()")
