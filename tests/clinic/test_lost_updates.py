"""Two open pages, both saved: the second is told what the first saved, and loses nothing typed."""

import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import User
from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.procedures.models import Procedure
from tests.factories import journey, people
from tests.factories.people import Cast

Fields = dict[str, Any]


def _mark(page: str) -> str:
    found = re.search(r'name="opened" value="(\w{64})"', page)
    assert found, "the page sends back how the row was when it was opened"
    return found.group(1)


def _signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def _client_page(cast: Cast) -> tuple[User, str, Fields]:
    maya = people.client(cast.riverside)
    return (
        cast.fred,
        reverse("clients:edit", args=[maya.pk]),
        {
            "first_name": "Maya",
            "last_name": "Lind",
            "date_of_birth": "12/04/1990",
            "phone": "07700 900123",
            "email": "maya@example.com",
        },
    )


def _staff_page(cast: Cast) -> tuple[User, str, Fields]:
    values = {"name": "Fred Okoye", "job_title": "", "registration": "", "password": ""}
    url = reverse("accounts:staff_edit", args=[cast.fred.pk])
    return cast.mark, url, {**values, "roles": ["front_desk"]}


def _procedure_page(cast: Cast) -> tuple[User, str, Fields]:
    pen = cast.pen
    names = ("name", "min_depth_mm", "max_depth_mm", "areas", "duration_minutes", "interval_days")
    more = ("deep_interval_days", "cooling_off_hours")
    values = {name: getattr(pen, name) for name in (*names, *more)}
    performers = [person.pk for person in pen.performers.all()]
    url = reverse("procedures:edit", args=[pen.pk])
    return cast.mark, url, {**values, "is_offered": "on", "performers": performers}


FORMS = [
    (_client_page, "phone", "020 7946 0111", "020 7946 0222"),
    (_client_page, "last_name", "Berg", "Ek"),
    (_client_page, "date_of_birth", "12/04/1991", "12/04/1992"),
    (_staff_page, "job_title", "Receptionist", "Manager of the desk"),
    (_staff_page, "roles", ["front_desk", "manager"], ["front_desk", "auditor"]),
    (_procedure_page, "duration_minutes", "45", "75"),
    (_procedure_page, "areas", ["forehead"], ["cheeks"]),
    (_procedure_page, "performers", [], []),
]


@pytest.mark.parametrize(("form", "field", "first", "second"), FORMS)
def test_the_second_is_told_and_keeps_what_was_typed(
    cast: Cast,
    form: Callable[[Cast], tuple[User, str, Fields]],
    field: str,
    first: Any,
    second: Any,
) -> None:
    who, url, values = form(cast)
    if field == "performers":
        first, second = [cast.petra.pk], [cast.rosa.pk]
    one, two = _signed_in(who), _signed_in(who)
    marks = [_mark(browser.get(url).content.decode()) for browser in (one, two)]
    mine = {**values, field: first, "opened": marks[0]}
    assert one.post(url, mine).status_code == 302
    answer = two.post(url, {**values, field: second, "opened": marks[1]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this page after you opened it." in page
    assert "Saved meanwhile:" in page
    _first_counts(cast, url, field)
    # Saving again, with both in view, is a decision.
    again = two.post(url, {**values, field: second, "opened": _mark(page)})
    assert again.status_code == 302


def _first_counts(cast: Cast, url: str, field: str) -> None:
    verbs = ("client.correct", "staff.change", "procedure.change")
    assert Event.objects.filter(verb__in=verbs).count() == 1


def test_both_values_stand_beside_the_field(cast: Cast) -> None:
    who, url, values = _client_page(cast)
    one, two = _signed_in(who), _signed_in(who)
    mark = _mark(two.get(url).content.decode())
    one.post(url, {**values, "phone": "020 7946 0111", "last_name": "Berg"})
    page = two.post(url, {**values, "phone": "020 7946 0222", "opened": mark}).content.decode()
    assert "Saved meanwhile: 020 7946 0111" in page
    assert "Saved meanwhile: Berg" in page
    assert 'value="020 7946 0222"' in page
    assert Client.objects.get().last_name == "Berg"


@pytest.mark.parametrize("page", ["booking:move", "booking:cancel", "booking:no_show"])
def test_an_appointment_that_was_changed_meanwhile_is_looked_at_again(
    cast: Cast, page: str
) -> None:
    booked = journey.appointment(cast, people.client(cast.riverside))
    url = reverse(page, args=[booked.pk])
    fred = _signed_in(cast.fred)
    shown = fred.get(url).content.decode()
    opened = _mark(shown) if 'name="opened"' in shown else "0" * 64
    Appointment.objects.filter(pk=booked.pk).update(room=cast.second_room)
    values = {"opened": opened, "cause": "Ill", "slot": _other_time(booked)}
    answer = fred.post(url, values)
    assert answer.status_code == 409
    assert "Somebody else changed this appointment" in answer.content.decode()
    booked.refresh_from_db()
    assert (booked.status, booked.room) == ("BOOKED", cast.second_room)


def _other_time(booked: Appointment) -> str:
    return f"{booked.starts_at:%Y-%m-%d}T14:00/{booked.practitioner_id}/{booked.room_id}"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(transactional_db: None) -> None:
    cast = people.cast()
    who, url, values = _procedure_page(cast)
    browsers = [_signed_in(who) for _ in range(4)]
    marks = [_mark(browser.get(url).content.decode()) for browser in browsers]
    answers: list[int] = []

    def save(number: int) -> None:
        minutes = {"duration_minutes": 30 + number, "opened": marks[number]}
        answers.append(browsers[number].post(url, {**values, **minutes}).status_code)
        connection.close()

    threads = [Thread(target=save, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409, 409, 409]
    assert Procedure.objects.get(pk=cast.pen.pk).duration_minutes in range(30, 34)
