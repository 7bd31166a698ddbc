"""In a real browser: signing by finger, by keyboard alone, without script; axe on every page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clinic.accounts.models import User
from clinic.clients import links
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.reading import current
from clinic.consent.saying import CAPACITY
from clinic.core.actor import SYSTEM
from tests.browser import Axe
from tests.clinic.consent.conftest import ANSWERS, every_tick, give, sign
from tests.factories import Cast, client, people, screening

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db: None) -> Cast:
    return people.cast()


@pytest.fixture
def consent(house: Cast) -> Consent:
    """Handed over two days ago, by the real clock that the server goes by."""
    now = timezone.now()
    actions.publish_text(actor=SYSTEM, text=current(), at=now - timedelta(days=30))
    maya = client(house.riverside)
    return give(
        house,
        screening(maya, house.pen, answers=ANSWERS),
        at=now - timedelta(hours=49),
        today=timezone.localdate(),
    )


@pytest.fixture
def staff_page(live_server: LiveServer, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of somebody who is signed in."""

    def open_as(user: User, **options: object) -> Page:
        browser = Browser()
        browser.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": name, "value": browser.cookies[name].value, "url": live_server.url}]
        )
        return page

    return open_as


def token_for(house: Cast, consent: Consent) -> str:
    return links.issue(
        actor=house.actor(house.fred),
        client=consent.client,
        purpose="CONSENT",
        object_id=consent.pk,
        at=timezone.now(),
    )


def test_on_a_phone_by_finger(
    house: Cast, consent: Consent, new_page: Callable[..., Page], axe: Axe
) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(reverse("clients:link", args=[token_for(house, consent)]))
    page.get_by_label("Your date of birth").fill("12/04/1990")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Consent to Microneedling pen").wait_for()
    axe(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("heading", name="Please check these answers").wait_for()
    axe(page)
    assert page.locator("[data-error-summary]").evaluate("e => e === document.activeElement")
    for name in every_tick(consent):
        page.locator(f"[name={name}]").check()
    for name, answer in (("clinical", "Yes"), ("teaching", "No"), ("publicity", "No")):
        page.locator(f"#div_id_{name}").get_by_label(answer).check()
    page.get_by_label("Your full name", exact=True).fill("Maya Lind")
    draw(page)
    assert page.get_by_text("Signed", exact=True).is_visible()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("heading", name="Thank you").wait_for()
    axe(page)
    made = Signature.objects.get()
    assert (made.method, made.actor_kind) == ("DRAWN", "client")
    assert made.strokes


def draw(page: Page) -> None:
    """A zigzag over the canvas."""
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + 60 + 40 * (step % 2), steps=4)
    page.mouse.up()


def test_a_drawing_survives_an_error(
    house: Cast, consent: Consent, staff_page: Callable[..., Page]
) -> None:
    page = staff_page(house.fred, viewport=TABLET)
    page.goto(reverse("consent:sign", args=[consent.pk]))
    draw(page)
    kept = page.locator("[name=strokes]").input_value()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("heading", name="Please check these answers").wait_for()
    expect(page.locator("[data-signed]")).not_to_be_empty()
    assert page.locator("[name=strokes]").input_value() != ""
    assert len(page.locator("[name=strokes]").input_value()) == len(kept)


def test_on_the_tablet_with_the_keyboard_alone(
    house: Cast, consent: Consent, staff_page: Callable[..., Page], axe: Axe
) -> None:
    page = staff_page(house.fred, viewport=TABLET)
    page.goto(reverse("consent:page", args=[consent.pk]))
    axe(page)
    page.get_by_role("button", name="Hand over the tablet").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Consent to Microneedling pen").wait_for()
    axe(page)
    page.locator("h1").click()
    done: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || ''")
        kind = page.evaluate("document.activeElement.type || ''")
        if kind == "checkbox" or (kind == "radio" and name not in done):
            page.keyboard.press("Space")
        elif name in ("printed_name", "typed"):
            page.keyboard.type("Maya Lind")
        done.add(name)
        if name == "typed":
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    axe(page)
    made = Signature.objects.get()
    assert (made.method, made.choices["clinical"]) == ("TYPED", "yes")


def test_without_any_script(house: Cast, consent: Consent, staff_page: Callable[..., Page]) -> None:
    page = staff_page(house.fred, viewport=TABLET, java_script_enabled=False)
    page.goto(reverse("consent:sign", args=[consent.pk]))
    assert not page.locator("canvas").is_visible()
    for name in every_tick(consent):
        page.locator(f"[name={name}]").check()
    for name in ("clinical", "teaching", "publicity"):
        page.locator(f"#div_id_{name}").get_by_label("No").check()
    page.get_by_label("Your full name", exact=True).fill("Maya Lind")
    page.get_by_label("Or sign by typing").fill("Maya Lind")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Signature.objects.get().method == "TYPED"


def test_axe_finds_nothing_on_the_other_pages(
    house: Cast, consent: Consent, staff_page: Callable[..., Page], axe: Axe
) -> None:
    sign(consent, at=timezone.now())
    page = staff_page(house.petra, viewport=TABLET)
    for name in ("page", "read", "countersign", "withdraw", "refuse", "hand_back"):
        page.goto(reverse(f"consent:{name}", args=[consent.pk]))
        axe(page)
    page.goto(reverse("consent:countersign", args=[consent.pk]))
    page.get_by_label("Your full name", exact=True).fill("Petra Novak")
    for name in CAPACITY:
        page.locator(f"[name={name}]").check()
    page.locator("#div_id_asked").get_by_label("No", exact=True).check()
    page.get_by_label("Or sign by typing").fill("Petra Novak")
    page.get_by_role("button", name="Countersign").click()
    page.get_by_text("Both have signed").wait_for()
    axe(page)
    phone = page.context.new_page()
    token = token_for(house, consent)
    phone.goto(reverse("clients:link", args=[token]))
    phone.get_by_label("Your date of birth").fill("12/04/1990")
    phone.get_by_role("button", name="Go on").click()
    for name in ("client_read", "client_refuse", "client_withdraw", "client_done"):
        phone.goto(reverse(f"consent:{name}", args=[token]))
        axe(phone)
