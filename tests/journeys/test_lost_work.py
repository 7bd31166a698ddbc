"""A second tab, an ended session, another person: what was typed is neither lost nor shown."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.clients.models import Client
from clinic.core.models import FormDraft
from tests.factories.people import PASSWORD, Cast
from tests.journeys.desk import FrontDesk

pytestmark = pytest.mark.django_db(transaction=True)
SESSION = "cleared_session"
NOTHING_LOST = "Nothing you typed is lost"


def _types_a_client(desk: FrontDesk) -> None:
    desk.signs_in()
    desk.opens("clients:new")
    desk.fills(
        first_name="Maya", last_name="Lind", date_of_birth="12/05/1991", phone="07700 900456"
    )


def _signs_in(page: Page, email: str) -> None:
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _in_a_second_tab(desk: FrontDesk, email: str) -> None:
    desk.page.context.clear_cookies(name=SESSION)
    other = desk.page.context.new_page()
    other.goto(reverse("accounts:sign_in"))
    _signs_in(other, email)
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    other.close()


def test_signing_in_in_a_second_tab_clears_nothing_in_the_first(desk: FrontDesk) -> None:
    _types_a_client(desk)
    _in_a_second_tab(desk, "fred@clinic.example")
    desk.presses("Add the client")
    desk.stands_on(NOTHING_LOST)
    desk.presses("Send it now")
    desk.stands_on("Maya Lind")


def test_after_the_session_has_ended_it_is_one_press_away(desk: FrontDesk) -> None:
    _types_a_client(desk)
    desk.page.context.clear_cookies(name=SESSION)
    desk.presses("Add the client")
    desk.stands_on("Sign in")
    _signs_in(desk.page, "fred@clinic.example")
    desk.stands_on(NOTHING_LOST)
    desk.look()
    desk.presses("Send it now")
    desk.stands_on("Maya Lind")
    assert not FormDraft.objects.exists()


def test_another_person_who_signs_in_sees_nothing_of_it(desk: FrontDesk, cast: Cast) -> None:
    _types_a_client(desk)
    desk.page.context.clear_cookies(name=SESSION)
    desk.presses("Add the client")
    _signs_in(desk.page, "petra@clinic.example")
    desk.stands_on("Today")
    assert "Lind" not in desk.page.content()

    desk.opens("clients:new")
    desk.fills(
        first_name="Zoe", last_name="Marsh", date_of_birth="12/05/1991", phone="07700 900457"
    )
    _in_a_second_tab(desk, "fred@clinic.example")
    desk.presses("Add the client")
    assert "Marsh" not in desk.page.content()
    assert not Client.objects.filter(last_name__in=["Lind", "Marsh"]).exists()
