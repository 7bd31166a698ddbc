"""One record per person: found before created, and nothing typed is lost."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.clients import actions
from clinic.clients.duplicates import Shared, similar_names
from clinic.clients.models import Client
from clinic.core.actor import WRITING_ROLES
from clinic.intake.models import Clearance
from tests.access import assert_access
from tests.factories import journey, people
from tests.factories.days import NOW
from tests.factories.people import Cast

MAYA: dict[str, Any] = {
    "first_name": "Maya",
    "last_name": "Lind",
    "date_of_birth": "12/04/1990",
    "phone": "07700 900123",
    "email": "maya@example.com",
}


def register(cast: Cast, **fields: Any) -> Client:
    values = MAYA | {"date_of_birth": date(1990, 4, 12)} | fields
    return actions.register(actor=cast.actor(cast.fred), at=NOW, **values)


def test_who_writes_may_add_a_client(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "clients:new", allowed_roles=WRITING_ROLES)
    assert_access(
        client, cast, "clients:new", allowed_roles=WRITING_ROLES, method="post", data=MAYA
    )


def test_a_new_client_is_written_down_with_who_did_it(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    gone = client.post(reverse("clients:new"), MAYA | {"email": "Maya@Example.com"})
    maya = Client.objects.get()
    assert gone.headers["Location"] == reverse("journey:client", args=[maya.pk])
    assert (maya.site, maya.phone_digits, maya.email, maya.event_free) == (
        cast.riverside,
        "447700900123",
        "maya@example.com",
        True,
    )
    row = Event.objects.get(verb="client.register")
    assert (row.client_id, row.actor_name, row.site_id, row.detail) == (
        maya.pk,
        "Fred Okoye",
        cast.riverside.pk,
        {"despite": []},
    )


def test_what_was_typed_in_the_find_box_is_there_already(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    page = client.get(reverse("clients:new"), {"first_name": "Ada", "date_of_birth": "12/04/1990"})
    assert 'value="Ada"' in page.content.decode()
    assert 'value="12/04/1990"' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_name": ""}, "Please fill this in."),
        ({"date_of_birth": ""}, "Please give the date of birth."),
        ({"date_of_birth": "31/02/1990"}, "Please give a real date"),
        ({"date_of_birth": "12/04/2990"}, "This date is still to come."),
        ({"date_of_birth": "12/04/1790"}, "more than 120 years ago"),
        ({"phone": "call me"}, "Please give a whole phone number, for example"),
        ({"email": "maya@"}, "Please give a whole e-mail address"),
        ({"phone": "", "email": ""}, "Please give a phone number or an e-mail address."),
    ],
)
def test_a_slip_is_told_beside_its_field_and_the_rest_stays(
    client: Browser, cast: Cast, change: dict[str, str], words: str
) -> None:
    client.force_login(cast.fred)
    page = client.post(reverse("clients:new"), MAYA | change).content.decode()
    assert words in page
    assert 'value="Lind"' in page
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"phone": "", "email": "other@example.com"},
        {"first_name": "Maja", "last_name": "Berg", "phone": "", "email": "o@example.com"},
        {"first_name": "Lind", "last_name": "Maya", "phone": "", "email": "o@example.com"},
        {"first_name": "Ole", "last_name": "Ek", "phone": "+44 (0)7700-900123", "email": ""},
        {"first_name": "Ole", "last_name": "Ek", "phone": "", "email": "MAYA@example.com"},
    ],
    ids=["same birthday and name", "misspelt", "swapped", "same phone", "same e-mail"],
)
def test_somebody_who_may_be_known_is_asked_about(cast: Cast, fields: dict[str, Any]) -> None:
    maya = register(cast)
    with pytest.raises(actions.PossibleDuplicates) as warned:
        register(cast, **fields)
    assert warned.value.clients == [maya]
    assert Client.objects.count() == 1


def test_the_same_birthday_alone_is_no_warning(cast: Cast) -> None:
    register(cast)
    register(cast, first_name="Ole", last_name="Ek", phone="", email="ole@example.com")
    assert Client.objects.count() == 2


def test_the_warning_says_what_the_two_have_in_common(cast: Cast) -> None:
    register(cast)
    with pytest.raises(actions.PossibleDuplicates) as warned:
        register(cast, first_name="Ole", last_name="Ek", phone="07700900123", email="")
    assert [possible.shared for possible in warned.value.found] == [{Shared.PHONE}]


def test_somebody_known_at_another_site_is_asked_about(cast: Cast) -> None:
    known = register(cast)
    hana = cast.actor(cast.hana)
    with pytest.raises(actions.PossibleDuplicates) as warned:
        actions.register(actor=hana, at=NOW, **MAYA | {"date_of_birth": date(1990, 4, 12)})
    assert [(one.client, one.here) for one in warned.value.found] == [(known, False)]


@pytest.mark.parametrize(
    ("names", "others", "same"),
    [
        (("Maya", "Lind"), ("Maya", "Smith"), True),
        (("Alex", "Hall"), ("Alexandra", "Moor"), True),
        (("Maya", "Lind"), ("Maya", "Lind-Smith"), True),
        (("Zoë", "Ek"), ("Zoe", "Ek"), True),
        (("Maya", "Lind"), ("Noor", "Aziz"), False),
        (("Jo", "Ek"), ("Joanna", "Ekwall"), False),
    ],
)
def test_which_names_are_alike(names: tuple[str, str], others: tuple[str, str], same: bool) -> None:  # noqa: FBT001
    assert similar_names(names, others) is same


def test_the_page_shows_who_it_may_be_and_keeps_what_was_typed(client: Browser, cast: Cast) -> None:
    maya = register(cast)
    client.force_login(cast.fred)
    typed = MAYA | {"first_name": "Maja", "phone": "020 7946 1234"}
    page = client.post(reverse("clients:new"), typed).content.decode()
    assert f'href="{reverse("journey:client", args=[maya.pk])}"' in page
    assert "This is a different person" in page
    for value in ("Maja", "020 7946 1234"):
        assert f'value="{value}"' in page
    words = "Open the record above, or tick this if it is a different person."
    assert words not in page
    unticked = client.post(reverse("clients:new"), typed | {"asked": ""}).content.decode()
    assert "may already be known here" in unticked
    assert words in unticked
    gone = client.post(reverse("clients:new"), typed | {"different_person": "on"})
    assert gone.status_code == 302
    told = Event.objects.filter(verb="client.register").latest("pk")
    assert told.detail == {"despite": [maya.pk]}


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_make_one_record() -> None:
    cast = people.cast()
    start, outcomes = Barrier(2), []

    def desk() -> None:
        start.wait()
        try:
            register(cast)
            outcomes.append("made")
        except actions.PossibleDuplicates:
            outcomes.append("asked")
        connection.close()

    desks = [Thread(target=desk) for _ in range(2)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert sorted(outcomes) == ["asked", "made"]
    assert Client.objects.count() == 1


def test_who_writes_may_correct_details(client: Browser, cast: Cast) -> None:
    maya = people.client(cast.riverside)
    other = people.client(cast.hilltop)
    assert_access(
        client,
        cast,
        "clients:edit",
        {"client_id": maya.pk},
        allowed_roles=WRITING_ROLES,
        elsewhere={"client_id": other.pk},
        missing={"client_id": 0},
    )


def test_a_correction_says_which_details_changed_not_what_they_were(
    client: Browser, cast: Cast
) -> None:
    maya = register(cast)
    client.force_login(cast.fred)
    url = reverse("clients:edit", args=[maya.pk])
    assert 'value="12/04/1990"' in client.get(url).content.decode()
    client.post(url, MAYA | {"last_name": "Berg", "phone": ""})
    maya.refresh_from_db()
    assert (maya.full_name, maya.phone, maya.phone_digits) == ("Maya Berg", "", "")
    assert Event.objects.get(verb="client.correct").detail == {"changed": ["last_name", "phone"]}


def test_a_corrected_birthday_ends_what_was_cleared_for_another_age(
    client: Browser, cast: Cast
) -> None:
    maya = people.client(cast.riverside)
    booked = journey.appointment(cast, maya)
    client.force_login(cast.fred)
    url = reverse("clients:edit", args=[maya.pk])
    client.post(url, MAYA | {"phone": "020 7946 1234"})
    booked.refresh_from_db()
    assert booked.status == "BOOKED"
    client.post(url, MAYA | {"date_of_birth": "12/04/2010"})
    booked.refresh_from_db()
    held = Clearance.objects.get(pk=booked.clearance_id)
    assert (booked.status, held.live) == ("ON_HOLD", False)
    assert held.ended_cause == "The date of birth was corrected."
    assert held.screening.live is False
    told = Event.objects.filter(client_id=maya.pk).values_list("verb", flat=True)
    assert {"clearance.ended", "screening.ended", "appointment.hold"} <= set(told)
