"""The application's role may read and add; the owner's role alone may do the rest."""

import http.client
import threading

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


@pytest.mark.django_db
def test_tests_run_as_the_role_of_the_application() -> None:
    assert _one("SELECT current_user") == settings.DATABASE_APP_ROLE
    assert _one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


@pytest.mark.django_db
def test_the_application_owns_nothing() -> None:
    assert _one("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE django_content_type SET model = 'x'",
        "DELETE FROM auth_permission",
        "TRUNCATE django_session",
        "DROP TABLE django_session",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
        "CREATE TABLE mine (id int)",
        "SET ROLE cleared_owner",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_may_not(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_session_can_be_renewed_and_ended(client: Client) -> None:
    session = Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    session.session_data = "renewed"
    session.save()
    assert session.delete()[0] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", [1, 2])
def test_what_a_test_commits_is_gone_before_the_next(
    _again: int, as_owner: psycopg.Connection
) -> None:
    assert not Session.objects.exists()
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    assert as_owner.execute("SELECT count(*) FROM django_session").fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_second_thread_is_the_application_too() -> None:
    roles = []

    def ask() -> None:
        roles.append(_one("SELECT current_user"))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert roles == [settings.DATABASE_APP_ROLE]


def test_the_live_server_is_ready(live_server: LiveServer) -> None:
    host, port = live_server.thread.host, live_server.thread.port
    asking = http.client.HTTPConnection(host, port)
    asking.request("GET", "/readyz")
    assert asking.getresponse().read() == b"ready\n"
    asking.close()
