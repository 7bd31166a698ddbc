"""The front desk between two phone calls: found, not found, added, with the keyboard alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.clients import actions, links
from clinic.clients.models import Client
from tests.browser import Axe
from tests.factories import people
from tests.factories.people import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maya_known(transactional_db: None) -> tuple[Cast, Client]:
    cast = people.cast()
    maya = actions.register(
        actor=cast.actor(cast.fred),
        at=timezone.now(),
        first_name="Maya",
        last_name="Lind",
        date_of_birth=date(1990, 4, 12),
        phone="07700 900123",
        email="maya@example.com",
    )
    return cast, maya


def sign_in(page: Page, email: str, axe: Axe) -> None:
    page.goto(reverse("clients:list"))
    expect(page).to_have_title("Sign in · Cleared")
    axe(page)
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Clients")


def test_a_caller_is_found_and_another_is_added_without_a_mouse(
    page: Page, axe: Axe, maya_known: tuple[Cast, Client]
) -> None:
    sign_in(page, "fred@clinic.example", axe)
    axe(page)
    page.keyboard.press("/")
    page.keyboard.type("900 123")
    expect(page.locator("#find-results a").first).to_contain_text("Maya Lind")
    axe(page)
    page.locator("#find").fill("mara lind 12.4.90")
    offer = page.get_by_role("link", name="Add “mara lind 12.4.90”")
    expect(offer).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a client")
    page.get_by_role("textbox", name="Phone").fill("020 7946 1111")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Same birthday and a similar name")
    axe(page)
    page.get_by_label("This is a different person").press("Space")
    page.get_by_role("button", name="Add the client").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mara Lind")
    assert Client.objects.get(first_name="Mara").phone == "020 7946 1111"


def test_the_other_pages_have_no_barrier(
    page: Page, axe: Axe, maya_known: tuple[Cast, Client]
) -> None:
    cast, maya = maya_known
    sign_in(page, "lena@clinic.example", axe)
    event = actions.report_event(
        actor=cast.actor(cast.fred),
        client=maya,
        what="Blisters",
        onset=date(2026, 6, 1),
        severity="MILD",
        at=timezone.now(),
    )
    addresses = [
        reverse("clients:find") + "?q=nobody",
        reverse("clients:edit", args=[maya.pk]),
        reverse("clients:report_event", args=[maya.pk]),
        reverse("clients:close_event", args=[event.pk]),
        reverse("procedures:list"),
        reverse("procedures:edit", args=[cast.pen.pk]),
        reverse("accounts:staff"),
        reverse("accounts:password"),
        reverse("audit:events") + f"?client={maya.pk}",
    ]
    for address in addresses:
        page.goto(address)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_count(1)
        assert page.title().startswith(heading.inner_text())
        axe(page)


def test_a_client_opens_a_link_on_a_phone_and_sees_a_closed_one(
    new_page: Callable[..., Page], axe: Axe, maya_known: tuple[Cast, Client]
) -> None:
    cast, maya = maya_known
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto(reverse("clients:link", args=["nonsense"]))
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link does not open any more")
    axe(phone)
    token = links.issue(
        actor=cast.actor(cast.fred),
        client=maya,
        purpose="INTAKE",
        object_id=1,
        at=timezone.now(),
    )
    phone.goto(reverse("clients:link", args=[token]))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Before we start")
    axe(phone)
    phone.get_by_label("Your date of birth").fill("12/04/1991")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("alert")).to_contain_text("not the date of birth we have")
    axe(phone)
