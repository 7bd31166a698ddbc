"""Keeping the facts of a screening, in the transaction of the screening itself."""

from collections.abc import Mapping

from django.db import connection
from psycopg import sql

from clinic.intake.models import Screening
from clinic.intake.places import known_places, places_for
from screening.engine import Context, Pack
from screening.facts.row import COLUMNS, Row, facts_of
from screening.facts.slots import NoRoom

_INSERT = sql.SQL("INSERT INTO intake_facts ({}) VALUES ({})").format(
    sql.SQL(", ").join(map(sql.Identifier, ("screening_id", "pack_id", *COLUMNS))),
    sql.SQL(", ").join(sql.Placeholder() * (2 + len(COLUMNS))),
)


def keep_facts(
    *, screening: Screening, pack: Pack, context: Context, answers: Mapping[str, object]
) -> None:
    """Add the row of facts of a new screening: what it was judged by, in one statement."""
    add_row(screening, row_of(pack, context, answers))


def add_row(screening: Screening, row: Row) -> None:
    """Add the row of facts of a screening that has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [screening.pk, screening.pack_id, *row.values()])


def row_of(pack: Pack, context: Context, answers: Mapping[str, object]) -> Row:
    try:
        return facts_of(pack, places_for(pack), context, answers)
    except NoRoom:
        # Nobody is turned away for that: such a row is not whole, and so always looked at.
        return facts_of(pack, known_places(), context, answers)
