"""Change is the normal case: what was relied on no longer holds, and people are told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.clients import links
from clinic.consent.models import Consent
from clinic.treatments.models import Treatment
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import TUESDAY, Cast
from tests.journeys import crafted
from tests.journeys.client import Client
from tests.journeys.clock import Clock
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
    desk.opens("journey:client", maya.pk)
    desk.follows("Change an answer")
    desk.presses("Open the answers")
    desk.goes_through_the_answers(ALL_CLEAR, rosacea="Yes, but it is calm")
    # Another call comes in. What was begun is what the client's page puts first.
    desk.opens("journey:client", maya.pk)
    desk.does_the_next_thing("Go on with the questions")
    desk.stands_on("Check the answers")
    desk.ticks("The client confirmed these answers.")
    desk.presses("Hand in the answers")
    desk.stands_on("A practitioner must review before booking")

    desk.opens("journey:today")
    desk.reads("Whom to call", "Tuesday 16 June at 10:00", "07700 900123")
    desk.reads("On hold. Answers changed by Fred Okoye on 1 June")
    desk.follows("Maya Lind")
    desk.reads("A practitioner must review the answers", "On hold")
    assert not desk.page.get_by_role("link", name="Check in").count()


def test_consent_taken_back_on_the_phone_stops_the_treatment(
    phone: Client, practitioner: Practitioner, clock: Clock, cast: Cast
) -> None:
    maya = make.client(cast.riverside)
    booked = make.appointment(cast, maya)
    agreed = make.consent(cast, maya, booked.clearance.screening)
    make.check_in(cast, booked)
    type(booked).objects.filter(pk=booked.pk).update(status="ARRIVED")
    clock.is_at(TUESDAY, 9, 55)
    practitioner.signs_in()
    practitioner.opens("treatments:treat", booked.pk)
    practitioner.reads("Everything is ready")

    phone.follows_the_link(_link(cast, agreed))
    phone.stands_on("Thank you")
    phone.follows("Take my consent back")
    phone.presses("Take my consent back")
    phone.stands_on("You took your consent back")
    phone.reads("You will not be treated.")

    answer = crafted.post(practitioner, "treatments:start", booked.pk)
    assert answer.status == 409
    assert "Maya Lind has taken the consent back" in answer.text()
    practitioner.opens("treatments:treat", booked.pk)
    practitioner.stands_on("Treat Maya Lind")
    practitioner.reads("Maya Lind has taken the consent back", "Do not treat.")
    assert not practitioner.page.get_by_role("button", name="Start the treatment").count()
    assert not Treatment.objects.exists()


def _link(cast: Cast, agreed: Consent) -> str:
    token = links.issue(
        actor=cast.actor(cast.fred),
        client=agreed.client,
        purpose="CONSENT",
        object_id=agreed.pk,
        at=timezone.now(),
    )
    return reverse("clients:link", args=[token])
