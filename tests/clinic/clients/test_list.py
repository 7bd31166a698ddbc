"""The list by name shows every client of the site once, page by page."""

import re
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import Event
from clinic.clients import queries
from clinic.core.actor import Role
from tests.access import assert_access
from tests.factories import people
from tests.factories.people import Cast


def test_every_role_may_look(client: Browser, cast: Cast) -> None:
    other = people.client(cast.hilltop)
    assert_access(client, cast, "clients:list", allowed_roles=set(Role), wrong_method="post")
    client.force_login(cast.fred)
    for mark in (other.pk, 0):
        assert client.get(reverse("clients:list"), {"after": mark}).status_code == 404


def test_pages_forth_and_back_show_everybody_once_in_order(cast: Cast) -> None:
    names = [("Ek", "Bo"), ("Lind", "Maya"), ("Lind", "Ada"), ("Lind", "Ada"), ("Aziz", "Noor")]
    made = [people.client(cast.riverside, last_name=last, first_name=f) for last, f in names]
    people.client(cast.hilltop)
    actor = cast.actor(cast.fred)
    by_name = [made[index] for index in (4, 0, 2, 3, 1)]
    pages: list[Any] = [queries.page_by_name(actor, size=2)]
    while pages[-1].more_after:
        pages.append(queries.page_by_name(actor, after=pages[-1].clients[-1].pk, size=2))
    assert [one for page in pages for one in page.clients] == by_name
    back = queries.page_by_name(actor, before=pages[2].clients[0].pk, size=2)
    assert (back.clients, back.more_before, back.more_after) == (pages[1].clients, True, True)
    first = queries.page_by_name(actor, before=back.clients[0].pk, size=2)
    assert (first.clients, first.more_before) == (pages[0].clients, False)


def test_the_page_links_on_by_key_and_asks_a_fixed_number_of_queries(
    client: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        people.client(cast.riverside, last_name=f"Lind{number:02}")
    client.force_login(cast.fred)
    # session, user, places, clients; audit row in its transaction, what waits for review
    with django_assert_num_queries(8):
        page = client.get(reverse("clients:list")).content.decode()
    following = re.search(r'href="(/clients/\?after=\d+)"', page)
    assert following
    assert "Lind49, Maya" in page
    assert "Lind50, Maya" not in page
    assert "Lind50, Maya" in client.get(following.group(1)).content.decode()
    assert len(Event.objects.filter(verb="client.list").earliest("pk").detail["clients"]) == 50


def test_an_empty_list_says_what_to_do(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    page = client.get(reverse("clients:list")).content.decode()
    assert "No clients yet" in page
    assert reverse("clients:new") in page
    assert not Event.objects.filter(verb="client.list").exists()
