"""What came with an old token, or after the session, is one press away; for them alone."""

from datetime import timedelta
from html import unescape
from re import findall
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.typed import mark_of
from clinic.clients.models import Client
from clinic.core.actor import Role
from clinic.core.models import FormDraft
from tests.access import assert_access
from tests.factories.people import PASSWORD, Cast

TYPED = {
    "first_name": "Maya",
    "last_name": 'O"Neill <i>',
    "date_of_birth": "12/05/1991",
    "phone": "07700 900456",
    "email": "",
    "language": "",
}
HERE: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver"}
NOTHING_LOST = "Nothing you typed is lost"


@pytest.fixture
def strict() -> Browser:
    """A browser of which forged forms are expected, as in production."""
    return Browser(enforce_csrf_checks=True)


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of a page's own form."""
    html = page.content.decode().split("<main")[1]
    found = findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


def send(browser: Browser, cast: Cast, mark: str | None = None, **more: Any) -> Any:
    who = mark_of(cast.fred.pk) if mark is None else mark
    return browser.post(
        reverse("clients:new"), TYPED | {"typed_by": who, "csrfmiddlewaretoken": "x" * 64}, **more
    )


def kept_for(browser: Browser, cast: Cast) -> str:
    """Fred sends what he typed after his session has ended; where he goes on."""
    answer: HttpResponse = send(browser, cast)
    assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))
    assert "Maya" not in answer.headers["Location"]
    return str(answer.headers["Location"].split("next=")[1])


def test_an_old_token_brings_everything_back_one_press_away(strict: Browser, cast: Cast) -> None:
    strict.force_login(cast.fred)
    answer = send(strict, cast, **HERE)
    assert answer.status_code == 403
    assert NOTHING_LOST in answer.content.decode()
    assert not Client.objects.filter(first_name="Maya").exists()
    fields = hidden(answer)
    assert TYPED.items() <= fields.items()
    strict.post(reverse("clients:new"), fields, **HERE)
    assert Client.objects.get(first_name="Maya").last_name == 'O"Neill <i>'


@pytest.mark.parametrize(
    "origin",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {},
        HERE | {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_a_form_of_another_site_gets_nothing_back(
    strict: Browser, cast: Cast, origin: dict[str, str]
) -> None:
    strict.force_login(cast.fred)
    answer = send(strict, cast, **origin)
    assert answer.status_code == 403
    assert "Maya" not in answer.content.decode()


@pytest.mark.parametrize("mark", ["", "1", "1:forged:mark"])
def test_without_a_mark_of_ours_nothing_comes_back(strict: Browser, cast: Cast, mark: str) -> None:
    strict.force_login(cast.fred)
    assert "Maya" not in send(strict, cast, mark, **HERE).content.decode()
    strict.logout()
    send(strict, cast, mark, **HERE)
    assert not FormDraft.objects.exists()


def test_somebody_else_who_signed_in_sees_and_sends_nothing_of_it(
    strict: Browser, client: Browser, cast: Cast
) -> None:
    for browser in (strict, client):  # with an old token, and with the new one
        browser.force_login(cast.petra)
        answer = send(browser, cast, **HERE)
        assert answer.status_code == 403
        assert "Maya" not in answer.content.decode()
    assert not Client.objects.filter(first_name="Maya").exists()


def test_after_signing_in_again_it_is_sent_by_one_press(client: Browser, cast: Cast) -> None:
    onward = kept_for(client, cast)
    sent = {"email": "fred@clinic.example", "password": PASSWORD, "next": onward}
    page = client.post(reverse("accounts:sign_in"), sent, follow=True)
    assert NOTHING_LOST in page.content.decode()
    fields = hidden(page)
    assert TYPED.items() <= fields.items()
    client.post(reverse("clients:new"), fields)
    assert Client.objects.filter(first_name="Maya").exists()
    assert not FormDraft.objects.exists()


def test_another_person_never_finds_what_was_kept(client: Browser, cast: Cast) -> None:
    onward = kept_for(client, cast)
    client.force_login(cast.petra)
    assert client.get(onward).headers["Location"] == "/"
    client.force_login(cast.fred)
    assert NOTHING_LOST in client.get(onward).content.decode()


def test_it_is_kept_for_an_hour(client: Browser, cast: Cast) -> None:
    onward = kept_for(client, cast)
    FormDraft.objects.update(saved_at=timezone.now() - timedelta(minutes=61))
    client.force_login(cast.fred)
    assert client.get(onward).headers["Location"] == "/"
    client.logout()
    kept_for(client, cast)
    assert FormDraft.objects.count() == 1


def test_a_password_is_never_kept_nor_sent_back(client: Browser, cast: Cast) -> None:
    mark = {"typed_by": mark_of(cast.fred.pk)}
    secret = {"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}
    client.post(reverse("accounts:password"), secret | mark)
    assert not FormDraft.objects.exists()
    client.post(reverse("accounts:staff_new"), {"name": "Ines", "password": PASSWORD} | mark)
    assert PASSWORD not in str(FormDraft.objects.get().values)


def test_only_so_much_is_kept_for_one_person(client: Browser, cast: Cast) -> None:
    for _ in range(22):
        send(client, cast)
    assert FormDraft.objects.count() == 20


def test_who_may_open_what_was_kept(client: Browser, cast: Cast) -> None:
    kwargs = {"name": "unknown"}
    assert_access(client, cast, "accounts:typed", kwargs, allowed_roles=set(Role))


def test_a_second_sign_in_page_just_goes_on(strict: Browser, cast: Cast) -> None:
    strict.force_login(cast.fred)
    sent = {"email": "fred@clinic.example", "password": PASSWORD}
    answer = strict.post(reverse("accounts:sign_in"), sent, **HERE)
    assert answer.headers["Location"] == reverse("accounts:sign_in")
