"""The questions on a phone: with and without JavaScript, by keyboard, judged by axe."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.clients import links
from clinic.intake.models import Intake, Screening
from tests.browser import Axe
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import cast, client, intake

PHONE = {"width": 390, "height": 844}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(live_server: Any) -> Callable[..., tuple[str, Intake]]:
    """`sent(pregnant="")`: the address of a link to Maya's draft, and the draft."""
    from django.utils import timezone

    def make(**answers: Any) -> tuple[str, Intake]:
        everybody = cast()
        maya = client(everybody.riverside)
        draft = intake(maya, everybody.pen, answers=ALL_CLEAR | answers)
        token = links.issue(
            actor=everybody.actor(everybody.fred),
            client=maya,
            purpose="INTAKE",
            object_id=draft.pk,
            at=timezone.now(),
        )
        return reverse("clients:link", args=[token]), draft

    return make


def _enter(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Your date of birth").fill("1990-04-12")
    page.get_by_role("button", name="Go on").click()


def test_a_follow_up_appears_at_once_and_none_excludes_the_rest(
    new_page: Callable[..., Page], sent: Any, axe: Axe
) -> None:
    address, _draft = sent(diabetes="", skin_disease="")
    page = new_page(viewport=PHONE)
    _enter(page, address)
    axe(page)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your skin")
    state = page.get_by_role("group", name="How is it now?")
    expect(state).to_be_hidden()
    page.locator("#id_skin_disease_0").check()
    expect(state).to_be_visible()
    axe(page)
    page.locator("#div_id_skin_disease").get_by_label("None of these").check()
    expect(page.locator("#id_skin_disease_0")).not_to_be_checked()
    expect(state).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    control = page.get_by_role("group", name="How well is it controlled?")
    expect(control).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Please choose an answer")
    axe(page)
    page.locator("#div_id_diabetes").get_by_label("Yes").check()
    control.get_by_label("Well: my care team").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    axe(page)
    page.get_by_label("My answers are true").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Maya")
    axe(page)
    assert Screening.objects.get().submission.answers["diabetes_control"] == "good"


def test_a_date_is_asked_for_what_is_ticked(new_page: Callable[..., Page], sent: Any) -> None:
    address, draft = sent(recent_surgery=None)
    page = new_page(viewport=PHONE)
    _enter(page, address)
    page.get_by_role("link", name="Go on").click()
    block = page.locator("#div_id_recent_surgery")
    day = block.locator("input[type=date]").first
    expect(day).to_be_hidden()
    block.get_by_role("checkbox", name="Surgery to the area").check()
    expect(day).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(block).to_contain_text("Please give the date for")
    day.fill("2026-05-02")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pregnancy and breastfeeding")
    draft.refresh_from_db()
    assert list(draft.answers["recent_surgery"].values()) == ["2026-05-02"]


def test_without_javascript_every_follow_up_says_when_to_answer_it(
    new_page: Callable[..., Page], sent: Any
) -> None:
    address, _draft = sent(diabetes="")
    page = new_page(viewport=PHONE, java_script_enabled=False)
    _enter(page, address)
    page.get_by_role("link", name="Go on").click()
    block = page.locator("#div_id_diabetes_control")
    expect(block).to_contain_text("Only if you answered “Yes” to “Do you have diabetes?”")
    page.locator("#div_id_diabetes").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_by_keyboard_alone(new_page: Callable[..., Page], sent: Any) -> None:
    address, draft = sent(pregnant="", breastfeeding="")
    page = new_page(viewport=PHONE)
    page.goto(address)
    # In which order a date is typed is up to the browser's language.
    page.get_by_label("Your date of birth").fill("1990-04-12")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Go on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pregnancy and breastfeeding")
    page.locator("#id_pregnant_0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Medicines and skin products")
    draft.refresh_from_db()
    assert (draft.answers["pregnant"], draft.answers["breastfeeding"]) == ("no", "no")


def test_a_date_known_to_the_month_is_told_on_a_phone(
    new_page: Callable[..., Page], sent: Any, axe: Axe
) -> None:
    address, draft = sent(isotretinoin="stopped", hair_removal=None)
    page = new_page(viewport=PHONE)
    _enter(page, address)
    page.get_by_role("link", name="Go on").click()
    waxed = page.locator("#div_id_hair_removal_date")
    expect(waxed).to_be_hidden()
    page.locator("#div_id_hair_removal").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Next").click()
    asked = page.get_by_role("group", name="When did you take the last capsule?")
    while not asked.is_visible():
        page.get_by_role("button", name="Next").click()
    day = page.locator("[name=isotretinoin_stop]")
    how = asked.get_by_label("How well do you know the date?")
    month, year = asked.get_by_label("Month", exact=True), asked.get_by_label("Year", exact=True)
    many = asked.get_by_label("How many?")
    expect(day).to_be_visible()
    expect(month).to_be_hidden()
    axe(page)
    how.select_option(label="I know the month and year")
    expect(day).to_be_hidden()
    expect(month).to_be_visible()
    expect(many).to_be_hidden()
    axe(page)
    month.select_option(label="March")
    page.get_by_role("button", name="Next").click()
    expect(asked).to_contain_text("Please give the year with four digits")
    expect(month).to_have_value("3")
    expect(how).to_have_value("month")
    axe(page)
    year.fill("2025")
    asked_on = page.url
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Medicines and skin products")
    draft.refresh_from_db()
    assert draft.answers["isotretinoin_stop"] == "2025-03"
    page.goto(asked_on)
    expect(how).to_have_value("month")
    expect(year).to_have_value("2025")
    how.select_option(label="Not sure, but less than … ago")
    expect(month).to_be_hidden()
    expect(many).to_be_visible()
    axe(page)


def test_without_javascript_only_what_the_choice_asks_for_is_there(
    new_page: Callable[..., Page], sent: Any
) -> None:
    address, draft = sent(isotretinoin="stopped", isotretinoin_stop="2026-01-05")
    page = new_page(viewport=PHONE, java_script_enabled=False)
    _enter(page, address)
    page.goto(reverse("intake:client_section", args=[address.split("/")[-1], "medicines"]))
    asked = page.get_by_role("group", name="When did you take the last capsule?")
    year = asked.get_by_label("Year", exact=True)
    expect(year).to_be_hidden()
    asked.locator("input[type=date]").fill("")
    asked.get_by_label("How well do you know the date?").select_option("year")
    year.fill("2024")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Medicines and skin products")
    draft.refresh_from_db()
    assert draft.answers["isotretinoin_stop"] == "2024"


def test_how_well_a_date_is_known_goes_with_its_tick(
    new_page: Callable[..., Page], sent: Any, axe: Axe
) -> None:
    address, draft = sent(recent_surgery=None)
    page = new_page(viewport=PHONE)
    _enter(page, address)
    page.get_by_role("link", name="Go on").click()
    block = page.locator("#div_id_recent_surgery")
    tick = block.get_by_role("checkbox", name="Surgery to the area")
    tick.check()
    asked = block.get_by_role("group", name="When was the last time? Surgery to the area")
    asked.get_by_label("How well do you know the date?").select_option("about")
    asked.get_by_label("How many?").fill("8")
    asked.get_by_label("Weeks, months or years?").select_option("months")
    axe(page)
    tick.uncheck()
    expect(asked).to_be_hidden()
    tick.check()
    expect(asked.get_by_label("How well do you know the date?")).to_have_value("day")
    expect(asked.locator("input[type=date]")).to_be_visible()
    asked.get_by_label("How well do you know the date?").select_option("about")
    asked.get_by_label("How many?").fill("8")
    asked.get_by_label("Weeks, months or years?").select_option("months")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pregnancy and breastfeeding")
    draft.refresh_from_db()
    (kept,) = draft.answers["recent_surgery"].values()
    assert "/" in kept
