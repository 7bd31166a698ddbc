"""The clear journey once more, and nobody touches a mouse."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clinic.consent.saying import CAPACITY
from screening.engine import Question, QuestionType
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.factories.people import PASSWORD
from tests.journeys.answering import SECONDS_TO_READ
from tests.journeys.clock import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.keyboard import Keyboard
from tests.journeys.papers import TREATED_ON_THURSDAY, assert_says
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)


def test_from_the_first_call_to_the_aftercare_sheet(
    desk: FrontDesk, practitioner: Practitioner, clock: Clock, cast: Cast
) -> None:
    keys = Keyboard(desk.page)
    _signs_in(keys, desk.email)
    _adds_maya(keys)
    _plans(keys, cast)
    _asks(keys, clock)
    keys.goes("Find a time")
    _takes_a_slot(keys)
    keys.goes("Give the consent text")
    keys.goes("Hand over the tablet")
    clock.is_at(date(2026, 6, 3), 17)
    _signs_in(keys, desk.email)
    _finds_maya(keys)
    keys.goes("Open the consent")
    keys.goes("Hand over the tablet")
    _agrees(keys)

    hands = Keyboard(practitioner.page)
    _signs_in(hands, practitioner.email)
    _finds_maya(hands)
    hands.goes("Open the consent")
    hands.goes("Countersign")
    for name in CAPACITY:
        hands.ticks(name)
    hands.chooses("asked", "no")
    hands.writes(typed="Petra Novak")
    hands.goes("Countersign")

    clock.is_at(THURSDAY, 9, 50)
    _signs_in(keys, desk.email)
    keys.goes("Maya Lind")
    keys.goes("Check in")
    _checks_in(keys)

    clock.is_at(THURSDAY, 10)
    _signs_in(hands, practitioner.email)
    hands.goes("Maya Lind")
    hands.goes("Go to the treatment")
    hands.goes("Start the treatment")
    clock.is_at(THURSDAY, 10, 30)
    _records(hands)
    hands.goes("Make the aftercare sheet")
    hands.tabs_to("Print the sheet")
    assert_says(practitioner.prints_the_sheet(), *TREATED_ON_THURSDAY)


def _signs_in(keys: Keyboard, email: str) -> None:
    keys.page.goto("/")
    keys.types(email)
    keys.press("Tab")
    keys.types(PASSWORD)
    with keys.page.expect_navigation():
        keys.press("Enter")


def _adds_maya(keys: Keyboard) -> None:
    keys.press("/")
    keys.types("maya lind 12.4.90")
    expect(keys.page.get_by_role("link", name="Add “maya lind")).to_be_visible()
    keys.press("ArrowDown")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.skips_to_the_page()
    keys.writes(phone="07700 900123")
    keys.goes("Add the client")


def _finds_maya(keys: Keyboard) -> None:
    keys.press("/")
    keys.types("maya lind")
    expect(keys.page.locator("#find-results a").first).to_be_visible()
    keys.press("ArrowDown")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.skips_to_the_page()


def _plans(keys: Keyboard, cast: Cast) -> None:
    keys.goes("Begin the questions")
    keys.chooses("procedure", str(cast.pen.pk))
    keys.ticks("areas", "forehead")
    keys.ticks("areas", "cheeks")
    keys.writes(depth_mm="0.5")
    keys.dates("planned_date", "2026-06-04")
    keys.chooses("anaesthetic_planned", "no")
    keys.chooses("test_patch_ok", "no")
    keys.goes("Ask the questions here")


def _asks(keys: Keyboard, clock: Clock) -> None:
    for section in latest().sections.values():
        expect(keys.page.get_by_role("heading", level=1)).to_have_text(section.title)
        keys.skips_to_the_page()
        for question in section.questions:
            if question.id in ALL_CLEAR:
                _answers(keys, question, ALL_CLEAR[question.id])
                clock.goes_on(SECONDS_TO_READ)
        keys.goes("Next")
    keys.ticks("confirmed")
    keys.goes("Hand in the answers")


def _answers(keys: Keyboard, question: Question, given: Any) -> None:
    match question.type:
        case QuestionType.MULTI_CHOICE:
            for value in given or ["none"]:
                keys.ticks(question.id, value)
        case QuestionType.MULTI_CHOICE_DATED:
            keys.ticks(f"{question.id}__none")
        case QuestionType.DATE:
            keys.dates(question.id, given)
        case QuestionType.TEXT:
            keys.writes(**{question.id: given})
        case _:
            keys.chooses(question.id, given)


def _takes_a_slot(keys: Keyboard) -> None:
    slots = keys.page.locator("[name=slot][value^='2026-06-04T10:00']")
    value = str(slots.first.get_attribute("value"))
    if not slots.first.is_visible():
        keys.tabs_to("Thursday 4 June")
        keys.press("Enter")
    keys.tabs_to(name="slot", value=value)
    with keys.page.expect_navigation():
        keys.press("Enter")


def _agrees(keys: Keyboard) -> None:
    for name in _names(keys.page, ".consent-ticks input"):
        keys.ticks(name)
    for name in _names(keys.page, "[aria-labelledby=part-photos] input"):
        keys.chooses(name, "no")
    keys.writes(printed_name="Maya Lind", typed="Maya Lind")
    keys.goes("Sign")
    keys.goes("For staff: go on")


def _checks_in(keys: Keyboard) -> None:
    keys.ticks("identity_confirmed")
    for name in _names(keys.page, "main input[type=radio]"):
        keys.chooses(name, "no")
    keys.goes("Check in")


def _records(keys: Keyboard) -> None:
    keys.writes(depth_all="0.5", passes_all="3")
    keys.ticks("endpoints_all", "redness")
    keys.writes(device="SkinPen Precision", cartridge_lot="LOT-4711")
    keys.dates("cartridge_expiry", "2027-12-31")
    keys.chooses("reaction_seen", "no")
    keys.goes("Sign the record")


def _names(page: Page, selector: str) -> list[str]:
    return list(dict.fromkeys(page.locator(selector).evaluate_all("all => all.map(i => i.name)")))
