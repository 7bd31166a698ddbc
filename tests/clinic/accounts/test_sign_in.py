"""Staff sign in by e-mail; guessing is slow, and tells nothing about who works here."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from clinic.accounts import throttle
from clinic.accounts.models import SignInAttempts, User
from clinic.audit.models import Event
from clinic.config.settings import PASSWORD_HASHERS
from tests.factories.days import NOW
from tests.factories.people import PASSWORD, Cast

URL = "accounts:sign_in"


def sign_in(client: Browser, email: str, password: str, **more: str) -> tuple[int, str]:
    """Status, and the address gone to or the page shown."""
    got = client.post(reverse(URL), {"email": email, "password": password, **more})
    return got.status_code, got.headers.get("Location") or got.content.decode()


@pytest.fixture
def argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    return


def test_anybody_may_see_the_door(client: Browser, db: None) -> None:
    page = client.get(reverse(URL))
    assert page.status_code == 200
    assert "<h1>Sign in</h1>" in page.content.decode()
    assert client.delete(reverse(URL)).status_code == 405


def test_signing_in_opens_the_clinic_with_a_new_session(client: Browser, cast: Cast) -> None:
    client.get(reverse(URL))
    client.session["mark"] = 1
    client.session.save()
    before = client.session.session_key
    assert sign_in(client, "Fred@Clinic.Example ", PASSWORD) == (302, "/")
    assert client.session.session_key != before
    row = Event.objects.get(verb="account.sign_in")
    assert (row.actor_name, row.site_id) == ("Fred Okoye", cast.riverside.pk)


def test_the_way_goes_on_to_the_page_that_was_asked_for(client: Browser, cast: Cast) -> None:
    asked = client.get(reverse("clients:list"))
    assert asked.headers["Location"] == f"{reverse(URL)}?next=/clients/"
    assert sign_in(client, "fred@clinic.example", PASSWORD, next="/clients/")[1] == "/clients/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_the_way_never_leaves_the_clinic(client: Browser, cast: Cast, elsewhere: str) -> None:
    assert sign_in(client, "fred@clinic.example", PASSWORD, next=elsewhere) == (302, "/")


def test_a_wrong_password_and_an_unknown_e_mail_are_told_alike(client: Browser, cast: Cast) -> None:
    wrong = sign_in(client, "fred@clinic.example", "not the password")
    unknown = sign_in(client, "nobody@clinic.example", "not the password")
    alike = [(status, page.replace("nobody@", "fred@")) for status, page in (wrong, unknown)]
    assert _without_tokens(alike[0][1]) == _without_tokens(alike[1][1])
    assert "We do not know this e-mail with this password" in wrong[1]


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line]


def test_somebody_who_has_left_is_told_the_same(client: Browser, cast: Cast) -> None:
    User.objects.filter(pk=cast.fred.pk).update(is_active=False)
    assert "We do not know this e-mail" in sign_in(client, "fred@clinic.example", PASSWORD)[1]


def test_an_unknown_e_mail_takes_as_long_as_a_known_one(
    client: Browser, cast: Cast, argon2: None
) -> None:
    cast.fred.set_password(PASSWORD)
    cast.fred.save()
    times = {}
    for email in ("fred@clinic.example", "nobody@clinic.example"):
        started = perf_counter()
        sign_in(client, email, "not the password")
        times[email] = perf_counter() - started
    known, unknown = times.values()
    # Without the hash for nobody's password it would be twenty times faster.
    assert unknown > known / 3


def test_passwords_are_kept_as_argon2(cast: Cast, argon2: None) -> None:
    cast.fred.set_password(PASSWORD)
    assert identify_hasher(cast.fred.password).algorithm == "argon2"


def test_the_sixth_try_waits_even_with_the_right_password(client: Browser, cast: Cast) -> None:
    for _ in range(5):
        sign_in(client, "fred@clinic.example", "not the password")
    status, page = sign_in(client, "FRED@clinic.example", PASSWORD)
    assert status == 200
    assert "Please wait 15 minutes" in page
    assert sign_in(client, "petra@clinic.example", PASSWORD)[0] == 302


def test_an_unknown_e_mail_waits_as_well(client: Browser, cast: Cast) -> None:
    for _ in range(5):
        sign_in(client, "nobody@clinic.example", "not the password")
    assert "wait 15 minutes" in sign_in(client, "nobody@clinic.example", "x")[1]


def test_after_fifteen_minutes_the_tries_begin_again(db: None) -> None:
    def at(minutes: int) -> bool:
        return throttle.admit("a@example.com", NOW + timedelta(minutes=minutes))

    assert [at(minute) for minute in (0, 1, 2, 3, 4, 5, 14, 15)] == [True] * 5 + [False] * 2 + [
        True
    ]


def test_the_right_password_clears_the_slips_before_it(client: Browser, cast: Cast) -> None:
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "fred@clinic.example", "slip")
        assert sign_in(client, "fred@clinic.example", PASSWORD)[0] == 302


def test_the_table_of_tries_holds_no_e_mail(client: Browser, cast: Cast) -> None:
    sign_in(client, "fred@clinic.example", "slip")
    kept = SignInAttempts.objects.get()
    assert "fred" not in kept.email_key
    assert len(kept.email_key) == 64


def test_somebody_without_a_site_is_told_whom_to_ask(client: Browser, cast: Cast) -> None:
    cast.fred.memberships.all().delete()
    assert "Please ask your manager" in sign_in(client, "fred@clinic.example", PASSWORD)[1]


def test_signing_out_is_a_post_that_ends_the_session(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    url = reverse("accounts:sign_out")
    assert client.get(url).status_code == 405
    assert client.post(url).headers["Location"] == reverse(URL)
    assert client.get(reverse("clients:list")).status_code == 302
    assert Event.objects.filter(verb="account.sign_out", actor_id=cast.fred.pk).exists()
