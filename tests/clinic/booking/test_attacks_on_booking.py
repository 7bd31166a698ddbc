"""No hand-written SQL of the application's role books what may not be booked."""

from datetime import timedelta
from typing import Any

import pytest

from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused, run
from tests.factories import MONDAY, TUESDAY, Cast
from tests.factories.days import at

LIVE_CLEARANCE = "a_live_appointment_holds_a_live_clearance"
INSIDE = "a_live_appointment_is_inside_its_clearance"
STEPS = "takes only the steps of the table"
DENIED = "permission denied"


@pytest.fixture
def nadia(cast: Cast) -> Client:
    return make.client(cast.riverside, first_name="Nadia")


def test_the_truth_is_accepted(cast: Cast, held: Clearance) -> None:
    """Otherwise every refusal below could be for another reason."""
    booked = Appointment.objects.get(pk=attacks.appointment(cast, held))
    assert booked.must_live


def test_an_ended_clearance(cast: Cast, held: Clearance) -> None:
    attacks.end_clearance(held)
    with refused(LIVE_CLEARANCE):
        attacks.appointment(cast, held)


def test_somebody_elses_clearance(cast: Cast, held: Clearance, nadia: Client) -> None:
    with refused(LIVE_CLEARANCE):
        attacks.appointment(cast, held, client_id=nadia.pk)


def test_a_clearance_for_another_procedure(cast: Cast, held: Clearance) -> None:
    with refused(LIVE_CLEARANCE):
        attacks.appointment(cast, held, procedure_id=cast.roller.pk)


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=31)])
def test_a_day_outside_the_clearance(cast: Cast, held: Clearance, day: Any) -> None:
    with refused(INSIDE):
        attacks.appointment(cast, held, starts_at=at(day, 10))
    with refused(LIVE_CLEARANCE):
        attacks.appointment(
            cast,
            held,
            starts_at=at(day, 10),
            clearance_valid_from=day,
            clearance_valid_until=day,
        )


def test_deeper_than_cleared(cast: Cast, held: Clearance) -> None:
    with refused(INSIDE):
        attacks.appointment(cast, held, depth_mm="0.51")
    with refused(LIVE_CLEARANCE):
        attacks.appointment(cast, held, depth_mm="0.51", clearance_depth_mm="0.51")


def test_an_area_that_is_not_cleared(cast: Cast, held: Clearance) -> None:
    with refused("an area that is not cleared"):
        attacks.appointment(cast, held, areas=["cheeks", "neck"])
    booked = attacks.appointment(cast, held)
    with refused("an area that is not cleared"):
        run("UPDATE booking_appointment SET areas = '{neck}' WHERE id = %s", [booked])


def test_numbing_that_is_not_cleared(cast: Cast, held: Clearance) -> None:
    with refused("numbing_only_as_cleared"):
        attacks.appointment(cast, held, anaesthetic_planned=True)
    with refused(LIVE_CLEARANCE):
        attacks.appointment(cast, held, anaesthetic_planned=True, clearance_anaesthetic=True)


def test_over_an_open_adverse_event(cast: Cast, maya: Client) -> None:
    """Not even on a clearance that was made after the report."""
    run("UPDATE clients_client SET event_free = false WHERE id = %s", [maya.pk])
    later = make.clearance(maya, cast.pen)
    with refused("a_live_appointment_has_no_open_adverse_event"):
        attacks.appointment(cast, later)


def test_on_a_clearance_from_before_an_adverse_event(cast: Cast, held: Clearance) -> None:
    run("UPDATE clients_client SET event_free = false WHERE id = %s", [held.client_id])
    run("UPDATE clients_client SET event_free = true WHERE id = %s", [held.client_id])
    with refused("a_live_appointment_holds_a_live_clearance"):
        attacks.appointment(cast, held)


def test_a_practitioner_and_a_room_are_booked_once(
    cast: Cast, held: Clearance, nadia: Client
) -> None:
    attacks.appointment(cast, held)
    other = make.clearance(nadia, cast.pen)
    overlapping = {"starts_at": at(TUESDAY, 10, 59)}
    with refused("a_practitioner_is_in_one_place"):
        attacks.appointment(cast, other, room_id=cast.second_room.pk, **overlapping)
    with refused("a_room_is_used_once"):
        attacks.appointment(cast, other, practitioner_id=cast.rosa.pk, **overlapping)


@pytest.mark.parametrize("days", [-27, -1, 1, 13])
def test_within_the_rest_of_another_session(cast: Cast, maya: Client, days: int) -> None:
    held = make.clearance(maya, cast.pen, valid_from=MONDAY)
    attacks.appointment(cast, held, starts_at=at(TUESDAY, 10))
    day = TUESDAY + timedelta(days=days)
    promise = "the_skin_rests_between_sessions" if day >= MONDAY else INSIDE
    with refused(promise):
        attacks.appointment(cast, held, starts_at=at(day, 15))


