"""Writing down what was told: who may, and what it does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.clients.models import Client
from clinic.intake.models import News
from tests import factories
from tests.factories import Cast, appointment, people
from tests.factories import clearance as cleared

SignedIn = Callable[[Any], Browser]
TOLD = {"kind": "PHONE", "words": "A new tablet.", "touches": ["part:medicines"]}


@pytest.fixture(autouse=True)
def _rules(cast: Cast) -> None:
    people.pack()


def url(who: Client) -> str:
    return reverse("intake:news", args=[who.pk])


class TestAccess:
    def test_works(self, signed_in: SignedIn, cast: Cast, maya: Client) -> None:
        page = signed_in(cast.fred).get(url(maya))
        assert page.status_code == 200
        assert " checked" not in page.text

    @pytest.mark.parametrize("who", ["fred", "petra", "rosa", "lena", "mark"])
    def test_whoever_hears_it_writes_it_down(
        self, signed_in: SignedIn, cast: Cast, maya: Client, who: str
    ) -> None:
        assert signed_in(getattr(cast, who)).post(url(maya), TOLD).status_code == 302
        assert News.objects.count() == 1

    def test_wrong_role(self, signed_in: SignedIn, cast: Cast, maya: Client) -> None:
        assert signed_in(cast.audra).post(url(maya), TOLD).status_code == 403
        assert not News.objects.exists()

    def test_other_site(self, signed_in: SignedIn, cast: Cast) -> None:
        other = factories.client(cast.hilltop)
        assert signed_in(cast.fred).get(url(other)).status_code == 404

    def test_missing(self, signed_in: SignedIn, cast: Cast) -> None:
        browser = signed_in(cast.fred)
        assert browser.get(reverse("intake:news", args=[999_999])).status_code == 404

    def test_wrong_method(self, signed_in: SignedIn, cast: Cast, maya: Client) -> None:
        assert signed_in(cast.fred).put(url(maya)).status_code == 405


def test_a_call_holds_the_appointment_and_every_page_says_what_is_next(
    signed_in: SignedIn, cast: Cast, maya: Client
) -> None:
    booked = appointment(cast, maya, held=cleared(maya, cast.pen))
    browser = signed_in(cast.fred)
    sent = TOLD | {"touches": ["pregnant"], "told_by": "Her sister"}
    page = browser.post(url(maya), sent, follow=True).text
    booked.refresh_from_db()
    assert booked.status == "ON_HOLD"
    again = reverse("intake:amend", args=[maya.pk, cast.pen.pk])
    for text in (page, browser.get(reverse("booking:appointment", args=[booked.pk])).text):
        assert "A new tablet." in text
        assert "Her sister" in text
        assert "Are you pregnant, or could you be?" in text
        assert f'href="{again}">Ask this question again</a>' in text


@pytest.mark.parametrize(
    ("touches", "everything"),
    [(["*"], True), (["*", "pregnant"], True), (["part:pregnancy"], False)],
)
def test_who_cannot_say_what_it_touches_has_everything_asked_again(
    signed_in: SignedIn, cast: Cast, maya: Client, touches: list[str], *, everything: bool
) -> None:
    signed_in(cast.fred).post(url(maya), TOLD | {"touches": touches})
    assert News.objects.get().everything is everything


@pytest.mark.parametrize("missing", ["kind", "words", "touches"])
def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(
    signed_in: SignedIn, cast: Cast, maya: Client, missing: str
) -> None:
    sent = {key: value for key, value in TOLD.items() if key != missing}
    page = signed_in(cast.fred).post(url(maya), sent)
    assert page.status_code == 200
    assert not News.objects.exists()
    assert f'id="id_{missing}_error"' in page.text
    if missing != "words":
        assert "A new tablet." in page.text
    if missing != "touches":
        assert 'value="part:medicines" checked' in page.text
