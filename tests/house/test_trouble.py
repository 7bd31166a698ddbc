"""A database that cannot serve: a plain page in words, soon, and nothing told in the log."""

import logging
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, connections
from django.test import Client

from clinic.core.limits import Process, limit_to
from clinic.core.logs import WithoutContents
from clinic.core.queries import not_ready
from clinic.core.trouble import trouble

ANSWER = "takes isotretinoin"
STATES = {
    "53100": "the disk of the database is full",
    "53300": "the database has too many connections",
    "25006": "the database can only be read, not written to",
    "57P01": "the database does not answer",
    "57014": "the database took too long",
    "55P03": "the database is busy: somebody else holds what the page needs",
}


@pytest.fixture
def failing(as_owner: psycopg.Connection, transactional_db: None) -> Any:
    """`failing(state)`: every session that is written fails as PostgreSQL would fail."""

    def fail(state: str) -> None:
        as_owner.execute(
            f"CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql SET search_path ="
            f" pg_catalog, public, pg_temp AS $$BEGIN RAISE EXCEPTION '{ANSWER}'"
            f" USING ERRCODE = '{state}'; END$$"
        )
        as_owner.execute(
            "CREATE OR REPLACE TRIGGER fails BEFORE INSERT OR UPDATE ON django_session"
            " FOR EACH ROW EXECUTE FUNCTION fails()"
        )

    yield fail
    as_owner.execute("DROP TRIGGER IF EXISTS fails ON django_session")
    as_owner.execute("DROP FUNCTION IF EXISTS fails()")


@pytest.mark.parametrize(("state", "words"), STATES.items())
def test_what_postgresql_says_is_told_in_words(
    client: Client, failing: Callable[[str], None], state: str, words: str
) -> None:
    failing(state)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.content.decode()) == (503, f"{words}\n")
    assert client.get("/healthz").status_code == 200


def test_a_page_says_so_with_a_time_to_try_again(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    full = OperationalError(ANSWER)
    full.__cause__ = psycopg.errors.DiskFull(ANSWER)
    client.raise_request_exception = False
    answer = _failing_page(client, full)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "The clinic cannot be reached just now" in page
    assert "the disk of the database is full" in page
    told = "\n".join(WithoutContents().format(record) for record in caplog.records)
    assert "the disk of the database is full" in told
    assert ANSWER not in page + told
    assert "Traceback" not in told
    assert 'File "' not in told


def _failing_page(client: Client, error: Exception) -> Any:
    with patch("django.contrib.sessions.backends.db.SessionStore.load", side_effect=error):
        client.cookies["cleared_session"] = "abcdefghijklmnopqrstuvwxyz012345"
        return client.get("/")


@pytest.mark.parametrize("error", [ValueError(ANSWER), DatabaseError(ANSWER)])
def test_any_other_failure_is_none_of_the_databases(client: Client, error: Exception) -> None:
    client.raise_request_exception = False
    assert _failing_page(client, error).status_code == 500
    assert trouble(error) is None


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_at_once(client: Client) -> None:
    client.raise_request_exception = False
    away = OperationalError("connection refused")
    away.__cause__ = psycopg.OperationalError("connection refused")
    with patch.object(connection, "ensure_connection", side_effect=away):
        connection.close()
        assert not_ready() == "the database does not answer"
        client.cookies["cleared_session"] = "abcdefghijklmnopqrstuvwxyz012345"
        assert client.get("/").status_code == 503


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("process", Process)
def test_every_kind_of_process_has_its_limits(process: Process) -> None:
    entry = connections["default"].settings_dict
    before = dict(entry["OPTIONS"])
    try:
        limit_to(process)
        with connection.cursor() as cursor:
            found = []
            for name in ("statement", "lock", "idle_in_transaction_session"):
                cursor.execute(f"SELECT setting::int FROM pg_settings WHERE name='{name}_timeout'")
                found += cursor.fetchone()
    finally:
        entry["OPTIONS"].clear()
        entry["OPTIONS"].update(before)
        connections.close_all()
    limits = process.value
    assert [n / 1000 for n in found] == [
        limits.statement, limits.lock, limits.idle_in_transaction
    ]  # fmt: skip
    assert (Process.WEB.value.statement, Process.WEB.value.lock) == (5, 3)


def test_the_log_of_another_failure_keeps_its_lines_of_code() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), None)
    try:
        raise ValueError(ANSWER)
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    assert "test_trouble.py" in WithoutContents().format(record)
