"""One client for the organisation: a site sees whom it serves, and nobody sees another's."""

from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import User
from clinic.accounts.queries import places
from clinic.audit.models import Event
from clinic.clients import actions, links, queries
from clinic.clients.models import Client, ClientSite
from clinic.intake.queries import intakes
from clinic.procedures.models import Procedure
from tests import factories
from tests.clinic.booking.attacks import insert, refused, run
from tests.clinic.many_sites import MAYA, browser, link, registered
from tests.factories import MONDAY, NOW, Cast
from tests.factories.organisations import stranger

TYPED = MAYA | {"date_of_birth": "12/04/1990", "phone": "07700 900999", "email": ""}
PAGES = ["journey:client", "clients:edit", "clients:report_event", "intake:start"]


@pytest.fixture
def maya(cast: Cast) -> Client:
    """Registered at Riverside."""
    return registered(cast)


@pytest.fixture
def linked(cast: Cast, maya: Client) -> Client:
    """Seen at Hilltop as well."""
    return link(cast, maya)


@pytest.fixture
def pen(cast: Cast) -> Procedure:
    """The pen at Hilltop."""
    return Procedure.objects.get(site=cast.hilltop, modality="MN_PEN")


def actor_of(user: User) -> Any:
    here = places(user)[0]
    return user.as_actor(here.site, here.roles)


@pytest.mark.parametrize("page", PAGES)
def test_a_site_sees_whom_it_serves_and_another_organisation_nobody(
    cast: Cast, maya: Client, page: str
) -> None:
    address = reverse(page, args=[maya.pk])
    there, away = browser(cast.hana), browser(stranger())
    assert there.get(address).status_code == 404
    assert there.post(address, {}).status_code in (404, 405)
    link(cast, maya)
    assert there.get(address).status_code == 200
    assert away.get(address).status_code == 404


def test_the_answers_of_a_client_are_read_where_they_are_seen(cast: Cast, maya: Client) -> None:
    frozen = factories.screening(maya, cast.pen).submission
    address = reverse("intake:answers", args=[frozen.pk])
    there = browser(cast.hana)
    assert there.get(address).status_code == 404
    link(cast, maya)
    assert there.get(address).status_code == 200
    assert browser(stranger()).get(address).status_code == 404


def test_somebody_known_at_another_site_is_offered_by_name_and_birthday_only(
    cast: Cast, maya: Client
) -> None:
    page = browser(cast.hana).post(reverse("clients:new"), TYPED).content.decode()
    assert "known at another site" in page
    assert "Maya Lind" in page
    assert "12 Apr 1990" in page
    for kept in ("900123", "maya@example.com", reverse("journey:client", args=[maya.pk])):
        assert kept not in page
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "Nadia", "last_name": "Okafor", "phone": "07700 900123"},
        {"first_name": "Nadia", "last_name": "Okafor", "email": "maya@example.com"},
        {"first_name": "Maya", "last_name": "Okafor", "date_of_birth": "12/04/1990"},
    ],
)
def test_sharing_a_contact_or_half_a_name_tells_nobody_who_is_known_elsewhere(
    cast: Cast, maya: Client, typed: dict[str, str]
) -> None:
    page = browser(cast.hana).post(
        reverse("clients:new"), {"date_of_birth": "01/02/1980", "phone": "07700 900111"} | typed
    )
    assert page.status_code == 302
    assert Client.objects.count() == 2


def test_linking_is_one_press_and_on_record(cast: Cast, maya: Client) -> None:
    there = browser(cast.hana)
    gone = there.post(reverse("clients:new"), TYPED | {"link": str(maya.pk)})
    assert gone.headers["Location"] == reverse("journey:client", args=[maya.pk])
    assert Client.objects.count() == 1
    row = Event.objects.get(verb="client.link")
    assert (row.client_id, row.site_id, row.actor_name) == (maya.pk, cast.hilltop.pk, "Hana Iwu")
    assert there.post(reverse("clients:new"), TYPED | {"link": str(maya.pk)}).status_code == 302
    assert Event.objects.filter(verb="client.link").count() == 1


