"""A wait gets longer: changed by one lead, approved by another, and a booking goes on hold."""

from datetime import date
from functools import partial

import pytest
from django.db import transaction
from playwright.sync_api import expect

from clinic.booking.models import Appointment
from clinic.packs import actions
from clinic.packs.models import Publication
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.packs.conftest import longer
from tests.factories import Cast, rules
from tests.factories.days import at
from tests.journeys.clock import Clock
from tests.journeys.conftest import LAPTOP, Browsers
from tests.journeys.desk import FrontDesk
from tests.journeys.keyboard import Keyboard
from tests.journeys.lead import Lead, SecondLead

pytestmark = pytest.mark.django_db(transaction=True)
RETINOL = {"topical_actives": "yes", "topical_actives_date": "2026-05-27"}
COMES = at(date(2026, 6, 9), 10)
RULE = "Strong skin products"


@pytest.fixture
def booked(cast: Cast) -> Appointment:
    """Maya stopped her retinol on 27 May, was cleared, and comes on 9 June."""
    with transaction.atomic():  # a screening and its facts come together
        maya = make.client(cast.riverside)
        screened = make.screening(
            maya, cast.pen, answers=ALL_CLEAR | RETINOL, planned_date=COMES.date()
        )
        held = make.clearance(maya, cast.pen, screening=screened)
        return make.appointment(cast, maya, held=held, start=COMES)


@pytest.fixture
def lead(cast: Cast, clock: Clock, browsers: Browsers) -> Lead:
    person: Lead = browsers(Lead, "lead", viewport=LAPTOP)
    return person


def test_from_a_longer_wait_to_a_booking_on_hold(
    lead: Lead, desk: FrontDesk, browsers: Browsers, cast: Cast, booked: Appointment
) -> None:
    rules.second_lead(cast)
    lead.signs_in()
    lead.goes_to_the_rules()
    lead.begins_a_draft("Skin still peeled after a week.")
    lead.changes_a_wait(RULE, 14, "A case of lasting redness.")
    lead.reads("Saved. The draft has to be tried on past answers again.")
    lead.opens_the_draft("1.3.0")
    lead.follows("See the difference")
    lead.reads(f"{RULE}, outcome 2", "5 days", "14 days")
    lead.opens_the_draft("1.3.0")
    lead.accepts_the_cases()
    lead.opens_the_draft("1.3.0")
    lead.tries_it_on_past_answers(found="1 client would be judged more strictly")
    lead.reads("1 live clearance ends, 1 booking goes on hold.")
    lead.follows("See who")
    lead.reads("Maya Lind", "Defer until 10 June 2026")
    lead.opens_the_draft("1.3.0")
    lead.follows("See what they will look at")
    lead.reads("You changed something in this draft, so a second person must approve it")
    assert not lead.page.get_by_role("button", name="Approve the draft").count()

    second: SecondLead = browsers(SecondLead, "second", viewport=LAPTOP)
    second.signs_in()
    second.opens_the_draft("1.3.0")
    second.follows("Look and approve")
    second.reads("14 days", "1 booking goes on hold", "A case of lasting redness.")
    second.fills(note="Read the difference, and whom it concerns.")
    second.presses("Approve the draft")
    second.reads("Approved. The rules can now be published.")

    lead.opens_the_draft("1.3.0")
    lead.follows("See what will happen")
    lead.reads("1 live clearance ends, 1 booking goes on hold.", "This cannot be taken back")
    lead.presses("Publish the rules")
    lead.reads("Published. 1 live clearance ends, 1 booking goes on hold.", "In force")
    assert Publication.objects.get().version == "1.3.0"

    desk.signs_in()
    why = f"“{RULE}” now waits until 10 June 2026"
    desk.reads("Whom to call", "New safety rules microneedling 1.3.0", why)
    desk.follows("Maya Lind")
    desk.reads("On hold", why)
    assert not desk.page.get_by_role("link", name="Check in").count()


def test_it_is_tried_on_past_answers_where_no_script_runs(
    browsers: Browsers, cast: Cast, clock: Clock, booked: Appointment
) -> None:
    lead: Lead = browsers(Lead, "lead", viewport=LAPTOP, java_script_enabled=False)
    lead.signs_in()
    lead.goes_to_the_rules()
    lead.begins_a_draft("Skin still peeled after a week.")
    lead.changes_a_wait(RULE, 14, "A case of lasting redness.")
    lead.opens_the_draft("1.3.0")
    lead.tries_it_on_past_answers(found="1 client would be judged more strictly")
    lead.reads("1 past submission looked at")


def test_a_wait_is_changed_by_keyboard(lead: Lead, booked: Appointment, cast: Cast) -> None:
    lead.signs_in()
    lead.goes_to_the_rules()
    lead.begins_a_draft("Skin still peeled after a week.")
    keyboard = Keyboard(lead.page)
    keyboard.goes("Go to the rules")
    keyboard.goes(RULE)
    keyboard.tabs_to(name="o1_wait")
    lead.page.keyboard.press("ControlOrMeta+a")
    keyboard.types("9")
    keyboard.writes(why="Two more days.")
    with lead.page.expect_navigation():
        keyboard.press("Enter")
    expect(lead.page.locator("#messages")).to_contain_text("Saved.")


def test_the_bar_grows_while_past_answers_are_tried(
    lead: Lead, cast: Cast, booked: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        for number in range(5):
            other = make.client(cast.riverside, first_name=f"C{number}")
            make.screening(other, cast.pen, answers=ALL_CLEAR | RETINOL)
    draft = rules.draft_of(cast, longer(60))
    monkeypatch.setattr(actions, "advance", partial(actions.advance, most=1))
    lead.signs_in()
    lead.watches_the_bar()
    lead.opens("packs:simulation", draft.pk)
    lead.presses("Try the draft on past answers")
    lead.reads("6 clients would be judged more strictly")
    seen = lead.saw_of_the_bar()
    assert seen == sorted(seen)
    assert {1, 2, 3, 4, 5, 6} <= set(seen)
