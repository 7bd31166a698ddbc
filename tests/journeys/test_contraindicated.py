"""Pregnant: no page offers a way, no crafted request and no hand-written SQL makes one."""

from datetime import date

import pytest
from playwright.sync_api import APIResponse

from clinic.booking.models import Appointment
from clinic.consent.models import Consent
from clinic.core.actor import Role
from clinic.intake.actions import submit
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Decision
from clinic.treatments.models import Treatment
from tests import factories as make
from tests.access import person
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, Cast
from tests.journeys import crafted
from tests.journeys.clock import Clock
from tests.journeys.conftest import Browsers
from tests.journeys.desk import FrontDesk
from tests.journeys.person import Staff
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)
PREGNANT = ALL_CLEAR | {"pregnant": "yes"}
STORES = (Clearance, Appointment, Consent, Treatment)


@pytest.fixture
def stopped(cast: Cast, clock: Clock) -> Screening:
    """Maya has said that she is pregnant, and handed her answers in."""
    maya = make.client(cast.riverside)
    draft = make.intake(maya, cast.pen, answers=PREGNANT)
    return submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)


def test_no_page_offers_a_way(desk: FrontDesk, practitioner: Practitioner, cast: Cast) -> None:
    desk.signs_in()
    desk.adds()
    desk.plans("2026-06-04")
    desk.asks(PREGNANT)
    desk.stands_on("We cannot treat")
    stopped = Screening.objects.get()
    desk.reads("nobody may override that", "Pregnan")
    desk.opens("booking:book", stopped.client_id, cast.pen.pk)
    desk.reads("cannot have this treatment", "Nobody may override it")
    assert not desk.page.locator("[name=slot]").count()
    desk.opens("journey:client", stopped.client_id)
    desk.reads("Do not book: this client cannot be treated as things are")
    assert not desk.page.get_by_role("link", name="Find a time").count()

    practitioner.signs_in()
    practitioner.opens("review:case", stopped.pk)
    practitioner.reads("Nobody may override this.")
    page = practitioner.page
    verdicts = page.locator("[id^=div_id_verdict] input").evaluate_all(
        "all => all.map(i => i.value)"
    )
    assert not set(verdicts) & {"ACCEPT", "OVERRIDE", "WAIT"}
    outcomes = page.locator("#div_id_outcome")
    assert outcomes.get_by_label("We will not treat").count() == 1
    assert not outcomes.get_by_label("May be booked").count()
    _nothing_is_stored()


def test_no_crafted_request_makes_one(stopped: Screening, cast: Cast, browsers: Browsers) -> None:
    for role in Role:
        attacker = browsers(Staff, role.value)
        attacker.email = person(cast, role).email
        attacker.signs_in()
        _attack(attacker, stopped, cast)
        _nothing_is_stored()


def _attack(attacker: Staff, stopped: Screening, cast: Cast) -> None:
    finding = stopped.findings.get(level=4)
    slot = f"2026-06-04T10:00/{cast.petra.pk}/{cast.room.pk}"
    said = {f"verdict_{finding.pk}": "OVERRIDE", f"reason_{finding.pk}": "Please.", "latest": ""}
    for answer in (
        crafted.post(attacker, "booking:book", stopped.client_id, cast.pen.pk, slot=slot),
        crafted.post(
            attacker, "review:case", stopped.pk, outcome="CLEARED", reason="Please.", **said
        ),
        crafted.post(attacker, "consent:give", stopped.pk),
        crafted.post(attacker, "treatments:start", 1),
    ):
        _is_refused_in_words(answer)


def test_no_sql_makes_one(stopped: Screening, cast: Cast) -> None:
    with refused("a day with a finding is not cleared without review"):
        make.clearance(stopped.client, cast.pen, screening=stopped)
    with refused("a day with a finding is not cleared without review"):
        make.clearance(stopped.client, cast.pen, screening=stopped, screening_clear_from=MONDAY)
    with refused("permission denied"):
        attacks.run("UPDATE intake_screening SET level = 0, hard_stop = false")
    booked = Clearance(
        pk=1,
        client=stopped.client,
        site=cast.riverside,
        procedure=cast.pen,
        valid_from=MONDAY,
        valid_until=date(2026, 7, 1),
        depth_mm=stopped.depth_mm,
        areas=stopped.areas,
        anaesthetic_planned=stopped.anaesthetic_planned,
    )
    with refused("an area that is not cleared"):
        attacks.appointment(cast, booked)
    _nothing_is_stored()


def _is_refused_in_words(answer: APIResponse) -> None:
    assert 400 <= answer.status < 500 or answer.status == 200, f"{answer.url}: {answer.status}"
    assert "<h1>" in answer.text(), answer.url
    if answer.status == 200:
        assert "data-error-summary" in answer.text(), answer.url


def _nothing_is_stored() -> None:
    for model in STORES:
        assert not model.objects.exists(), model
    assert not Decision.objects.filter(outcome="CLEARED").exists()
