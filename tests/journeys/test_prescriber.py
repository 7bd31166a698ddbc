"""Breastfeeding: no practitioner sets it aside; a prescriber may, if a second clinician agrees."""

from datetime import date

import pytest

from clinic.booking.models import Appointment
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Decision
from tests.factories import Cast
from tests.journeys.clock import Clock
from tests.journeys.conftest import LAPTOP, Browsers
from tests.journeys.desk import FrontDesk
from tests.journeys.given import maya_has_answered
from tests.journeys.practitioner import Practitioner, Prescriber

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "1 case asked of a prescriber"


@pytest.fixture
def flagged(cast: Cast, clock: Clock) -> Screening:
    """Given: Maya breastfeeds, and would like to come on Thursday."""
    return maya_has_answered(cast, planned=date(2026, 6, 4), breastfeeding="yes")


@pytest.fixture
def prescriber(cast: Cast, clock: Clock, browsers: Browsers) -> Prescriber:
    made: Prescriber = browsers(Prescriber, "prescriber", viewport=LAPTOP)
    return made


def test_a_prescriber_decides_a_second_clinician_agrees_and_only_then_is_it_booked(
    flagged: Screening,
    practitioner: Practitioner,
    prescriber: Prescriber,
    desk: FrontDesk,
) -> None:
    _when_the_practitioner_asks_a_prescriber(practitioner)
    _then_it_is_on_the_prescribers_list_alone(practitioner, prescriber)

    _when_the_prescriber_sets_it_aside(prescriber)
    _then_nothing_can_be_booked_yet(desk)

    _when_the_second_clinician_agrees(practitioner)
    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    assert Appointment.objects.get().clearance.screening == flagged


def _when_the_practitioner_asks_a_prescriber(practitioner: Practitioner) -> None:
    practitioner.signs_in()
    practitioner.follows("To review", within=practitioner.page.locator("nav"))
    practitioner.follows("Maya Lind")
    practitioner.stands_on("Review: Maya Lind")
    practitioner.reads("Only a prescriber may decide to go ahead.")
    finding = practitioner.page.get_by_role("article").filter(has_text="Breastfeeding")
    assert not finding.get_by_label("Override").count()
    practitioner.decides(
        {"Breastfeeding": ("Ask a prescriber", "She would like to go ahead without numbing.")},
        "A prescriber has to weigh this.",
        outcome="Ask a prescriber: the case goes to their list",
    )
    assert not Clearance.objects.exists()


def _then_it_is_on_the_prescribers_list_alone(
    practitioner: Practitioner, prescriber: Prescriber
) -> None:
    practitioner.opens("review:worklist")
    practitioner.reads("Nothing to review")
    prescriber.signs_in()
    prescriber.opens("review:worklist")
    prescriber.follows(ASKED)
    prescriber.reads("Maya Lind")


def _when_the_prescriber_sets_it_aside(prescriber: Prescriber) -> None:
    prescriber.follows("Maya Lind")
    prescriber.reads("A prescriber is asked", "A prescriber has to weigh this.", "Petra Novak")
    prescriber.decides(
        {"Breastfeeding": ("Override", "The pen's instructions allow it without numbing cream.")},
        "Pen, shallow, no numbing cream.",
    )
    prescriber.opens("review:worklist")
    prescriber.reads("Your override waits for a second clinician")


def _then_nothing_can_be_booked_yet(desk: FrontDesk) -> None:
    assert not Clearance.objects.exists()
    desk.signs_in()
    desk.opens_client("Maya Lind")
    assert not desk.page.get_by_role("link", name="Find a time").count()


def _when_the_second_clinician_agrees(practitioner: Practitioner) -> None:
    practitioner.opens("review:worklist")
    practitioner.reads("Rosa Marsh asks you to confirm an override")
    practitioner.follows("Maya Lind")
    practitioner.stands_on("Confirm: Maya Lind")
    practitioner.reads("Rosa Marsh", "The pen's instructions allow it without numbing cream.")
    practitioner.reads("0.50 mm", "share the responsibility")
    practitioner.chooses(agreed="Yes, I agree")
    practitioner.fills(note="Talked with Rosa; the plan is shallow.")
    practitioner.presses("Sign")
    said = Decision.objects.get(superseded_by=None)
    assert (said.decided_name, said.confirmation.confirmed_name) == ("Rosa Marsh", "Petra Novak")
    assert Clearance.objects.get().live