def test_nobody_is_linked_by_trying_numbers(cast: Cast, maya: Client) -> None:
    there = browser(cast.hana)
    other = TYPED | {"first_name": "Nadia", "last_name": "Okafor"}
    for number in (str(maya.pk), "0", "x", "9" * 30, ""):
        tried = there.post(reverse("clients:new"), other | {"link": number})
        assert tried.status_code == 404, number
    assert ClientSite.objects.count() == 1


def test_who_only_reads_links_nobody(cast: Cast, maya: Client) -> None:
    tried = browser(cast.audra).post(reverse("clients:new"), TYPED | {"link": str(maya.pk)})
    assert tried.status_code == 403


def test_another_organisation_is_never_told_of(cast: Cast, maya: Client) -> None:
    olga = stranger()
    asked = browser(olga).post(reverse("clients:new"), TYPED | {"link": str(maya.pk)})
    assert asked.status_code == 404
    added = actions.register(actor=actor_of(olga), at=NOW, **MAYA)
    assert added.pk != maya.pk
    assert queries.find(actor_of(olga), "maya", today=MONDAY) == [added]
    assert queries.find(cast.actor(cast.fred), "maya", today=MONDAY) == [maya]


def test_the_database_links_nobody_across_organisations(cast: Cast, maya: Client) -> None:
    olga = stranger()
    away = olga.memberships.all()[0].site
    for organisation in (maya.organisation_id, away.organisation_id):
        with refused("their_own_organisation|seen_at_its_sites"):
            insert(
                "clients_clientsite",
                {
                    "client_id": maya.pk,
                    "site_id": away.pk,
                    "organisation_id": organisation,
                    "since": NOW,
                },
            )
            run("SET CONSTRAINTS ALL IMMEDIATE")
    for change in ("DELETE FROM clients_clientsite", "UPDATE clients_clientsite SET site_id = 1"):
        with refused("permission denied"):
            run(change)


def test_a_linked_client_is_found_and_listed_at_both_sites_in_as_many_queries(
    cast: Cast, linked: Client, django_assert_num_queries: Any
) -> None:
    for actor in (cast.actor(cast.fred), cast.actor(cast.hana)):
        with django_assert_num_queries(1):
            assert queries.find(actor, "maya", today=MONDAY) == [linked]
        with django_assert_num_queries(1):
            assert queries.page_by_name(actor).clients == [linked]


def test_a_changed_name_is_found_at_every_site(cast: Cast, linked: Client) -> None:
    actions.correct(
        actor=cast.actor(cast.hana), client_id=linked.pk, at=NOW, **MAYA | {"last_name": "Berg"}
    )
    for who in (cast.fred, cast.hana):
        assert queries.find(cast.actor(who), "berg", today=MONDAY) == [linked]
        assert queries.find(cast.actor(who), "lind", today=MONDAY) == []


def test_nobody_is_asked_or_booked_where_they_are_not_seen(
    cast: Cast, maya: Client, pen: Procedure
) -> None:
    with refused("an_intake_is_at_a_site_that_sees_the_client"):
        factories.intake(maya, pen)
        run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_link_of_the_second_site_opens_its_questions_on_a_phone(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    with time_machine.travel(NOW, tick=False):
        draft = factories.intake(linked, pen)
        token = links.issue(
            actor=cast.actor(cast.hana),
            client=linked,
            purpose="INTAKE",
            object_id=draft.pk,
            at=NOW,
        )
        phone = Browser()
        address = reverse("intake:client_start", args=[token])
        asked = phone.get(address).content.decode()
        assert "Hilltop" in asked
        links.open_link(token, linked.date_of_birth, NOW)
        actor = links.client_actor(linked, cast.hilltop.pk)
        assert intakes(actor).get(pk=draft.pk) == draft
