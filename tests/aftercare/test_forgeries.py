"""Hand-written SQL that would put another paper in the place of what went home."""

import hashlib
from typing import Any

import pytest

from clinic.treatments.models import TreatmentRecord
from tests import factories
from tests.clinic.booking.attacks import insert, refused
from tests.factories.treating import ENDED

pytestmark = pytest.mark.django_db
A_PDF = b"%PDF-1.7 forged"


@pytest.fixture
def record() -> TreatmentRecord:
    cast = factories.cast()
    booked = factories.appointment(cast, factories.client(cast.riverside))
    return factories.treatment_record(cast, factories.treatment(cast, booked))


def sheet(record: TreatmentRecord, **lies: Any) -> int:
    """A sheet with its true hash, but for the lies."""
    pdf = lies.get("pdf", A_PDF)
    truth = {
        "record_id": record.pk,
        "client_id": record.client_id,
        "facts": "{}",
        "advice_version": "microneedling-1.0.0",
        "advice_sha256": "a" * 64,
        "emergency_phone": "020 7946 0911",
        "pdf": pdf,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "issued_at": ENDED,
        "actor_kind": "staff",
        "actor_id": 1,
        "actor_name": "Mallory",
    }
    return insert("aftercare_issuedsheet", truth | lies)


@pytest.mark.parametrize(
    ("lie", "promise"),
    [
        ({"sha256": "00"}, "hash_is_of_its_pdf"),
        ({"sha256": ""}, "hash_is_of_its_pdf"),
        ({"sha256": "0" * 64}, "hash_is_of_its_pdf"),
        ({"sha256": hashlib.sha256(A_PDF).hexdigest().upper()}, "hash_is_of_its_pdf"),
        ({"pdf": b"<html>"}, "a_sheet_is_a_pdf"),
        ({"advice_sha256": "00"}, "is_a_hash"),
        ({"advice_sha256": "g" * 64}, "is_a_hash"),
    ],
)
def test_a_sheet_is_known_by_its_own_hash(
    record: TreatmentRecord, lie: dict[str, Any], promise: str
) -> None:
    with refused(promise):
        sheet(record, **lie)
    assert sheet(record)


def test_a_sheet_is_of_its_records_client(record: TreatmentRecord) -> None:
    other = factories.client(record.client.site, first_name="Nadia")
    with refused("a_sheet_is_of_its_records_client"):
        sheet(record, client_id=other.pk)
