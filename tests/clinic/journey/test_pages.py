"""Today and the client page, on rows in every state of the journey."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.clients.actions import close_event, report_event
from clinic.clients.models import Client
from clinic.core.actor import Role
from clinic.intake.models import Clearance
from tests import factories
from tests.access import assert_access
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.factories.days import NOW, TUESDAY, at
from tests.factories.people import client as make_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Any:
    with time_machine.travel(at(TUESDAY, 9), tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


def show(browser: Browser, name: str, *args: int) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


def test_today_opens_for_all_staff(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "journey:today", allowed_roles=list(Role))


def test_a_client_page_opens_for_all_staff_of_its_site(
    client: Browser, cast: Cast, maya: Client
) -> None:
    assert_access(
        client,
        cast,
        "journey:client",
        {"client_id": maya.pk},
        allowed_roles=list(Role),
        elsewhere={"client_id": make_client(cast.hilltop).pk},
        missing={"client_id": 10**9},
    )


def test_reading_a_client_is_put_on_record(client: Browser, cast: Cast, maya: Client) -> None:
    client.force_login(cast.fred)
    show(client, "journey:client", maya.pk)
    event = Event.objects.get(verb="client.read")
    assert (event.client_id, event.actor_name) == (maya.pk, "Fred Okoye")


def test_a_new_client_is_asked_the_questions_next(
    client: Browser, cast: Cast, maya: Client
) -> None:
    client.force_login(cast.fred)
    assert "Ask the health questions" in show(client, "journey:client", maya.pk)


def test_an_auditor_sees_the_next_thing_but_no_way_to_do_it(
    client: Browser, cast: Cast, maya: Client
) -> None:
    client.force_login(cast.audra)
    page = show(client, "journey:client", maya.pk)
    assert reverse("intake:start", args=[maya.pk]) not in page


def test_the_whole_journey_shows_as_done_but_for_the_sheet(
    client: Browser, cast: Cast, maya: Client
) -> None:
    booked = factories.appointment(cast, maya)
    running = factories.treatment(cast, booked)
    record = factories.treatment_record(cast, running)
    type(running).objects.filter(pk=running.pk).update(ended_at=at(TUESDAY, 11))
    for status in ("ARRIVED", "IN_TREATMENT", "DONE"):
        type(booked).objects.filter(pk=booked.pk).update(status=status)
    client.force_login(cast.petra)
    page = show(client, "journey:client", maya.pk)
    assert "Give the client the aftercare sheet" in page
    assert reverse("aftercare:sheet", args=[record.pk]) in page


def test_what_was_put_on_hold_says_why_on_both_pages(
    client: Browser, cast: Cast, maya: Client
) -> None:
    booked = factories.appointment(cast, maya, start=at(TUESDAY + timedelta(days=1), 10))
    Clearance.objects.filter(pk=booked.clearance_id).update(
        ended_at=NOW, ended_by="Fred Okoye", ended_cause="An answer was changed."
    )
    client.force_login(cast.fred)
    assert "An answer was changed." in show(client, "journey:client", maya.pk)
    today = show(client, "journey:today")
    assert "Maya Lind" in today
    assert "Whom to call" in today
    assert "An answer was changed." in today


def test_today_says_what_is_missing_and_whom_to_call(
    client: Browser, cast: Cast, maya: Client
) -> None:
    factories.appointment(cast, maya)
    other = make_client(cast.riverside, first_name="Noor", last_name="Haddad")
    factories.appointment(cast, other, start=at(TUESDAY + timedelta(days=2), 10))
    client.force_login(cast.fred)
    page = show(client, "journey:today")
    assert "Consent missing" in page
    assert "Open the next client who is not ready" in page
    assert "Call Noor Haddad: consent needed before Thursday" in page


def test_an_open_adverse_event_is_on_today_until_it_is_closed(
    client: Browser, cast: Cast, maya: Client
) -> None:
    event = report_event(
        actor=cast.actor(cast.fred),
        client=maya,
        what="Blisters on both cheeks",
        onset=TUESDAY,
        severity="SEVERE",
        at=at(TUESDAY, 9),
    )
    client.force_login(cast.petra)
    page = show(client, "journey:today")
    assert "Open adverse events" in page
    assert "Blisters" not in page, "what happened is read on the client's own page"
    assert "Blisters on both cheeks" in show(client, "journey:client", maya.pk)
    close_event(
        actor=cast.actor(cast.petra),
        event=event,
        cause="Healed.",
        follows="AGAIN",
        at=at(TUESDAY, 10),
    )
    assert "Open adverse events" not in show(client, "journey:today")


def test_today_is_of_this_site_alone(client: Browser, cast: Cast, maya: Client) -> None:
    factories.appointment(cast, maya)
    client.force_login(cast.hana)
    assert "Maya Lind" not in show(client, "journey:today")
    assert "Nobody is booked today" in show(client, "journey:today")


def test_a_full_day_takes_no_more_queries_than_a_short_one(
    client: Browser, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for hour in range(9, 17):
        who = make_client(cast.riverside, first_name=f"C{hour}")
        factories.appointment(cast, who, start=at(TUESDAY, hour))
    client.force_login(cast.fred)
    with django_assert_max_num_queries(26):
        assert show(client, "journey:today").count("Consent missing") == 8


def test_a_client_page_takes_a_fixed_number_of_queries(
    client: Browser, cast: Cast, maya: Client, django_assert_max_num_queries: Any
) -> None:
    factories.appointment(cast, maya)
    client.force_login(cast.fred)
    with django_assert_max_num_queries(40):
        show(client, "journey:client", maya.pk)


def test_what_stands_in_the_way_comes_with_what_would_change_it(
    client: Browser, cast: Cast, maya: Client, django_assert_max_num_queries: Any
) -> None:
    stop = {
        "code": "combo_blood_thinner_deep",
        "outcome": "too_deep",
        "level": 4,
        "override_by": "never",
    }
    factories.screening(
        maya,
        cast.pen,
        findings=[stop],
        answers=ALL_CLEAR | {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]},
        depth_mm="2.00",
        areas=["neck"],
    )
    client.force_login(cast.fred)
    with django_assert_max_num_queries(33):
        page = show(client, "journey:client", maya.pk)
    assert "With a depth of at most 1.45 mm this would be Review" in page
    assert "?change=1" in page
    client.force_login(cast.mark)
    assert "?change=1" not in show(client, "journey:client", maya.pk)


def test_what_does_not_stand_in_the_way_is_not_explained_away(
    client: Browser, cast: Cast, maya: Client
) -> None:
    factories.clearance(maya, cast.pen)
    client.force_login(cast.fred)
    assert "What would change this?" not in show(client, "journey:client", maya.pk)
