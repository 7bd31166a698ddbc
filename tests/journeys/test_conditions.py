"""“0.3 mm only, not the forehead, a test patch first”: what is signed binds to the end."""

from datetime import date
from decimal import Decimal

import pytest

from clinic.booking.models import Appointment
from clinic.consent.models import Consent
from clinic.intake.models import Clearance, Screening
from clinic.review.models import PatchTest
from clinic.treatments.models import Deviation
from tests.factories import Cast
from tests.journeys.clock import Clock
from tests.journeys.given import maya_has_answered
from tests.journeys.papers import assert_says
from tests.journeys.practitioner import Practitioner
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = date(2026, 6, 4)


@pytest.fixture
def flagged(cast: Cast, clock: Clock) -> Screening:
    """Given: calm rosacea; planned are 0.5 mm on cheeks and forehead."""
    return maya_has_answered(cast, planned=THURSDAY, rosacea="calm")


def test_what_a_practitioner_attaches_holds_at_booking_consent_and_treatment(
    flagged: Screening, walk: Walk
) -> None:
    desk, practitioner = walk.desk, walk.practitioner
    _when_it_is_cleared_with_conditions(practitioner, flagged)

    desk.signs_in()
    desk.opens_client("Maya Lind")
    _then_nothing_is_booked_before_the_patch_test(walk, flagged)
    _when_the_patch_test_is_done_and_read_as_good(practitioner)

    desk.opens_client("Maya Lind")
    desk.does_the_next_thing("Find a time")
    desk.reads("up to 0.30 mm", "Cheeks")
    desk.takes_a_slot("Thursday 4 June", "10:00")
    booked = Appointment.objects.get()
    assert (booked.depth_mm, booked.areas) == (Decimal("0.30"), ["cheeks"])
    desk.opens("booking:appointment", booked.pk)
    desk.reads("up to 0.30 mm")

    walk.agrees()
    agreed = Consent.objects.get()
    practitioner.reads("Up to 0.3 mm deep. Where: Cheeks.")
    assert (agreed.depth_mm, agreed.areas) == (Decimal("0.30"), ["cheeks"])

    _then_deeper_is_a_deviation(walk)


def _when_it_is_cleared_with_conditions(practitioner: Practitioner, flagged: Screening) -> None:
    practitioner.signs_in()
    practitioner.opens("review:case", flagged.pk)
    practitioner.page.locator("#div_id_areas_left_out").get_by_label("Forehead").check()
    practitioner.ticks("A patch test first")
    practitioner.decides(
        {"Rosacea": ("Go ahead, with care", "Calm, but it flares on the forehead.")},
        "0.3 mm only; not the forehead; a test patch first.",
        greatest_depth_mm="0.3",
    )
    practitioner.opens("review:case", flagged.pk)
    practitioner.reads(
        "At most 0.30 mm.", "Not on: forehead.", "A patch test with a good result comes first."
    )
    held = Clearance.objects.get(live=True)
    assert (held.depth_mm, held.areas) == (Decimal("0.30"), ["cheeks"])


def _then_nothing_is_booked_before_the_patch_test(walk: Walk, flagged: Screening) -> None:
    desk = walk.desk
    assert not desk.page.get_by_role("link", name="Find a time").count()
    desk.opens("booking:book", flagged.client_id, flagged.procedure_id)
    desk.reads("A patch test with a good result comes first.")
    assert not desk.page.locator("[name=slot]").count()


def _when_the_patch_test_is_done_and_read_as_good(practitioner: Practitioner) -> None:
    practitioner.opens_client("Maya Lind")
    practitioner.does_the_next_thing("Open the patch test")
    practitioner.chooses(area="Cheeks")
    practitioner.fills(what="Pen, 0.25 mm, lot A1", done_on="2026-06-01")
    practitioner.presses("Write it down")
    practitioner.follows("Write down how it was read")
    practitioner.chooses(result="Good: no reaction")
    practitioner.fills(read_on="2026-06-01", note="Faint redness for an hour, nothing else.")
    practitioner.presses("Sign")
    done = PatchTest.objects.get()
    practitioner.opens("review:patch_tests", done.clearance_id)
    practitioner.reads("Pen, 0.25 mm, lot A1", "Good: no reaction", "Faint redness for an hour")


def _then_deeper_is_a_deviation(walk: Walk) -> None:
    practitioner = walk.practitioner
    walk.arrives_on(THURSDAY)
    practitioner.reads("at most 0.3 mm", "Cheeks")
    assert not practitioner.page.locator("[name=depth_forehead]").count()
    practitioner.starts("Maya Lind")
    walk.clock.is_at(THURSDAY, 10, 30)
    practitioner.records("cheeks")
    practitioner.reads("Done otherwise than cleared", "0.5 mm; cleared were at most 0.3 mm.")
    practitioner.fills(
        why_TOO_DEEP="The dial stood at 0.5 mm.",
        action_TOO_DEEP="Stopped, cooled, told the client.",
    )
    practitioner.presses("Sign the record")
    practitioner.reads("Deeper than cleared.", "The clinical lead has not seen this yet.")
    assert Deviation.objects.get().kind == "TOO_DEEP"
    assert_says(practitioner.makes_the_sheet(), "cheeks, up to 0.5 mm")
