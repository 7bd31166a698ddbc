"""Nothing is found: three people, from the first call to the sheet that goes home."""

from datetime import date

import pytest

from tests.clinic.intake.answers import ALL_CLEAR
from tests.journeys.papers import TREATED_ON_THURSDAY, assert_says
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)


def test_from_the_first_call_to_the_aftercare_sheet(walk: Walk) -> None:
    desk, phone = walk.desk, walk.phone
    desk.signs_in()
    desk.adds()
    link = desk.plans_and_sends("2026-06-04")

    phone.follows_the_link(link)
    phone.answers(ALL_CLEAR)
    phone.reads("We can find a day for you", "Your answers count until Wednesday 1 July")

    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    walk.agrees()

    sheet = walk.is_treated_on(THURSDAY)
    assert_says(sheet, *TREATED_ON_THURSDAY)
    assert_says(sheet, "Tue 9 June 5 days No retinol, acids, scrubs")
    walk.gets_the_same_sheet_again(sheet, date(2026, 7, 1))
