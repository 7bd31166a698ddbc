"""Nothing is found: three people, from the first call to the sheet that goes home."""

from datetime import date

import pytest

from tests.clinic.intake.answers import ALL_CLEAR
from tests.journeys.client import Client
from tests.journeys.conftest import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.papers import text_of
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)


def test_from_the_first_call_to_the_aftercare_sheet(
    desk: FrontDesk, phone: Client, practitioner: Practitioner, clock: Clock
) -> None:
    desk.signs_in()
    desk.adds()
    link = desk.plans_and_sends("2026-06-04")

    phone.follows_the_link(link)
    phone.answers(ALL_CLEAR)
    phone.reads("We can find a day for you")

    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    desk.opens_client("Maya Lind")
    link = desk.gives_the_consent_text()

    phone.follows_the_link(link)
    phone.agrees()
    phone.reads("You can be treated from")

    practitioner.signs_in()
    practitioner.opens_client("Maya Lind")
    practitioner.does_the_next_thing("Open the consent")
    practitioner.countersigns()

    clock.is_at(THURSDAY, 9, 50)
    desk.signs_in()
    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Check in")
    desk.checks_in("Maya Lind")

    clock.is_at(THURSDAY, 10, 0)
    practitioner.signs_in()
    practitioner.opens_client("Maya Lind")
    practitioner.does_the_next_thing("Go to the treatment")
    practitioner.treats("Maya Lind")
    clock.is_at(THURSDAY, 10, 45)
    sheet = practitioner.makes_the_sheet()

    text = text_of(sheet)
    print(text)
    assert "Maya Lind" in text
    clock.is_at(date(2026, 7, 1), 12)
    practitioner.signs_in()
    practitioner.opens_client("Maya Lind")
    practitioner.follows("Aftercare sheet")
    assert practitioner.reprints_the_sheet() == sheet
