"""Change is the normal case: what was relied on no longer holds, and people are told."""

import pytest

from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.journeys.conftest import Clock
from tests.journeys.desk import FrontDesk

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
