"""What the application's own role cannot do to a consent, even with SQL written by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic.consent.models import Consent, Signature
from tests.clinic.consent.conftest import sign
from tests.factories import NOW, Cast

COLUMNS = {
    "kind": "CLIENT",
    "method": "TYPED",
    "printed_name": "Somebody Else",
    "meaning": "I agree.",
    "choices": "{}",
    "capacity": ["understands", "retains", "weighs", "communicates"],
    "asked": False,
    "actor_kind": "staff",
    "actor_id": 1,
    "actor_name": "Mallory",
}


def insert(consent: Consent, **fields: Any) -> None:
    acknowledged = [ack["id"] for ack in consent.content["acknowledgements"]]
    row = {
        "consent_id": consent.pk,
        "content_sha256": consent.content_sha256,
        "signed_at": NOW + timedelta(hours=48),
        "acknowledged": acknowledged,
        **COLUMNS,
        **fields,
    }
    names = ", ".join(row)
    marks = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO consent_signature ({names}) VALUES ({marks})", list(row.values())
        )


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_another_text_cannot_be_signed(given: Consent) -> None:
    with pytest.raises(IntegrityError, match="the_signed_text_is_the_one_shown"):
        insert(given, content_sha256="b" * 64)


def test_a_statement_cannot_be_left_out(given: Consent) -> None:
    with pytest.raises(IntegrityError, match="every_statement_is_ticked"):
        insert(given, acknowledged=["wounds"])
    insert(given)  # the same, whole, is what signing does


def test_the_client_cannot_sign_twice(given: Consent) -> None:
    sign(given)
    with pytest.raises(IntegrityError, match="one_signature_of_each_kind"):
        insert(given)


def test_nobody_countersigns_before_the_client(cast: Cast, given: Consent) -> None:
    with pytest.raises(IntegrityError, match="the_client_signs_first"):
        insert(given, kind="PRACTITIONER", signed_by_id=cast.petra.pk)


def test_nobody_countersigns_without_a_name(given: Consent) -> None:
    sign(given)
    with pytest.raises(IntegrityError, match="a_countersignature_is_by_staff"):
        insert(given, kind="PRACTITIONER")


def test_an_ended_consent_cannot_be_signed(cast: Cast, given: Consent) -> None:
    end = "ended_at = now(), ended_by = 'Maya', ended_cause = 'No', end_kind = 'WITHDRAWN'"
    run(f"UPDATE consent_consent SET {end} WHERE id = %s", given.pk)
    with pytest.raises(IntegrityError, match="only a consent in force can be signed"):
        insert(given)


def test_an_ended_consent_stays_ended(given: Consent) -> None:
    end = "ended_at = now(), ended_by = 'Maya', ended_cause = 'No', end_kind = 'WITHDRAWN'"
    run(f"UPDATE consent_consent SET {end} WHERE id = %s", given.pk)
    with pytest.raises(IntegrityError, match="what has ended stays ended"):
        run("UPDATE consent_consent SET ended_at = NULL, end_kind = '' WHERE id = %s", given.pk)


def test_a_consent_does_not_end_without_saying_how_and_why(given: Consent) -> None:
    for change in (
        "ended_at = now(), ended_by = 'Maya', ended_cause = 'No'",
        "ended_at = now(), end_kind = 'WITHDRAWN'",
        "end_kind = 'WITHDRAWN'",
    ):
        with pytest.raises(IntegrityError):
            run(f"UPDATE consent_consent SET {change} WHERE id = %s", given.pk)


def test_two_consents_in_force_cannot_stand_side_by_side(given: Consent) -> None:
    given.pk = None
    with pytest.raises(IntegrityError, match="one_live_consent_per_client_and_procedure"):
        given.save(force_insert=True)


FORBIDDEN = (
    "UPDATE consent_signature SET printed_name = 'Another'",
    "UPDATE consent_signature SET signed_at = now()",
    "UPDATE consent_signature SET strokes = NULL",
    "DELETE FROM consent_signature",
    "TRUNCATE consent_signature CASCADE",
    "UPDATE consent_consent SET content = '{}'",
    "UPDATE consent_consent SET content_sha256 = repeat('b', 64)",
    "UPDATE consent_consent SET prepared_at = now() - interval '9 days'",
    "UPDATE consent_consent SET expires_on = expires_on + 365",
    "UPDATE consent_consent SET depth_mm = 3",
    "UPDATE consent_consent SET client_id = client_id",
    "DELETE FROM consent_consent",
    "UPDATE consent_consentdocument SET pdf = ''",
    "DELETE FROM consent_consentdocument",
    "UPDATE consent_consenttext SET sha256 = repeat('b', 64)",
    "DELETE FROM consent_consenttext",
    "ALTER TABLE consent_signature DISABLE TRIGGER ALL",
    "DROP TRIGGER the_client_ticks_every_statement ON consent_signature",
    "SET session_replication_role = replica",
)


def test_what_is_signed_is_never_changed(
    given: Consent, countersign: Callable[..., Signature]
) -> None:
    sign(given)
    countersign(given)
    for statement in FORBIDDEN:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            run(statement)


def test_a_second_paper_for_the_same_signatures_is_refused(given: Consent) -> None:
    sign(given)
    with pytest.raises(IntegrityError, match="one_document_per_signing"):
        run(
            "INSERT INTO consent_consentdocument (consent_id, signatures, pdf, sha256, made_at) "
            "VALUES (%s, 1, '%%PDF-', encode(sha256('%%PDF-'), 'hex'), %s)",
            given.pk,
            NOW + timedelta(days=3),
        )
