"""What happens in the chair: the client says stop, something differs, the tablet falls asleep."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clinic.consent.models import Consent
from clinic.core.models import FormDraft
from clinic.treatments.models import Deviation, Treatment, TreatmentRecord
from tests.factories.days import TUESDAY
from tests.factories.people import PASSWORD, Cast
from tests.factories.treating import running
from tests.journeys.clock import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.person import Staff
from tests.journeys.practitioner import Practitioner

pytestmark = pytest.mark.django_db(transaction=True)


class Lead(Staff):
    """Lena, the clinical lead."""

    email = "lena@clinic.example"


@pytest.fixture
def treatment(cast: Cast, clock: Clock, practitioner: Practitioner) -> Treatment:
    """Petra has begun at five past ten; it is twenty past."""
    clock.is_at(TUESDAY, 10, 20)
    begun = running(cast)
    practitioner.signs_in()
    return begun


def _saved(person: Practitioner) -> None:
    said = person.page.locator("[data-autosave]")
    expect(said).to_have_attribute("data-kept", "all", timeout=4000)
    expect(said).to_contain_text("Saved 10:2")


def test_a_client_who_withdraws_during_treatment_is_heard_at_once(
    treatment: Treatment, practitioner: Practitioner, desk: FrontDesk
) -> None:
    practitioner.opens("treatments:treat", treatment.appointment_id)
    practitioner.fills(depth_all="0.3", notes="Forehead done, cheeks begun")
    _saved(practitioner)

    desk.signs_in()
    desk.opens("consent:withdraw", treatment.consent_id)
    desk.reads("stopped the moment the consent is withdrawn")
    desk.presses("Withdraw")
    assert Consent.objects.get().end_kind == "WITHDRAWN"

    practitioner.opens("treatments:treat", treatment.appointment_id)
    practitioner.reads("Do not go on.", "The client withdrew the consent.")
    expect(practitioner.page.locator("[name=notes]")).to_have_value("Forehead done, cheeks begun")
    practitioner.records()
    practitioner.reads("This treatment was stopped early.", "Signed record")
    assert TreatmentRecord.objects.count() == 1


def test_what_was_done_otherwise_is_signed_and_the_lead_sees_it(
    treatment: Treatment,
    practitioner: Practitioner,
    browsers: Any,
) -> None:
    practitioner.opens("treatments:treat", treatment.appointment_id)
    practitioner.fills(depth_cheeks="1.5")
    practitioner.records()
    practitioner.reads(
        "Done otherwise than cleared", "Cheeks: 1.5 mm; cleared were at most 0.5 mm."
    )
    practitioner.fills(
        why_TOO_DEEP="The dial was at 1.5 from the client before.",
        action_TOO_DEEP="Stopped, cooled, told the client.",
    )
    practitioner.presses("Sign the record")
    practitioner.reads("Deeper than cleared.", "The clinical lead has not seen this yet.")

    lead = browsers(Lead, "lead", viewport={"width": 1440, "height": 900})
    lead.signs_in()
    lead.goes_to(reverse("treatments:deviations"))
    lead.reads("Deeper than cleared", "The dial was at 1.5 from the client before.")
    lead.follows("Acknowledge with a note")
    lead.fills(note="Talked with Petra: the dial is read aloud before the first pass.")
    lead.presses("I have seen this")
    lead.reads("Nothing waits for you.")
    assert Deviation.objects.get().seen.actor_name == "Lena Frost"


def test_a_reload_a_lost_network_and_another_sign_in_lose_nothing(
    treatment: Treatment, practitioner: Practitioner
) -> None:
    page = practitioner.page
    practitioner.opens("treatments:treat", treatment.appointment_id)
    practitioner.fills(depth_cheeks="0.4", cartridge_lot="LOT-1", notes="First half")
    practitioner.page.locator("[name=treated_forehead]").uncheck()
    _saved(practitioner)
    page.reload()
    for name, value in {
        "depth_cheeks": "0.4",
        "cartridge_lot": "LOT-1",
        "notes": "First half",
    }.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator("[name=treated_forehead]")).not_to_be_checked()

    # The network is gone for a moment: it says so, and goes on by itself.
    page.context.set_offline(True)
    practitioner.fills(notes="Second half")
    expect(page.locator("[data-autosave]")).to_contain_text("Not saved yet", timeout=4000)
    page.context.set_offline(False)
    _saved(practitioner)
    assert FormDraft.objects.get().values["notes"] == ["Second half"]

    # Signed out, and in again in another tab: the page that stayed open goes on.
    page.context.clear_cookies(name="cleared_session")
    practitioner.fills(notes="Third half")
    expect(page.locator("[data-autosave]")).to_contain_text("You are signed out", timeout=4000)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("[name=email]").fill("petra@clinic.example")
    other.locator("[name=password]").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Treat")
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    _saved(practitioner)
    assert FormDraft.objects.get().values["notes"] == ["Third half"]
    practitioner.fills(passes_cheeks="2", device="SkinPen", cartridge_expiry="2027-12-31")
    page.locator("#div_id_endpoints_cheeks").get_by_label("Redness").check()
    practitioner.chooses(reaction_seen="No")
    practitioner.presses("Sign the record")
    practitioner.reads("Signed record", "Third half")
    assert not FormDraft.objects.exists()
