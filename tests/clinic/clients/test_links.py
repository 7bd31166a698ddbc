"""A private link opens for the client alone: token, date of birth, five guesses, two weeks."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import path, reverse
from django.utils import timezone
from pytest_django import Settings

from clinic.audit.models import Event
from clinic.clients import links
from clinic.clients.access import LinkRequest, client_link
from clinic.clients.models import Client, ClientLink
from clinic.config.urls import urlpatterns as house
from clinic.core.errors import Refused
from clinic.core.logs import WithoutContents
from tests.factories import people
from tests.factories.days import NOW
from tests.factories.people import Cast

BORN = date(1990, 4, 12)
OTHER = date(1991, 4, 12)


@client_link(ClientLink.Purpose.INTAKE)
def _page(request: LinkRequest, token: str) -> HttpResponse:
    return HttpResponse(f"{request.actor.kind} {request.actor.name} {request.link.object_id}")


urlpatterns = [*house, path("open/<str:token>", _page, name="open")]


@pytest.fixture
def maya(cast: Cast) -> Client:
    return people.client(cast.riverside)


@pytest.fixture
def room(settings: Settings) -> Iterator[None]:
    """A room that opens links for the health questions."""
    settings.ROOT_URLCONF = __name__
    first_pages = dict(links._first_pages)
    links.begins_at("INTAKE", lambda _link, token: reverse("open", args=[token]))
    yield
    links._first_pages.clear()
    links._first_pages.update(first_pages)


def issue(cast: Cast, who: Client, **fields: object) -> str:
    values = {"purpose": "INTAKE", "object_id": 7, "at": timezone.now()} | fields
    return links.issue(actor=cast.actor(cast.fred), client=who, **values)  # type: ignore[arg-type]


def test_only_the_hash_of_a_token_is_kept(cast: Cast, maya: Client) -> None:
    token = issue(cast, maya)
    link = ClientLink.objects.get()
    assert link.token_sha256 == links.hash_of(token)
    assert token not in str(vars(link))
    assert link.expires_at - link.created_at == timedelta(days=14)
    assert Event.objects.get(verb="link.issue").client_id == maya.pk


def test_a_newer_link_ends_the_older_one_for_the_same_thing(cast: Cast, maya: Client) -> None:
    older, other, newer = issue(cast, maya), issue(cast, maya, object_id=8), issue(cast, maya)
    with pytest.raises(links.LinkClosed):
        links.look_up(older, timezone.now())
    assert links.look_up(other, timezone.now()).object_id == 8
    assert links.look_up(newer, timezone.now()).object_id == 7


def test_an_auditor_sends_no_link_and_no_site_sends_for_another(cast: Cast, maya: Client) -> None:
    with pytest.raises(Refused):
        links.issue(
            actor=cast.actor(cast.audra), client=maya, purpose="INTAKE", object_id=7, at=NOW
        )
    with pytest.raises(Client.DoesNotExist):
        links.issue(actor=cast.actor(cast.hana), client=maya, purpose="INTAKE", object_id=7, at=NOW)


def test_the_date_of_birth_opens_and_a_slip_is_forgiven(cast: Cast, maya: Client) -> None:
    token = issue(cast, maya)
    for _ in range(3):
        with pytest.raises(links.WrongDate):
            links.open_link(token, OTHER, timezone.now())
        assert links.open_link(token, BORN, timezone.now()).client == maya
    assert ClientLink.objects.get().failed_attempts == 3


def test_the_fifth_wrong_date_ends_the_link_for_good(cast: Cast, maya: Client) -> None:
    token = issue(cast, maya)
    for _ in range(4):
        with pytest.raises(links.WrongDate):
            links.open_link(token, OTHER, timezone.now())
    with pytest.raises(links.LinkClosed):
        links.open_link(token, OTHER, timezone.now())
    with pytest.raises(links.LinkClosed):
        links.open_link(token, BORN, timezone.now())
    link = ClientLink.objects.get()
    assert (link.live, link.ended_cause) == (False, "The date of birth was wrong five times.")
    assert Event.objects.filter(verb="link.wrong_date").count() == 5


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_are_five_guesses() -> None:
    cast = people.cast()
    token = issue(cast, people.client(cast.riverside))
    outcomes: list[str] = []

    def guess(year: int) -> None:
        try:
            links.open_link(token, date(year, 1, 1), timezone.now())
        except Refused as refused:
            outcomes.append(type(refused).__name__)
        connection.close()

    guesses = [Thread(target=guess, args=[1950 + number]) for number in range(20)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()
    assert sorted(outcomes) == ["LinkClosed"] * 16 + ["WrongDate"] * 4
    assert ClientLink.objects.get().failed_attempts == 5


def test_after_two_weeks_a_link_is_closed(cast: Cast, maya: Client) -> None:
    token = issue(cast, maya, at=NOW)
    assert links.open_link(token, BORN, NOW + timedelta(days=13)).client == maya
    with pytest.raises(links.LinkClosed):
        links.open_link(token, BORN, NOW + timedelta(days=14))


@pytest.mark.usefixtures("room")
def test_the_landing_page_asks_in_calm_words_and_tells_nothing(
    client: Browser, cast: Cast, maya: Client
) -> None:
    page = client.get(f"/open/{issue(cast, maya)}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Riverside sent you this private page" in text
    assert "020 7946 0000" in text
    assert "Your date of birth" in text
    for private in ("Maya", "Lind", "1990", "maya@example.com"):
        assert private not in text.replace("12/04/1990", "")


@pytest.mark.usefixtures("room")
def test_the_right_date_opens_the_page_in_this_browser_only(
    client: Browser, cast: Cast, maya: Client
) -> None:
    url = f"/open/{issue(cast, maya)}"
    before = client.get(url) and client.session.session_key
    gone = client.post(url, {"link_date_of_birth": "12 April 1990"})
    assert (gone.status_code, gone.headers["Location"]) == (302, url)
    assert client.get(url).content == b"client Maya Lind 7"
    assert client.session.session_key != before
    assert b"Your date of birth" in Browser().get(url).content
    assert Event.objects.get(verb="link.open").actor_kind == "client"


@pytest.mark.usefixtures("room")
def test_one_link_opened_does_not_open_another(client: Browser, cast: Cast, maya: Client) -> None:
    first = f"/open/{issue(cast, maya)}"
    client.post(first, {"link_date_of_birth": "12/04/1990"})
    brother = people.client(cast.riverside, first_name="Ole", date_of_birth=OTHER)
    assert b"Your date of birth" in client.get(f"/open/{issue(cast, brother)}").content


@pytest.mark.usefixtures("room")
def test_a_wrong_date_is_told_and_the_fifth_says_whom_to_call(
    client: Browser, cast: Cast, maya: Client
) -> None:
    url = f"/open/{issue(cast, maya)}"
    pages = [client.post(url, {"link_date_of_birth": "12/04/1991"}) for _ in range(5)]
    assert "That is not the date of birth we have" in pages[0].content.decode()
    assert pages[4].status_code == 410
    assert "Please call Riverside on 020 7946 0000" in pages[4].content.decode()
    assert client.post(url, {"link_date_of_birth": "12/04/1990"}).status_code == 410


@pytest.mark.usefixtures("room")
def test_what_is_no_date_costs_no_guess(client: Browser, cast: Cast, maya: Client) -> None:
    url = f"/open/{issue(cast, maya)}"
    for typed in ("", "soon", "31/02/1990"):
        assert "Please give" in client.post(url, {"link_date_of_birth": typed}).content.decode()
    assert ClientLink.objects.get().failed_attempts == 0


@pytest.mark.usefixtures("room")
def test_answers_sent_without_a_confirmed_date_are_not_taken(
    client: Browser, cast: Cast, maya: Client
) -> None:
    url = f"/open/{issue(cast, maya)}"
    sent = client.post(url, {"pregnant": "no"})
    assert sent.status_code == 403
    assert "The page you just sent is not saved yet" in sent.content.decode()
    carried = '<input type="hidden" name="pregnant" value="no">'
    assert carried in sent.content.decode()
    for born, heading in (("01/01/1950", "Before we start"), ("12/04/1990", "Nothing you typed")):
        page = client.post(url, {"pregnant": "no", "link_date_of_birth": born}).content.decode()
        assert heading in page
        assert carried in page


@pytest.mark.usefixtures("room")
def test_an_ended_link_closes_a_page_that_was_open(
    client: Browser, cast: Cast, maya: Client
) -> None:
    url = f"/open/{issue(cast, maya)}"
    client.post(url, {"link_date_of_birth": "12/04/1990"})
    issue(cast, maya)
    assert client.get(url).status_code == 410


@pytest.mark.usefixtures("room")
def test_a_link_for_something_else_or_nothing_is_not_found(
    client: Browser, cast: Cast, maya: Client
) -> None:
    for token in (issue(cast, maya, purpose="CONSENT"), "nonsense"):
        page = client.get(f"/open/{token}")
        assert page.status_code == 404
        assert "This link does not open any more" in page.content.decode()
        assert "Riverside" not in page.content.decode()


@pytest.mark.usefixtures("room")
def test_the_short_address_leads_to_the_page_of_its_purpose(
    client: Browser, cast: Cast, maya: Client
) -> None:
    token = issue(cast, maya)
    gone = client.get(reverse("clients:link", args=[token]))
    assert gone.headers["Location"] == f"/open/{token}"
    assert client.get(reverse("clients:link", args=["nonsense"])).status_code == 404
    assert client.post(reverse("clients:link", args=[token])).status_code == 405


@pytest.mark.usefixtures("room")
def test_no_log_line_holds_a_token_or_what_was_sought(
    client: Browser, cast: Cast, maya: Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = issue(cast, maya)
    client.post(f"/open/{token}", {"pregnant": "no"})
    lines = [WithoutContents().format(record) for record in caplog.records]
    assert any("/open/…" in line for line in lines)
    assert token not in "".join(lines)
    sought = '"GET /f?q=Maya 1.1" 200'
    asked = logging.LogRecord("django.server", logging.INFO, "", 1, sought, (), None)
    assert '"GET /f?… 1.1" 200' in WithoutContents().format(asked)