def test_a_rest_shorter_than_the_procedure_asks(cast: Cast, maya: Client) -> None:
    radio = make.clearance(maya, cast.rf)
    with refused("the rest is as long as the procedure asks"):
        attacks.appointment(cast, radio)
    long = TUESDAY + timedelta(days=42)
    booked = attacks.appointment(cast, radio, rest_until=long)
    with refused("the rest is as long as the procedure asks"):
        run(
            "UPDATE booking_appointment SET rest_until = local_day + 41 WHERE id = %s",
            [booked],
        )
    with refused("the_rest_is_at_least_28_days|as long as the procedure asks"):
        run("UPDATE booking_appointment SET rest_until = local_day WHERE id = %s", [booked])


@pytest.mark.parametrize("status", ["DONE", "ARRIVED", "IN_TREATMENT", "CANCELLED"])
def test_an_appointment_that_begins_as_anything_but_booked(
    cast: Cast, held: Clearance, status: str
) -> None:
    with refused("an appointment begins as booked"):
        attacks.appointment(cast, held, status=status)


def test_a_lie_about_the_day(cast: Cast, held: Clearance) -> None:
    for days in (-1, 1):
        with refused("the_day_is_the_day_at_the_clinic"):
            attacks.appointment(cast, held, local_day=TUESDAY + timedelta(days=days))


def test_back_to_booked_after_the_clearance_has_ended(cast: Cast, held: Clearance) -> None:
    booked = attacks.appointment(cast, held)
    attacks.end_clearance(held)
    assert run("SELECT status FROM booking_appointment WHERE id = %s", [booked]) == "ON_HOLD"
    with refused(LIVE_CLEARANCE):
        run("UPDATE booking_appointment SET status = 'BOOKED' WHERE id = %s", [booked])
    with refused(STEPS):
        run("UPDATE booking_appointment SET status = 'ARRIVED' WHERE id = %s", [booked])


def test_an_ended_clearance_does_not_come_back(cast: Cast, held: Clearance) -> None:
    attacks.end_clearance(held)
    with refused("what has ended stays ended"):
        run("UPDATE intake_clearance SET ended_at = NULL WHERE id = %s", [held.pk])


@pytest.mark.parametrize(
    "change",
    [
        "valid_until = valid_until + 30",
        "valid_from = valid_from - 30",
        "depth_mm = 2",
        "areas = '{neck}'",
        "anaesthetic_planned = true",
        "client_id = client_id",
        "basis = 'REVIEW'",
    ],
)
def test_a_clearance_cannot_be_altered(held: Clearance, change: str) -> None:
    with refused(DENIED):
        run(f"UPDATE intake_clearance SET {change} WHERE id = %s", [held.pk])


@pytest.mark.parametrize(
    "table",
    ["booking_appointment", "booking_statuschange", "booking_checkin", "intake_clearance"],
)
def test_nothing_is_deleted(cast: Cast, table: str) -> None:
    with refused(DENIED):
        run(f"DELETE FROM {table}")
    with refused(DENIED):
        run(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", ["booking_statuschange", "booking_checkin"])
def test_history_is_not_rewritten(cast: Cast, table: str) -> None:
    with refused(DENIED):
        run(f"UPDATE {table} SET at = now()")


@pytest.mark.parametrize("promise", ["DISABLE TRIGGER ALL", "DROP CONSTRAINT a_room_is_used_once"])
def test_a_promise_cannot_be_switched_off(cast: Cast, promise: str) -> None:
    with refused("must be owner"):
        run(f"ALTER TABLE booking_appointment {promise}")
    with refused("permission denied to set parameter"):
        run("SET session_replication_role = replica")


@pytest.mark.parametrize(
    "change",
    ["status = 'CANCELLED'", "status = 'BOOKED'", "local_day = local_day - 1", "depth_mm = 0.1"],
)
def test_what_was_done_cannot_be_undone_to_book_again_sooner(
    cast: Cast, held: Clearance, change: str
) -> None:
    booked = attacks.appointment(cast, held)
    for status in ("ARRIVED", "IN_TREATMENT", "DONE"):
        run("UPDATE booking_appointment SET status = %s WHERE id = %s", [status, booked])
    with refused(f"{STEPS}|only a booked appointment can be moved|the_day_is_the_day"):
        run(f"UPDATE booking_appointment SET {change} WHERE id = %s", [booked])


def test_an_appointment_stays_with_its_client(cast: Cast, held: Clearance, nadia: Client) -> None:
    booked = attacks.appointment(cast, held)
    other = make.clearance(nadia, cast.pen)
    with refused("stays with its client"):
        run(
            "UPDATE booking_appointment SET client_id = %s, clearance_id = %s WHERE id = %s",
            [nadia.pk, other.pk, booked],
        )
