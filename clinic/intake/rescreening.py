"""Live screenings and newer rules: which are still under older ones, and which may stand."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Value

from clinic.intake.judging import ANSWERS_COUNT_DAYS
from clinic.intake.models import Rescreening, Screening
from screening.models import RulePack

INSERT = """
INSERT INTO intake_rescreening (screening_id, pack_id, verdict, rescreened_at) {rows}
ON CONFLICT DO NOTHING
"""


def counting(name: str, *, today: date) -> QuerySet[Screening]:
    """Live screenings by rules of that name, whose answers still count on a day."""
    oldest = today - timedelta(days=ANSWERS_COUNT_DAYS)
    return Screening.objects.filter(ended_at=None, assessment_date__gte=oldest, pack__name=name)


def under_older(rules: RulePack, *, today: date) -> QuerySet[Screening]:
    """Those of them that were not yet judged by `rules`."""
    again = Rescreening.objects.filter(screening=OuterRef("pk"), pack=rules)
    return counting(rules.name, today=today).exclude(pack=rules).filter(~Exists(again))


def let_stand(
    rows: QuerySet[Screening],
    *,
    rules: RulePack,
    at: datetime,
    verdict: str = Rescreening.Verdict.SAME,
) -> int:
    """Let live screenings stand under newer rules, in one statement. How many of them did not.

    `rows` must not ask whether they do: reading the table that is being filled takes ever longer.
    """
    chosen = rows.order_by().values_list(
        "pk",
        Value(rules.pk),
        Value(str(verdict)),
        Value(at, output_field=DateTimeField()),
    )
    statement, values = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(rows=statement), values)
        return int(cursor.rowcount)


def these(ids: Sequence[int]) -> QuerySet[Screening]:
    """Live screenings by their ids."""
    return Screening.objects.filter(pk__in=ids, ended_at=None)
