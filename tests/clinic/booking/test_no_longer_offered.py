"""Whoever changes what appointments rest on is told which ones, and Today says so."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Membership, Site, User
from clinic.booking.models import Appointment
from clinic.booking.no_longer_offered import flagged
from clinic.procedures.models import Procedure, Room
from tests import factories as make
from tests.clinic.booking.conftest import SignIn
from tests.factories import MONDAY, TUESDAY, Cast
from tests.factories.days import at

Change = Callable[[Cast], object]
CHANGES: dict[str, Change] = {
    "Microneedling pen is not offered any more.": lambda cast: Procedure.objects.filter(
        pk=cast.pen.pk
    ).update(is_offered=False),
    "Petra Novak does not do this procedure any more.": lambda cast: cast.pen.performers.remove(
        cast.petra
    ),
    "Petra Novak does not treat here any more.": lambda cast: Membership.objects.filter(
        user=cast.petra
    ).delete(),
    "Room 1 is closed.": lambda cast: Room.objects.filter(pk=cast.room.pk).update(is_open=False),
    "The clinic is not open at this time any more.": lambda cast: Site.objects.filter(
        pk=cast.riverside.pk
    ).update(opens=time(10, 30)),
    "Microneedling pen is not done as deep as this any more.": lambda cast: (
        Procedure.objects.filter(pk=cast.pen.pk).update(max_depth_mm="0.30")
    ),
    "Microneedling pen is not done on one of these areas any more.": lambda cast: (
        Procedure.objects.filter(pk=cast.pen.pk).update(areas=["back"])
    ),
}


@pytest.fixture
def booked(cast: Cast) -> Appointment:
    """Maya with Petra in Room 1, Tuesday 16 June at 10."""
    return make.appointment(cast, make.client(cast.riverside), start=at(TUESDAY, 10))


@pytest.mark.parametrize("words", CHANGES)
def test_today_and_the_appointment_say_what_no_longer_stands(
    cast: Cast, booked: Appointment, sign_in: SignIn, words: str
) -> None:
    fred = sign_in(cast.fred)
    page = reverse("booking:appointment", args=[booked.pk])
    for url in (reverse("journey:today"), page):
        assert words not in fred.get(url).content.decode()
    CHANGES[words](cast)
    for url in (reverse("journey:today"), page):
        assert words in fred.get(url).content.decode()


def test_nothing_is_said_of_what_is_over_or_elsewhere(cast: Cast, booked: Appointment) -> None:
    Room.objects.update(is_open=False)
    fred, hana = cast.actor(cast.fred), cast.actor(cast.hana)
    assert [one.appointment for one in flagged(fred, today=MONDAY)] == [booked]
    assert flagged(hana, today=MONDAY) == []
    assert flagged(fred, today=TUESDAY + timedelta(days=1)) == []


def _staff_page(cast: Cast) -> tuple[User, str, dict[str, Any]]:
    values = {"name": "Petra Novak", "job_title": "", "registration": "NMC 12A3456E"}
    url = reverse("accounts:staff_edit", args=[cast.petra.pk])
    return cast.mark, url, {**values, "password": "", "roles": ["front_desk"]}


def _site_page(cast: Cast) -> tuple[User, str, dict[str, Any]]:
    values = {"country": "GB", "opens": "09:00", "closes": "18:00"}
    return cast.mark, reverse("procedures:site"), {**values, "rooms": [cast.second_room.pk]}


def _procedure_page(cast: Cast) -> tuple[User, str, dict[str, Any]]:
    names = ("name", "min_depth_mm", "max_depth_mm", "areas", "duration_minutes", "interval_days")
    more = ("deep_interval_days", "cooling_off_hours")
    values = {name: getattr(cast.pen, name) for name in (*names, *more)}
    performers = [person.pk for person in cast.pen.performers.all()]
    url = reverse("procedures:edit", args=[cast.pen.pk])
    return cast.mark, url, {**values, "performers": performers}  # no tick: not offered


@pytest.mark.parametrize("page", [_staff_page, _site_page, _procedure_page])
def test_the_page_that_changes_it_lists_what_it_touches(
    cast: Cast,
    booked: Appointment,
    sign_in: SignIn,
    page: Callable[[Cast], tuple[User, str, dict[str, Any]]],
) -> None:
    who, url, values = page(cast)
    saved = sign_in(who).post(url, values, follow=True).content.decode()
    assert "1 appointment ahead no longer stands as booked." in saved
    assert "Tuesday 16 June at 10:00: Maya Lind, born" in saved
    again = sign_in(who).post(url, values, follow=True).content.decode()
    assert "no longer stands" not in again, "what was flagged before is no news"


def test_nothing_is_booked_into_a_closed_room(
    cast: Cast, booked: Appointment, sign_in: SignIn
) -> None:
    cast.second_room.is_open = False
    cast.second_room.save()
    fred, url = sign_in(cast.fred), reverse("booking:move", args=[booked.pk])
    assert f"/{cast.second_room.pk}" + '"' not in fred.get(url).content.decode()
    slot = f"2026-06-17T10:00/{cast.petra.pk}/{cast.second_room.pk}"
    assert fred.post(url, {"slot": slot}).status_code == 409


def test_the_list_asks_once_however_many(
    cast: Cast, booked: Appointment, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        nadia = make.client(cast.riverside, first_name=f"Nadia {number}")
        make.appointment(cast, nadia, start=at(TUESDAY + timedelta(days=number + 1), 10))
    Room.objects.update(is_open=False)
    fred = cast.actor(cast.fred)
    with django_assert_num_queries(1):
        assert len(flagged(fred, today=MONDAY)) == 4


def test_who_only_reads_sees_it_too(cast: Cast, booked: Appointment, sign_in: SignIn) -> None:
    Room.objects.update(is_open=False)
    audra: Browser = sign_in(cast.audra)
    assert "Room 1 is closed." in audra.get(reverse("journey:today")).content.decode()
