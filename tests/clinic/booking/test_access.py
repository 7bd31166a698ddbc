"""Who may open which page: works, wrong role, other site, missing, wrong method."""

from datetime import timedelta

import pytest
from django.urls import reverse
from time_machine import Traveller

from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.clinic.booking.conftest import SignIn
from tests.factories import Cast

READ = ["booking:day", "booking:appointment", "booking:before"]
WRITE = [
    "booking:book",
    "booking:move",
    "booking:check_in",
    "booking:cancel",
    "booking:no_show",
]
MAY_BOOK = ["fred", "petra", "rosa", "lena", "mark"]


@pytest.fixture
def booked(cast: Cast, maya: Client, held: Clearance, monday: Traveller) -> Appointment:
    made = make.appointment(cast, maya, held=held)
    monday.move_to(made.starts_at - timedelta(minutes=10))
    return made


def address(name: str, booked: Appointment, pk: int | None = None) -> str:
    if name == "booking:day":
        return reverse(name)
    if name == "booking:book":
        return reverse(name, args=[pk or booked.client_id, booked.procedure_id])
    return reverse(name, args=[pk or booked.pk])


@pytest.mark.parametrize("name", READ + WRITE)
@pytest.mark.parametrize("person", MAY_BOOK)
def test_it_opens_for_who_may_book(
    cast: Cast, booked: Appointment, sign_in: SignIn, name: str, person: str
) -> None:
    response = sign_in(getattr(cast, person)).get(address(name, booked))
    assert response.status_code == 200


@pytest.mark.parametrize(("name", "status"), [(n, 200) for n in READ] + [(n, 403) for n in WRITE])
def test_an_auditor_reads_and_writes_nothing(
    cast: Cast, booked: Appointment, sign_in: SignIn, name: str, status: int
) -> None:
    browser = sign_in(cast.audra)
    assert browser.get(address(name, booked)).status_code == status
    if status == 403:
        assert browser.post(address(name, booked)).status_code == 403


@pytest.mark.parametrize("name", [*READ[1:], *WRITE])
def test_another_sites_record_is_as_missing_as_one_that_is_not_there(
    cast: Cast, booked: Appointment, sign_in: SignIn, name: str
) -> None:
    there = sign_in(cast.hana)
    assert there.get(address(name, booked)).status_code == 404
    if name in WRITE:
        assert there.post(address(name, booked)).status_code == 404
    assert sign_in(cast.fred).get(address(name, booked, pk=999_999)).status_code == 404
    booked.refresh_from_db()
    assert booked.status == "BOOKED"


def test_another_sites_procedure_and_room_are_missing_too(
    cast: Cast, booked: Appointment, sign_in: SignIn
) -> None:
    theirs = cast.hilltop.procedures.all()[0]
    url = reverse("booking:book", args=[booked.client_id, theirs.pk])
    assert sign_in(cast.fred).get(url).status_code == 404


@pytest.mark.parametrize("name", READ)
def test_reading_pages_take_no_post(
    cast: Cast, booked: Appointment, sign_in: SignIn, name: str
) -> None:
    assert sign_in(cast.fred).post(address(name, booked)).status_code == 405


@pytest.mark.parametrize("name", WRITE)
def test_writing_pages_take_no_delete(
    cast: Cast, booked: Appointment, sign_in: SignIn, name: str
) -> None:
    assert sign_in(cast.fred).delete(address(name, booked)).status_code == 405


@pytest.mark.parametrize("name", READ + WRITE)
def test_signed_out_goes_to_the_door(cast: Cast, booked: Appointment, name: str) -> None:
    from django.test import Client as Browser

    response = Browser().get(address(name, booked))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:sign_in"))
