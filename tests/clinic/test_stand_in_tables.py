"""A temporary table named like a real one deceives no promise of the database."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from clinic.clients.models import Client
from tests import factories as make
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused, run
from tests.clinic.review.attacks import cleared, decision
from tests.factories import NOW, Cast
from tests.factories.people import pack


@pytest.fixture
def temporary_tables(as_owner: psycopg.Connection) -> Iterator[None]:
    """As if a server had been set up by an older guide: the application may make them."""
    names = {
        "database": sql.Identifier(settings.DATABASES["default"]["NAME"]),
        "app": sql.Identifier(settings.DATABASE_APP_ROLE),
    }
    as_owner.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {database} TO {app}").format(**names))
    try:
        yield
    finally:
        as_owner.execute(
            sql.SQL("REVOKE TEMPORARY ON DATABASE {database} FROM {app}").format(**names)
        )


@pytest.fixture
def maya(cast: Cast) -> Client:
    return make.client(cast.riverside)


def _stand_in(table: str, select: str) -> None:
    run(f"CREATE TEMP TABLE {table} AS {select}")


@pytest.mark.usefixtures("temporary_tables")
class TestAStandIn:
    """Even where one can be made, the promises look past it."""

    def test_of_findings_leaves_none_undecided(self, cast: Cast, maya: Client) -> None:
        made = decision(cast, make.screening(maya, cast.pen, findings=[{}]))
        _stand_in("intake_finding", "SELECT * FROM public.intake_finding WHERE false")
        with refused("every flag decided"):
            cleared(made)

    def test_of_procedures_shortens_no_interval(self, cast: Cast, maya: Client) -> None:
        held = make.clearance(maya, cast.rf)
        _stand_in(
            "procedures_procedure",
            "SELECT id, modality, 28 AS interval_days, 28 AS deep_interval_days"
            " FROM public.procedures_procedure",
        )
        with refused("as long as the procedure asks"):
            attacks.appointment(cast, held)

    def test_of_clearances_clears_no_area(self, cast: Cast, maya: Client) -> None:
        held = make.clearance(maya, cast.pen)
        _stand_in(
            "intake_clearance", "SELECT id, ARRAY['neck'] AS areas FROM public.intake_clearance"
        )
        with refused("an area that is not cleared"):
            attacks.appointment(cast, held, areas=["neck"])

    def test_of_screenings_deepens_no_clearance(self, cast: Cast, maya: Client) -> None:
        screened = make.screening(maya, cast.pen)
        _stand_in("intake_screening", "SELECT * FROM public.intake_screening")
        run("UPDATE pg_temp.intake_screening SET depth_mm = 9")
        with refused("no further than its screening"):
            make.clearance(maya, cast.pen, screening=screened, depth_mm="2.50")

    def test_of_publications_puts_no_rules_in_force(self, cast: Cast) -> None:
        first = pack()
        _stand_in(
            "packs_publication", "SELECT id AS rule_pack_id FROM generate_series(1, 1000000) id"
        )
        with refused("only the first rules of a name need no approval"):
            attacks.insert(
                "screening_rulepack",
                {
                    "name": first.name,
                    "version": "9.9.9",
                    "sha256": first.content_id,
                    "published_at": NOW,
                },
            )
            run("SET CONSTRAINTS ALL IMMEDIATE")
