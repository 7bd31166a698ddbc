"""Calm rosacea, and retinol two days ago: a wait and a judgement before anything is booked."""

from datetime import date

import pytest
from playwright.sync_api import expect

from clinic.booking.models import Appointment
from clinic.consent.models import Signature
from clinic.intake.models import Clearance, Screening
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.journeys import crafted
from tests.journeys.desk import FrontDesk
from tests.journeys.papers import TREATED_ON_THURSDAY, assert_says
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)
FLAGGED = ALL_CLEAR | {
    "rosacea": "calm",
    "topical_actives": "yes",
    "topical_actives_date": "2026-05-30",
}
VERDICTS = {
    "Strong skin products": ("Keep the waiting time", "Five days without retinol."),
    "Rosacea": ("Go ahead, with care", "Calm for two years, seen today."),
}


def test_waits_is_reviewed_and_is_treated_on_the_right_day(walk: Walk, cast: Cast) -> None:
    desk, practitioner = walk.desk, walk.practitioner
    desk.signs_in()
    desk.adds()
    desk.plans("2026-06-02")
    desk.asks(FLAGGED)
    desk.stands_on("Not before Thursday 4 June, and after review")
    _the_desk_looks_and_cannot_decide(desk, cast)

    practitioner.signs_in()
    practitioner.follows("To review", within=practitioner.page.locator("nav"))
    practitioner.follows("Open the first")
    practitioner.stands_on("Review: Maya Lind")
    practitioner.decides(VERDICTS, "Treat from Thursday, gently.")
    held = Clearance.objects.get()
    assert (held.valid_from, held.valid_until) == (THURSDAY, date(2026, 7, 1))

    _a_day_too_early_is_refused(desk, cast)
    desk.takes_a_slot("Thursday 4 June", "10:00")
    walk.agrees(by_hand=True)
    assert Signature.objects.get(kind="CLIENT").method == "DRAWN"

    sheet = walk.is_treated_on(THURSDAY)
    assert_says(sheet, *TREATED_ON_THURSDAY)
    assert_says(sheet, "Thu 18 June 2 weeks No retinol, acids, scrubs")
    assert_says(sheet, "Your skin is sensitive: use few products and keep away from heat.")


def _the_desk_looks_and_cannot_decide(desk: FrontDesk, cast: Cast) -> None:
    screened = Screening.objects.get()
    desk.reads("a practitioner must decide before anything is booked")
    desk.follows("Open the case")
    desk.reads("A practitioner decides this. You can look")
    assert not desk.page.get_by_role("button", name="Sign the decision").count()
    answer = crafted.post(desk, "review:case", screened.pk, outcome="CLEARED", reason="It is fine.")
    assert answer.status == 403
    desk.follows("The client’s page")
    desk.reads("A practitioner must review the answers")
    desk.opens("booking:book", screened.client_id, cast.pen.pk)
    desk.reads("A practitioner must look at the answers", "until Thursday 4 June")
    assert not desk.page.locator("[name=slot]").count()
    assert not Clearance.objects.exists()


def _a_day_too_early_is_refused(desk: FrontDesk, cast: Cast) -> None:
    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    slots = desk.page.locator("[name=slot]")
    assert str(slots.first.get_attribute("value")).startswith("2026-06-04T")
    slots.first.evaluate(
        "(it, to) => { it.value = to }", f"2026-06-03T10:00/{cast.petra.pk}/{cast.room.pk}"
    )
    slots.first.click()
    expect(desk.page.get_by_role("alert")).to_contain_text("It is too early to treat Maya Lind.")
    expect(desk.page.get_by_role("alert")).to_contain_text("Thursday 4 June")
    assert not Appointment.objects.exists()
