"""The last session counts, wherever it was recorded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions, queries
from clinic.intake.models import Level
from clinic.treatments.models import Treatment
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import NOW, TUESDAY, Cast, appointment, intake, treatment, treatment_record

AFTER = TUESDAY + timedelta(days=1)


@pytest.fixture
def treated(cast: Cast, maya: Client) -> Treatment:
    """Maya, needled on Tuesday 16 June 2026 at 0.5 mm; the record is not signed yet."""
    under_way = treatment(cast, appointment(cast, maya))
    Treatment.objects.filter(pk=under_way.pk).update(ended_at=under_way.started_at)
    return under_way


def test_nobody_was_treated_before_the_first_time(maya: Client) -> None:
    assert queries.last_session(maya.pk, AFTER) is None


def test_the_greatest_recorded_depth_counts(cast: Cast, maya: Client, treated: Treatment) -> None:
    treatment_record(cast, treated)
    found = queries.last_session(maya.pk, AFTER)
    assert found is not None
    assert (found.date, found.modality, found.depth_mm) == (TUESDAY, "MN_PEN", 0.5)


def test_a_session_without_a_record_counts_as_deep_as_it_was_planned(
    maya: Client, treated: Treatment
) -> None:
    found = queries.last_session(maya.pk, AFTER)
    assert found is not None
    assert Decimal(str(found.depth_mm)) == treated.max_depth_mm


def test_it_is_not_known_before_its_day(maya: Client, treated: Treatment) -> None:
    assert queries.last_session(maya.pk, TUESDAY - timedelta(days=1)) is None


def test_too_soon_after_it_has_to_wait(
    cast: Cast, maya: Client, fred: Actor, treated: Treatment
) -> None:
    draft = intake(maya, cast.pen, answers=ALL_CLEAR, planned_date=date(2026, 6, 24))
    made = actions.submit(actor=fred, intake=draft, at=NOW, today=AFTER)
    assert made.level == Level.DEFER
    assert made.defer_until == TUESDAY + timedelta(days=28)
    held = queries.live_clearance(maya.pk, cast.pen.pk)
    assert held is not None
    assert held.valid_from == TUESDAY + timedelta(days=28), "28 days between sessions"
