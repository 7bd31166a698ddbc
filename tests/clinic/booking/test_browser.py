"""The booking pages in a real browser: no accessibility problem, keyboard alone, no JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from playwright.sync_api import Page, expect
from time_machine import Traveller

from clinic.booking.models import Appointment
from clinic.booking.same_day import QUESTIONS
from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.browser import Axe
from tests.clinic.booking.conftest import SignIn
from tests.factories import TUESDAY, Cast
from tests.factories.days import at

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page: Page, browser: Browser, url: str) -> None:
    """Carry the sign-in over to the page."""
    value = browser.cookies["cleared_session"].value
    page.context.add_cookies([{"name": "cleared_session", "value": value, "url": url}])


@pytest.fixture
def desk(
    cast: Cast, live_server: object, new_page: Callable[..., Page], sign_in: SignIn
) -> Callable[..., Page]:
    """`desk(width, **context)`: Fred's browser."""

    def open_page(width: int = 1440, **options: object) -> Page:
        page = new_page(viewport={"width": width, "height": 900}, **options)
        enter(page, sign_in(cast.fred), str(live_server))
        return page

    return open_page


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_axe_finds_nothing_and_nothing_runs_over(
    cast: Cast,
    maya: Client,
    desk: Callable[..., Page],
    axe: Axe,
    monday: Traveller,
    width: int,
) -> None:
    nadia = make.client(cast.riverside, first_name="Nadia", last_name="Haddad")
    booked = make.appointment(cast, nadia, start=at(TUESDAY, 10))
    other = make.client(cast.riverside, first_name="Ona", last_name="Bright")
    held_up = make.appointment(cast, other, start=at(TUESDAY, 13), practitioner=cast.rosa)
    Clearance.objects.filter(pk=held_up.clearance_id).update(
        ended_at=at(TUESDAY, 8), ended_by="Petra Novak", ended_cause="A new medicine."
    )
    make.clearance(maya, cast.pen)
    monday.move_to(at(TUESDAY, 9, 30))
    page = desk(width)
    for path in (
        "/booking/",
        f"/booking/book/{maya.pk}/{cast.pen.pk}",
        f"/booking/book/{maya.pk}/{cast.roller.pk}",
        f"/booking/{booked.pk}",
        f"/booking/{held_up.pk}",
        f"/booking/{booked.pk}/time",
        f"/booking/{booked.pk}/check-in",
        f"/booking/{booked.pk}/cancel",
        f"/booking/{booked.pk}/no-show",
    ):
        page.goto(path)
        assert page.title().startswith(page.locator("h1").inner_text()), path
        axe(page)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{path} is {over} px too wide"


@pytest.mark.parametrize("java_script", [True, False])
def test_a_time_is_taken_and_the_client_checked_in_by_keyboard_alone(
    cast: Cast,
    maya: Client,
    held: Clearance,
    desk: Callable[..., Page],
    monday: Traveller,
    java_script: Any,
) -> None:
    page = desk(java_script_enabled=java_script)
    page.goto(f"/booking/book/{maya.pk}/{cast.pen.pk}?from=2026-06-16&with={cast.petra.pk}")
    page.get_by_role("button", name="Tuesday 16 June 10:00 Petra Novak").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Maya Lind, Tuesday 16 June at 10:00")
    monday.move_to(at(TUESDAY, 9, 50))
    page = desk(java_script_enabled=java_script)
    page.goto(f"/booking/{Appointment.objects.get().pk}")
    page.get_by_role("link", name="Check in").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("The client said name and date of birth").focus()
    page.keyboard.press("Space")
    for _question in QUESTIONS:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")  # what the client said, which is optional
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Maya Lind is checked in.")).to_be_visible()
    assert Appointment.objects.get().status == "ARRIVED"
