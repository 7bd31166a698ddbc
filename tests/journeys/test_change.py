"""Change is the normal case: what was relied on no longer holds, and people are told."""

from datetime import timedelta

import pytest

from clinic.clients import links
from clinic.treatments.models import Treatment
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import TUESDAY, Cast
from tests.journeys import crafted
from tests.journeys.client import Client
from tests.journeys.conftest import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_changed_after_booking_puts_the_appointment_on_hold(
    desk: FrontDesk, clock: Clock, cast: Cast
) -> None:
    maya = make.client(cast.riverside)
    screened = make.screening(maya, cast.pen, answers=ALL_CLEAR)
    make.appointment(cast, maya, held=make.clearance(maya, cast.pen, screening=screened))
    desk.signs_in()
    desk.opens_client("Maya Lind")
    desk.follows("Change an answer")
    desk.presses("Open the answers")
    desk.stands_on("Check the answers")
    desk.page.get_by_role("link", name="Change: Do you have rosacea").click()
