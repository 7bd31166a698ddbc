"""From a changed window to a booking on hold, with the reason."""

from typing import Any

import pytest

from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions as intake
from clinic.intake.models import Clearance, Rescreening, Screening
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, Cast, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


def submitted(cast: Cast, who: Client, **answers: Any) -> Screening:
    actor: Actor = cast.actor(cast.fred)
    draft = factories.intake(who, cast.pen, answers=ALL_CLEAR | answers)
    return intake.submit(actor=actor, intake=draft, at=NOW, today=MONDAY)


def longer_retinol(days: int = 60) -> dict[str, Any]:
    tables = rules.tables_in_force("1.2.0")
    for one in rules.rule(tables, "topical_actives")["outcome"]:
        if "defer" in one:
            one["defer"]["window"] = {"days": days}
    return tables


def test_a_longer_window_puts_a_booking_on_hold(cast: Cast, maya: Client) -> None:
    old = submitted(cast, maya, topical_actives="yes", topical_actives_date="2026-05-20")
    held = Clearance.objects.get(screening=old)
    held.refresh_from_db()
    booked = factories.appointment(cast, maya, held=held)
    row = rules.published(cast, longer_retinol())
    old.refresh_from_db()
    booked.refresh_from_db()
    assert booked.status == "ON_HOLD"
    assert Appointment.objects.get().changes.get().cause == old.ended_cause
    assert rules.live(old).pack == row


def test_the_same_stands(cast: Cast, maya: Client) -> None:
    old = submitted(cast, maya)
    row = rules.published(cast, longer_retinol())
    assert rules.live(old) == old
    assert Rescreening.objects.get().pack == row
