"""What was changed behind the clinic's back is said so, and is not served as genuine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.test import Client as Browser
from django.urls import reverse
from psycopg import sql

from aftercare.actions import issue
from clinic.consent.models import Consent
from clinic.treatments.actions import sign
from tests import factories
from tests.clinic.consent.conftest import ANSWERS, give
from tests.clinic.consent.conftest import sign as sign_consent
from tests.factories import Cast
from tests.factories.treating import ENDED, done, running

pytestmark = pytest.mark.django_db(transaction=True)

NOT_AS_KEPT = "This record is not as it was kept"


@contextmanager
def tampered(owner: psycopg.Connection, table: str, column: str, change: str) -> Iterator[None]:
    """As somebody who owns the tables: without the promise on its hash, the column is changed."""
    name, where = sql.Identifier(f"{table}_hash_is_of_its_{column}"), sql.Identifier(table)
    found = owner.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
        [f"{table}_hash_is_of_its_{column}"],
    ).fetchone()
    assert found
    owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(where, name))
    try:
        owner.execute(
            sql.SQL("UPDATE {} SET {} = {}").format(where, sql.Identifier(column), sql.SQL(change))
        )
        yield
    finally:
        owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(where))
        owner.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(where, name, sql.SQL(found[0]))
        )


def said(answer: Any) -> bool:
    """The page says it in words, and the thing itself is not in it."""
    assert answer.status_code == 409
    assert b"%PDF" not in answer.content
    return NOT_AS_KEPT in answer.content.decode()


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def desk(cast: Cast, client: Browser) -> Browser:
    client.force_login(cast.fred)
    return client


@pytest.fixture
def signed(cast: Cast) -> Consent:
    from clinic.consent import actions
    from clinic.consent.reading import current
    from clinic.core.actor import SYSTEM

    actions.publish_text(actor=SYSTEM, text=current(), at=factories.NOW)
    who = factories.client(cast.riverside)
    given = give(cast, factories.screening(who, cast.pen, answers=ANSWERS))
    sign_consent(given)
    return given


def test_a_consent_whose_text_was_changed(
    desk: Browser, signed: Consent, as_owner: psycopg.Connection
) -> None:
    page = desk.get(reverse("consent:read", args=[signed.pk]))
    assert signed.content_sha256 in page.content.decode()
    change = "jsonb_set(content, '{plan,depth_mm}', '\"2.5\"')"
    with tampered(as_owner, "consent_consent", "content", change):
        for name in ("read", "page", "pdf"):
            assert said(desk.get(reverse(f"consent:{name}", args=[signed.pk])))


def test_a_consent_whose_paper_was_changed(
    desk: Browser, signed: Consent, as_owner: psycopg.Connection
) -> None:
    address = reverse("consent:pdf", args=[signed.pk])
    assert desk.get(address).status_code == 200
    with tampered(as_owner, "consent_consentdocument", "pdf", "pdf || '\\x00'::bytea"):
        assert said(desk.get(address))


def test_answers_that_were_changed(cast: Cast, desk: Browser, as_owner: psycopg.Connection) -> None:
    who = factories.client(cast.riverside)
    screened = factories.screening(who, cast.pen, answers={"rosacea": "no"})
    address = reverse("intake:answers", args=[screened.submission_id])
    assert screened.submission.answers_sha256 in desk.get(address).content.decode()
    change = "jsonb_set(answers, '{rosacea}', '\"yes\"')"
    with tampered(as_owner, "intake_submission", "answers", change):
        assert said(desk.get(address))


def test_a_sheet_that_was_changed(cast: Cast, desk: Browser, as_owner: psycopg.Connection) -> None:
    record = sign(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        treatment=running(cast),
        done=done(),
        at=ENDED,
    )
    issued = issue(actor=cast.actor(cast.fred), record=record, at=ENDED)
    address = reverse("aftercare:pdf", args=[issued.pk])
    assert desk.get(address).status_code == 200
    with tampered(as_owner, "aftercare_issuedsheet", "pdf", "pdf || '\\x00'::bytea"):
        assert said(desk.get(address))
        assert said(desk.get(address, headers={"If-None-Match": f'"{issued.sha256}"'}))
