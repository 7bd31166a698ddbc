"""The tests' database: migrated by the owner, used by the application's role, thrown away.

`db`, `transactional_db` and `live_server` of pytest-django work as usual, on the connection
`default`, as the role that owns nothing. `as_owner` is for the few tests that must look past it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from clinic.core import embedded
from tests.caretaker import drop

# What migrations fill and no test changes.
KEPT = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the database once and migrate it as the owner; remove it at the end."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_tables)
    with database():
        with django_db_blocker.unblock():
            call_command("migrate", verbosity=0)
            _let_the_days_of_the_tests_come()
            connections["owner"].close()
        yield
        with django_db_blocker.unblock():
            connections.close_all()
    patch.undo()


@pytest.fixture
def as_owner(db: None) -> Iterator[psycopg.Connection]:
    """An autocommit connection as the role that owns the tables.

    It sees what is committed: pair it with `transactional_db`.
    """
    with _owner() as connection:
        yield connection


@contextmanager
def database() -> Iterator[None]:
    if settings.TEST_DATABASE_URL:
        with _given():
            yield
        return
    try:
        yield  # the embedded server starts, with its roles, at the first connection
    finally:
        connections.close_all()
        embedded.stop(settings.DATABASES["default"]["DATA_DIR"])


@contextmanager
def _given() -> Iterator[None]:
    owner, app = settings.DATABASES["owner"], settings.DATABASES["default"]
    with psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True) as server:
        embedded.create(
            server,
            database=owner["NAME"],
            owner=owner["USER"],
            app=app["USER"],
            password=owner["PASSWORD"],
        )
        try:
            yield
        finally:
            drop(server, owner["NAME"], app["USER"], owner["USER"])


def _let_the_days_of_the_tests_come() -> None:
    """On a machine whose clock is behind June 2026, evidence of the tests lies in the future."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() < '2026-09-01'")
        if cursor.fetchone() == (True,):
            cursor.execute(
                "CREATE OR REPLACE FUNCTION core_latest() RETURNS timestamptz LANGUAGE sql STABLE"
                " SET search_path = pg_catalog, public, pg_temp AS"
                " $$ SELECT timestamptz '2026-09-01' $$"
            )


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        yield connection


def _empty_tables(case: TransactionTestCase) -> None:
    """What `flush` does after a test that commits; the application's role may not TRUNCATE."""
    with _owner() as connection:
        connection.execute("SET lock_timeout = '10s'")
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)",
            [list(KEPT)],
        )
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
        connection.execute(sql.SQL("TRUNCATE {}").format(tables))
