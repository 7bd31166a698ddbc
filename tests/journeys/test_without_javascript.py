"""The clear journey where no script runs: every page still works, only less quickly."""

from datetime import date

import pytest
from playwright.sync_api import expect

from clinic.booking.models import Appointment
from clinic.consent.models import Signature
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.journeys.client import PHONE, Client
from tests.journeys.clock import Clock
from tests.journeys.conftest import LAPTOP, Browsers
from tests.journeys.desk import FrontDesk

WAXED = {"hair_removal": "yes", "hair_removal_date": "2026-05-26"}
"""The date is a follow-up: on the page from the start, with the words when to answer it."""
pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_first_call_to_the_signed_consent(
    browsers: Browsers, clock: Clock, cast: Cast
) -> None:
    desk = browsers(FrontDesk, "desk", viewport=LAPTOP, java_script_enabled=False)
    phone = browsers(Client, "phone", viewport=PHONE, java_script_enabled=False)
    desk.signs_in()
    desk.page.locator("#find").fill("maya lind 12.4.1990")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.follows("Add “maya lind 12.4.1990”")
    desk.fills(phone="07700 900123")
    desk.presses("Add the client")
    desk.plans("2026-06-04")
    desk.asks(ALL_CLEAR | WAXED)
    desk.stands_on("Not before Tuesday 2 June")

    desk.follows("Find a time")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    assert Appointment.objects.get().status == "BOOKED"
    desk.follows("Maya Lind")
    link = desk.gives_the_consent_text()

    phone.thinks_it_over(link)
    clock.is_at(date(2026, 6, 3), 17)
    phone.follows_the_link(link)
    expect(phone.page.locator("canvas")).to_be_hidden()
    phone.agrees()
    assert Signature.objects.get().method == "TYPED"
