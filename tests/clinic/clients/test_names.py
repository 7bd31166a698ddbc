"""A name is found and sorted however it is written, alike on every PostgreSQL."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.clients import queries
from clinic.clients.actions import correct, register
from clinic.clients.birth_dates import one_slip_away
from clinic.clients.models import Client
from clinic.clients.names import fold, plain, sort_key
from tests.clinic.clients.test_register import MAYA
from tests.factories import people
from tests.factories.days import NOW
from tests.factories.people import Cast

TODAY = date(2026, 6, 1)
IN_ORDER = (
    ("Ångström", "Eva"),
    ("Berg", "Zoe"),
    ("Berg Olsen", "Ada"),
    ("Bergman", "Amy"),
    ("Édouard", "Guy"),
    ("Efron", "Kim"),
    ("", "Madonna"),
    ("O'Rourke", "Tom"),
    ("Orourke", "Una"),
    ("Oʼrourke", "Val"),
    ("van der Berg", "Jan"),
    ("Vance", "Cy"),
    ("Żółć", "王"),
    ("Zorn", "Al"),
)


def _born(number: int) -> date:
    return date(1970 + number, 1 + number % 12, 1 + number)


def _registered(cast: Cast, number: int, last: str, first: str) -> Client:
    return register(
        actor=cast.actor(cast.fred),
        at=NOW,
        first_name=first,
        last_name=last,
        date_of_birth=_born(number),
        phone="",
        email=f"n{number}@example.com",
    )


def test_a_list_by_name_ignores_accents_capitals_and_apostrophes(cast: Cast) -> None:
    shuffled = sorted(enumerate(IN_ORDER), key=lambda pair: pair[1][1][::-1])
    for number, (last, first) in shuffled:
        _registered(cast, number, last, first)
    listed = queries.page_by_name(cast.actor(cast.fred)).clients
    assert [(one.last_name, one.first_name) for one in listed] == list(IN_ORDER)


def test_a_corrected_name_sorts_where_it_belongs_now(cast: Cast) -> None:
    maya = _registered(cast, 1, "Zorn", "Maya")
    _registered(cast, 2, "Lind", "Bo")
    actor = cast.actor(cast.fred)
    correct(
        actor=actor,
        client_id=maya.pk,
        at=NOW,
        first_name="Maya",
        last_name="Ek",
        date_of_birth=_born(1),
        phone="",
        email="n1@example.com",
    )
    assert [one.last_name for one in queries.page_by_name(actor).clients] == ["Ek", "Lind"]


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "ʻ", "`", "´", "′", "ʹ", "＇", ""])
def test_every_apostrophe_finds_the_same_person(cast: Cast, apostrophe: str) -> None:
    _registered(cast, 1, "Oʼrourke", "Tom")
    typed = f"o{apostrophe}rourke"
    assert [one.first_name for one in queries.find(cast.actor(cast.fred), typed, today=TODAY)] == [
        "Tom"
    ]


def test_folding_keeps_what_makes_a_name_a_name() -> None:
    assert fold("  D’Ávila-Śmith  ") == "davila smith"
    assert plain("Straße") == "strasse"
    assert fold("İpek IŞIK") == "ipek isik"
    assert fold("मीरा") == fold("मीरा ") != ""
    assert fold("-") == ""
    assert sort_key(first_name="Madonna", last_name="") == "madonna"


def test_a_client_with_a_single_name_is_added_and_listed_by_it(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    client.post(reverse("clients:new"), MAYA | {"first_name": "Madonna", "last_name": ""})
    added = Client.objects.get()
    assert (added.full_name, added.listed_name) == ("Madonna", "Madonna")
    assert ">Madonna</a>" in client.get(reverse("clients:list")).content.decode()


def test_a_hyphen_is_no_name(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    page = client.post(reverse("clients:new"), MAYA | {"first_name": " - "}).content.decode()
    assert "at least one letter" in page
    assert not Client.objects.exists()


def test_the_database_keeps_no_client_without_a_name(cast: Cast) -> None:
    for wrong in ({"first_name": ""}, {"name_key": ""}):
        with (
            pytest.raises(IntegrityError, match="a_client_has_a_name"),
            transaction.atomic(),
        ):
            people.client(cast.riverside, **wrong)


def test_two_people_with_one_name_only_are_not_alike_for_that(cast: Cast) -> None:
    _registered(cast, 1, "", "Madonna")
    assert not _known(cast, first_name="Cher", last_name="", date_of_birth=_born(1))


@pytest.mark.parametrize(
    "typed", ["12/04/1991", "12/05/1990", "13/04/1990", "21/04/1990", "12/04/1909", "04/12/1990"]
)
def test_somebody_one_slip_away_in_the_birthday_may_be_known_already(
    client: Browser, cast: Cast, typed: str
) -> None:
    client.force_login(cast.fred)
    client.post(reverse("clients:new"), MAYA)
    again = MAYA | {"date_of_birth": typed, "phone": "020 7946 0999", "email": "other@example.com"}
    page = client.post(reverse("clients:new"), again).content.decode()
    assert "Same name and almost the same birthday" in page
    assert Client.objects.count() == 1


def test_a_near_birthday_alone_makes_nobody_known(cast: Cast) -> None:
    _registered(cast, 1, "Lind", "Maya")
    near = max(one_slip_away(_born(1)))
    assert _known(cast, first_name="Maia", last_name="Lind", date_of_birth=near)
    assert _known(cast, first_name="Lind", last_name="Maya", date_of_birth=near)
    assert not _known(cast, first_name="Olga", last_name="Lind", date_of_birth=near)
    two_slips = date(1985, 9, 27)
    assert not _known(cast, first_name="Maya", last_name="Lind", date_of_birth=two_slips)


def _known(cast: Cast, *, first_name: str, last_name: str, date_of_birth: date) -> bool:
    return bool(
        queries.possible_duplicates(
            cast.actor(cast.fred),
            first_name=first_name,
            last_name=last_name,
            date_of_birth=date_of_birth,
            phone="",
            email="new@example.com",
        )
    )


def test_the_language_of_a_client_is_kept_for_papers(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    client.post(reverse("clients:new"), MAYA | {"language": "ja"})
    added = Client.objects.get()
    assert added.language == "ja"
    url = reverse("clients:edit", args=[added.pk])
    assert '<option value="ja" selected>' in client.get(url).content.decode()
    client.post(url, MAYA | {"language": "ko"})
    added.refresh_from_db()
    assert added.language == "ko"
    assert "language" in client.post(url, MAYA | {"language": "xx"}).content.decode()
