"""Żółć 王 bears her own name at every step, and every paper draws it in its own letters."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from noto_cjk_sans_otc import FONT_PATH

from clinic.consent.models import Consent
from clinic.core.fonts import FAMILIES
from clinic.intake.models import Screening
from clinic.treatments.models import TreatmentRecord
from tests.clinic.intake.answers import ALL_CLEAR
from tests.journeys.client import Newcomer
from tests.journeys.papers import assert_draws, assert_is_named, assert_says
from tests.journeys.person import Staff
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)
WANG = Newcomer(
    first_name="Żółć",
    last_name="王",
    born=date(1988, 11, 5),
    phone="07700 900456",
    email="wang@example.com",
)
NAME = "Żółć 王"
SAID = ALL_CLEAR | {"dob": "1988-11-05", "rosacea": "calm"}


def test_from_the_first_call_to_the_aftercare_sheet(walk: Walk, tmp_path: Path) -> None:
    desk, phone = walk.desk, walk.phone
    phone.who = WANG

    # Given: she is registered, and answers on her phone.
    desk.signs_in()
    desk.adds(WANG)
    link = desk.plans_and_sends("2026-06-04")
    phone.follows_the_link(link)
    phone.answers(SAID)

    # When: her case is decided, and she is booked, signs, is checked in and is treated.
    _is_decided(walk)
    desk.opens_client(NAME)
    desk.does_the_next_thing("Find a time")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    desk.reads(NAME)
    walk.agrees()
    consent = _paper(walk.practitioner)
    sheet = walk.is_treated_on(THURSDAY)

    # Then: both papers name her on every page, and draw her name as it is written.
    assert Consent.objects.get().signatures.get(kind="CLIENT").printed_name == NAME
    assert TreatmentRecord.objects.get().client.full_name == NAME
    assert_says(sheet, f"Aftercare for {NAME}")
    for paper, weight in ((consent, 400), (sheet, 700)):
        assert_is_named(paper, NAME)
        assert_draws(paper, "Żółć", FAMILIES[0].path(weight).read_bytes(), tmp_path)
        assert_draws(paper, "王", Path(str(FONT_PATH)).read_bytes(), tmp_path)


def _is_decided(walk: Walk) -> None:
    practitioner = walk.practitioner
    practitioner.signs_in()
    practitioner.opens("review:case", Screening.objects.get().pk)
    practitioner.stands_on(f"Review: {NAME}")
    practitioner.decides({"Rosacea": ("Go ahead, with care", "Calm, seen today.")}, "Gently.")


def _paper(person: Staff) -> bytes:
    """The sealed consent, as the printer gets it."""
    found = person.page.request.get(reverse("consent:pdf", args=[Consent.objects.get().pk]))
    assert found.headers["content-type"] == "application/pdf"
    return found.body()
