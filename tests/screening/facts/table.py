"""Rows of facts in a temporary table of PostgreSQL, made by the owner: nobody else may make one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import psycopg
from django.db import connections

from screening.facts.row import COLUMNS, Row

TABLE = "facts_of_test"


@cache
def _owner() -> psycopg.Connection:
    return psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)


def kinds() -> dict[str, str]:
    """The type of each column."""
    found = {"whole": "boolean", "assessed_on": "date", "planned_on": "date"}
    for name in COLUMNS:
        if name not in found:
            found[name] = {"b": "bigint NOT NULL", "d": "date"}.get(
                name[0] if name[1:].isdigit() else "", "smallint NOT NULL"
            )
    return found


def filled_with(rows: Iterable[Row]) -> None:
    """Make the table and fill it; a row's number is its ``screening_id``."""
    made = ", ".join(f"{name} {kind}" for name, kind in kinds().items())
    with _owner().cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TEMP TABLE {TABLE} (screening_id bigint, {made})")
        with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            for number, row in enumerate(rows):
                copy.write_row((number, *row.values()))


def selected(select: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with _owner().cursor() as cursor:
        cursor.execute(select)
        return list(cursor.fetchall())


def levels(select: str) -> dict[int, tuple[int | None, date | None]]:
    """Level and last wait by row."""
    return {number: (level, until) for number, level, until in selected(select)}
