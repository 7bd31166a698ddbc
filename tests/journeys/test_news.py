"""News at check-in: the appointment is held until what was told has become an answer."""

import pytest

from clinic.intake.models import Clearance
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import TUESDAY, Cast
from tests.journeys.clock import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def booked(cast: Cast) -> int:
    """Maya's session on Tuesday at ten, on answers that found nothing."""
    maya = make.client(cast.riverside)
    screened = make.screening(maya, cast.pen, answers=ALL_CLEAR)
    held = make.clearance(maya, cast.pen, screening=screened)
    return make.appointment(cast, maya, held=held).pk


def says_something_new(desk: FrontDesk, booked: int) -> None:
    desk.signs_in()
    desk.opens("booking:check_in", booked)
    desk.page.locator("[name=identity_confirmed]").check()
    for group in desk.page.locator("main fieldset").all():
        pregnancy = "Are you pregnant" in group.inner_text()
        group.get_by_label("Not sure" if pregnancy else "No", exact=True).check()
    desk.fills(words="I might be.")
    desk.presses("Check in")


def test_confirming_old_answers_does_not_lift_the_hold_and_answering_afresh_does(
    desk: FrontDesk, clock: Clock, cast: Cast, booked: int
) -> None:
    clock.is_at(TUESDAY, 9, 50)
    says_something_new(desk, booked)
    desk.reads("On hold", "Pregnancy: not sure. I might be.", "Fred Okoye")
    desk.reads("Are you pregnant, or could you be?", "Are you breastfeeding?")
    desk.follows("Ask these 2 questions again")
    desk.reads("part by part", "I might be.")
    desk.presses("Ask these 2 questions again")
    desk.stands_on("Pregnancy and breastfeeding")
    assert not desk.page.locator("main input:checked").count()
    desk.presses("Next")
    desk.stands_on("Pregnancy and breastfeeding")
    desk.reads("Please choose an answer.")
    assert not Clearance.objects.filter(live=True).exists()

    desk.goes_through_the_answers(ALL_CLEAR)
    desk.page.get_by_role("link", name="Answer the first open question").click()
    desk.goes_through_the_answers(ALL_CLEAR)
    desk.ticks("The client confirmed these answers.")
    desk.presses("Hand in the answers")
    desk.stands_on("Ready to book")
    desk.opens("booking:appointment", booked)
    desk.reads("This appointment can be booked again")
    assert Clearance.objects.filter(live=True).count() == 1


def test_a_practitioner_decides_with_the_news_in_view(
    desk: FrontDesk, practitioner: Practitioner, clock: Clock, cast: Cast, booked: int
) -> None:
    clock.is_at(TUESDAY, 9, 50)
    says_something_new(desk, booked)
    case = Clearance.objects.get().screening_id
    practitioner.signs_in()
    practitioner.opens("review:case", case)
    practitioner.reads("Told since the answers were given", "I might be.")
    practitioner.page.locator("[name=outcome][value=CLEARED]").check()
    practitioner.fills(reason="A test this morning was negative.")
    practitioner.presses("Sign the decision")
    practitioner.reads("Read what was told, then tick this.")
    assert not Clearance.objects.filter(live=True).exists()
    practitioner.page.locator("[name=news_considered]").check()
    practitioner.presses("Sign the decision")
    practitioner.opens("booking:appointment", booked)
    practitioner.reads("This appointment can be booked again")
    assert Clearance.objects.filter(live=True).count() == 1
