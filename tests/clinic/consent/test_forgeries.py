"""Hand-written SQL that would date, hash or plant what was signed."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from clinic.consent.models import Consent
from tests.clinic.booking.attacks import insert, refused, run
from tests.clinic.consent.conftest import sign
from tests.clinic.consent.test_attacks import insert as signature
from tests.factories import NOW, Cast

A_PDF = b"%PDF-1.7 forged"
SIGNED = NOW + timedelta(hours=48)
LATER = NOW + timedelta(days=3)


def paper(consent: Consent, **lies: Any) -> int:
    """A paper of its signatures with its true hash, but for the lies."""
    pdf = lies.get("pdf", A_PDF)
    truth = {
        "consent_id": consent.pk,
        "signatures": 2,
        "pdf": pdf,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "made_at": LATER,
    }
    return insert("consent_consentdocument", truth | lies)


@pytest.mark.parametrize(
    ("moment", "promise"),
    [
        (NOW + timedelta(hours=48) - timedelta(seconds=1), "signed_after_the_time_to_think"),
        (NOW - timedelta(days=400), "signed_after_the_time_to_think"),
        (datetime(2999, 1, 1, tzinfo=UTC), "ahead of the clock"),
    ],
)
def test_a_signature_is_of_its_time(given: Consent, moment: datetime, promise: str) -> None:
    with refused(promise):
        signature(given, signed_at=moment)


def test_a_countersignature_is_not_dated_before_the_signature(cast: Cast, given: Consent) -> None:
    sign(given, at=LATER)
    with refused("after the one before it"):
        signature(
            given,
            kind="PRACTITIONER",
            signed_by_id=cast.petra.pk,
            signed_at=NOW + timedelta(hours=48, minutes=5),
        )


@pytest.mark.parametrize("who", ["fred", "mark", "hana"])
def test_whoever_countersigns_performs_the_procedure(cast: Cast, given: Consent, who: str) -> None:
    sign(given)
    with refused("whoever countersigns performs the procedure"):
        signature(given, kind="PRACTITIONER", signed_by_id=getattr(cast, who).pk, signed_at=LATER)


@pytest.mark.parametrize("signatures", [0, 1, 2, 3])
def test_no_paper_is_planted_before_anybody_signs(given: Consent, signatures: int) -> None:
    with refused("a paper is made when its signatures are there"):
        paper(given, signatures=signatures)


@pytest.mark.parametrize("signatures", [0, 2, 3])
def test_no_paper_is_planted_for_a_signature_to_come(given: Consent, signatures: int) -> None:
    sign(given)
    with refused("a paper is made when its signatures are there"):
        paper(given, signatures=signatures)


def test_no_paper_is_dated_before_its_signatures(given: Consent) -> None:
    signature(given)
    with refused("a paper is made when its signatures are there"):
        paper(given, signatures=1, made_at=SIGNED - timedelta(seconds=1))
    assert paper(given, signatures=1, made_at=SIGNED)


WRONG = ["", "00", "0" * 64, hashlib.sha256(A_PDF).hexdigest().upper()]


@pytest.mark.parametrize("sha256", [*WRONG, hashlib.sha256(b"other").hexdigest()])
def test_a_paper_is_known_by_its_own_hash(given: Consent, sha256: str) -> None:
    sign(given)
    with refused("hash_is_of_its_pdf"):
        paper(given, signatures=1, sha256=sha256)


def test_a_paper_is_a_pdf(given: Consent) -> None:
    sign(given)
    with refused("a_paper_is_a_pdf"):
        paper(given, signatures=1, pdf=b"<html>")


@pytest.mark.parametrize("sha256", [*WRONG, "a" * 64])
@pytest.mark.parametrize("content", ["{}", '{"text": "Another"}'])
def test_a_text_is_known_by_its_own_hash(given: Consent, content: str, sha256: str) -> None:
    columns = [
        str(field.column)
        for field in Consent._meta.concrete_fields
        if not field.generated and field.column not in ("id", "content", "content_sha256")
    ]
    names = ", ".join(columns)
    run(
        "UPDATE consent_consent SET ended_at = now(), ended_by = 'x', ended_cause = 'x',"
        " end_kind = 'SUPERSEDED' WHERE id = %s",
        [given.pk],
    )
    with refused("hash_is_of_its_content"):
        run(
            f"INSERT INTO consent_consent ({names}, content, content_sha256)"
            f" SELECT {names}, %s, %s FROM consent_consent WHERE id = %s",
            [content, sha256, given.pk],
        )


def test_when_a_signature_came_is_the_databases_own_time(given: Consent) -> None:
    before = run("SELECT clock_timestamp()")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_signature (consent_id, kind, method, printed_name, meaning,"
            " acknowledged, choices, content_sha256, signed_at, recorded_at, actor_kind, actor_id,"
            " actor_name) SELECT id, 'CLIENT', 'TYPED', 'Maya Lind', 'I agree.', %s, '{}',"
            " content_sha256, cooling_off_until, '2020-01-01', 'staff', 1, 'Mallory'"
            " FROM consent_consent WHERE id = %s",
            [[ack["id"] for ack in given.content["acknowledgements"]], given.pk],
        )
    assert run("SELECT recorded_at FROM consent_signature") >= before
