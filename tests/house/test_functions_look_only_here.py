"""A table that stands in for a real one deceives no function of ours, and nobody may make one."""

import re
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.clinic.booking.attacks import refused, run

LOOKS_ELSEWHERE = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
    AND NOT 'search_path=pg_catalog, public, pg_temp' = ANY (coalesce(p.proconfig, '{}'))
"""
GRANT_TEMPORARY = re.compile(r"GRANT[^;]*\b(TEMP|TEMPORARY|ALL)\b[^;]*ON DATABASE", re.IGNORECASE)


def _elsewhere(owner: psycopg.Connection) -> list[str]:
    return [name for (name,) in owner.execute(LOOKS_ELSEWHERE).fetchall()]


def test_every_function_says_where_it_looks(as_owner: psycopg.Connection) -> None:
    assert _elsewhere(as_owner) == []


def test_a_function_that_does_not_say_is_noticed(as_owner: psycopg.Connection) -> None:
    as_owner.execute("CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    try:
        assert _elsewhere(as_owner) == ["planted()"]
        as_owner.execute("ALTER FUNCTION planted() SET search_path = pg_temp, public")
        assert _elsewhere(as_owner) == ["planted()"], "temporary tables come last"
    finally:
        as_owner.execute("DROP FUNCTION planted()")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE intake_finding (id bigint)",
        "CREATE TEMP VIEW intake_finding AS SELECT 1",
        "CREATE TEMP SEQUENCE mine",
        "SELECT 1 INTO TEMP mine",
        "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$SELECT $1$$",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OPERATOR public.<= (LEFTARG = numeric, RIGHTARG = int, FUNCTION = numeric_le)",
        "CREATE TYPE public.mine AS (id int)",
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (id int)",
    ],
)
def test_the_application_makes_nothing_that_could_stand_in(statement: str) -> None:
    with refused("permission denied"):
        run(statement)


@pytest.mark.parametrize("place", ["docker/initdb/10-roles.sh", "docs/operations.md"])
def test_no_way_of_setting_up_lets_it(place: str) -> None:
    told = (Path(settings.BASE_DIR) / place).read_text()
    assert "REVOKE ALL ON DATABASE cleared FROM PUBLIC" in told
    assert not GRANT_TEMPORARY.search(told)
