""" "Clear" is never shown green for a clearance that has ended or is over."""

from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.intake.models import Clearance
from tests import factories
from tests.factories import Cast
from tests.factories.days import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


def page(client: Browser, cast: Cast, held: Clearance) -> str:
    client.force_login(cast.fred)
    shown = client.get(reverse("journey:client", args=[held.client_id])).content.decode()
    return shown.split('class="alerts"')[1].split("</div>")[0]


def test_clear_while_the_clearance_is_in_force(client: Browser, cast: Cast) -> None:
    held = factories.clearance(factories.client(cast.riverside), cast.pen)
    assert "tone-clear" in page(client, cast, held)


def test_not_clear_once_it_has_ended(client: Browser, cast: Cast) -> None:
    held = factories.clearance(factories.client(cast.riverside), cast.pen)
    Clearance.objects.filter(pk=held.pk).update(
        ended_at=NOW, ended_by="Petra Novak", ended_cause="Something new was told."
    )
    alerts = page(client, cast, held)
    assert "No longer cleared" in alerts
    assert "tone-clear" not in alerts


def test_not_clear_once_its_last_day_has_passed(client: Browser, cast: Cast) -> None:
    held = factories.clearance(factories.client(cast.riverside), cast.pen)
    with time_machine.travel("2026-08-01 10:00", tick=False):
        alerts = page(client, cast, held)
    assert "No longer cleared" in alerts
    assert "tone-clear" not in alerts
