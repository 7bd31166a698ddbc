"""Is this person known? Any part of name, phone or e-mail, or the date of birth, tells."""

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import Event
from clinic.clients import actions, queries
from clinic.clients.models import Client
from clinic.core.actor import Role
from tests.access import assert_access
from tests.factories.days import NOW
from tests.factories.people import Cast

TODAY = date(2026, 6, 1)


def registered(cast: Cast, **fields: Any) -> Client:
    values: dict[str, Any] = {
        "first_name": "Maya",
        "last_name": "Lind",
        "date_of_birth": date(1990, 4, 12),
        "phone": "07700 900123",
        "email": "maya@example.com",
        "despite_duplicates": True,
    } | fields
    return actions.register(actor=cast.actor(cast.fred), at=NOW, **values)


def test_every_role_may_look(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "clients:find", allowed_roles=set(Role))


@pytest.mark.parametrize(
    "typed",
    [
        "maya",
        "MÁYA",
        "aya",
        "lind",
        "Lind, Maya",
        "maya li",
        "07700 900123",
        "+44 7700 900",
        "900123",
        "maya@exam",
        "example.com",
        "12/04/1990",
        "maya 12.4.90",
    ],
)
def test_any_part_finds_the_client(cast: Cast, typed: str) -> None:
    maya = registered(cast)
    registered(
        cast,
        first_name="Bo",
        last_name="Ek",
        date_of_birth=date(1971, 1, 2),
        phone="020 7946 1111",
        email="bo@clinic.example",
    )
    assert queries.find(cast.actor(cast.fred), typed, today=TODAY) == [maya]


@pytest.mark.parametrize("typed", ["", "mayo", "maya ek", "maya 13/04/1990", "%", "_"])
def test_what_does_not_match_finds_nobody(cast: Cast, typed: str) -> None:
    registered(cast)
    assert queries.find(cast.actor(cast.fred), typed, today=TODAY) == []


@pytest.mark.parametrize("typed", ["maya 12.4.90", "maya lind"])
def test_however_common_one_word_is_the_others_still_find(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(queries, "MOST_WORDS", 3)
    for number in range(5):
        registered(cast, last_name=f"Ek{number}", date_of_birth=date(1970, 1, 1))
    maya = registered(cast)
    assert queries.find(cast.actor(cast.fred), typed, today=TODAY) == [maya]


def test_another_site_is_not_searched(cast: Cast) -> None:
    registered(cast)
    assert queries.find(cast.actor(cast.hana), "maya", today=TODAY) == []


def test_a_changed_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    maya = registered(cast)
    actions.correct(
        actor=cast.actor(cast.fred),
        client_id=maya.pk,
        at=NOW,
        first_name="Maya",
        last_name="Berg",
        date_of_birth=maya.date_of_birth,
        phone=maya.phone,
        email=maya.email,
    )
    found = [queries.find(cast.actor(cast.fred), name, today=TODAY) for name in ("berg", "lind")]
    assert found == [[maya], []]


def test_twenty_are_shown_by_name_with_a_fixed_number_of_queries(
    client: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        registered(cast, last_name=f"Lind{number:02}", phone="", email=f"m{number}@example.com")
    client.force_login(cast.fred)
    # session, user, places, search; then the audit row in its transaction
    with django_assert_num_queries(7):
        page = client.get(reverse("clients:find"), {"q": "lind"}, headers={"HX-Request": "true"})
    names = [line for line in page.content.decode().split("<") if "Maya Lind" in line]
    assert len(names) == 20
    assert "Lind00" in names[0]
    assert "Type more" in page.content.decode()


def test_htmx_gets_the_list_alone_and_a_plain_browser_a_page(client: Browser, cast: Cast) -> None:
    maya = registered(cast)
    client.force_login(cast.fred)
    url = reverse("clients:find")
    part = client.get(url, {"q": "maya"}, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(url, {"q": "maya"}).content.decode()
    assert part.startswith("<ul>")
    assert "<h1>Find a client</h1>" in whole
    for shown in (part, whole):
        assert reverse("journey:client", args=[maya.pk]) in shown


def test_nobody_found_offers_to_create_what_was_typed(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    page = client.get(reverse("clients:find"), {"q": "ada 12.4.90"}).content.decode()
    assert "Add “ada 12.4.90”" in page
    assert "/clients/new?date_of_birth=12%2F04%2F1990&amp;first_name=Ada" in page


def test_who_only_reads_is_not_offered_to_create(client: Browser, cast: Cast) -> None:
    client.force_login(cast.audra)
    page = client.get(reverse("clients:find"), {"q": "ada"}).content.decode()
    assert reverse("clients:new") not in page


def test_whom_a_search_has_shown_is_on_record_without_what_was_typed(
    client: Browser, cast: Cast
) -> None:
    maya = registered(cast)
    client.force_login(cast.fred)
    client.get(reverse("clients:find"), {"q": "maya"})
    row = Event.objects.get(verb="client.find")
    assert (row.actor_name, row.detail) == ("Fred Okoye", {"clients": [maya.pk]})
