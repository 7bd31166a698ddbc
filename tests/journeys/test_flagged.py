"""Calm rosacea, and retinol two days ago: a wait and a judgement before anything is booked."""

from datetime import date

import pytest

from clinic.booking.models import Appointment
from clinic.intake.models import Clearance, Screening
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.journeys import crafted
from tests.journeys.client import Client
from tests.journeys.conftest import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.practitioner import Practitioner

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


def test_waits_is_reviewed_and_is_treated_on_the_right_day(
    desk: FrontDesk, phone: Client, practitioner: Practitioner, clock: Clock, cast: Cast
) -> None:
    desk.signs_in()
    desk.adds()
    desk.plans("2026-06-02")
    desk.asks(FLAGGED)
    desk.stands_on("Not before Thursday 4 June, and after review")
    desk.reads("a practitioner must decide before anything is booked")

    desk.follows("Open the case")
    desk.reads("A practitioner decides this. You can look")
    assert not desk.page.get_by_role("button", name="Sign the decision").count()
    desk.follows("The client’s page")
    desk.reads("A practitioner must review the answers")
    desk.opens("booking:book", Screening.objects.get().client_id, cast.pen.pk)
    desk.reads("A practitioner must look at the answers", "until Thursday 4 June")
    assert not Clearance.objects.exists()

    practitioner.signs_in()
    practitioner.follows("To review", within=practitioner.page.locator("nav"))
    practitioner.follows("Open the first")
    practitioner.stands_on("Review: Maya Lind")
    practitioner.decides(VERDICTS, "Treat from Thursday, gently.")
    held = Clearance.objects.get()
    assert (held.valid_from, held.valid_until) == (THURSDAY, date(2026, 7, 1))

    too_early = f"2026-06-03T10:00/{cast.petra.pk}/{cast.room.pk}"
    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    assert not desk.page.get_by_role("button", name="Wednesday 3 June").count()
    answer = crafted.post(desk, "booking:book", held.client_id, cast.pen.pk, slot=too_early)
    assert answer.status == 409
    print(answer.text())
    assert not Appointment.objects.exists()
