"""The advice before a visit on the appointment's page and on the page to print."""

from django.urls import reverse

from clinic.booking.models import Appointment
from clinic.booking.views.before import before_the_visit
from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.clinic.booking.conftest import SignIn
from tests.factories import Cast


def test_the_appointment_tells_what_comes_before_it_with_the_days(
    cast: Cast, maya: Client, held: Clearance, sign_in: SignIn
) -> None:
    booked = make.appointment(cast, maya, held=held)
    page = sign_in(cast.fred).get(reverse("booking:appointment", args=[booked.pk]))
    assert "Nothing important on the two days after." in page.text
    assert "Monday 15 June" in page.text
    assert reverse("booking:before", args=[booked.pk]) in page.text


def test_the_printed_page_names_the_visit_and_its_days(
    cast: Cast, maya: Client, held: Clearance, sign_in: SignIn
) -> None:
    booked = make.appointment(cast, maya, held=held)
    page = sign_in(cast.fred).get(reverse("booking:before", args=[booked.pk]))
    assert "Before your visit, Maya Lind" in page.text
    assert "Take your prescribed medicines as always." in page.text
    assert "Tuesday 2 June" in page.text


def test_a_cancelled_visit_has_nothing_to_prepare(
    cast: Cast, maya: Client, held: Clearance, monday: object
) -> None:
    booked = make.appointment(cast, maya, held=held)
    assert before_the_visit(booked, held.screening_id)
    booked.status = Appointment.Status.CANCELLED
    assert before_the_visit(booked, held.screening_id) == []


def test_who_has_no_answers_is_given_no_lines(cast: Cast, maya: Client, monday: object) -> None:
    assert before_the_visit(make.appointment(cast, maya), None) == []


def test_while_a_time_is_chosen_the_days_are_counted_back_from_the_first_one_offered(
    cast: Cast, maya: Client, held: Clearance, sign_in: SignIn
) -> None:
    fred = sign_in(cast.fred)
    page = fred.get(reverse("booking:book", args=[maya.pk, cast.pen.pk]) + "?from=2026-06-16")
    assert page.context["offers"].days[0].day.isoformat() == "2026-06-16"
    assert "Counted back from Tuesday 16 June" in page.text
    assert "Monday 15 June" in page.text
