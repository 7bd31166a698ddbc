"""Hand-written SQL that would book with the wrong person, in the wrong room, at the wrong site."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.clients.models import Client
from clinic.intake.models import Clearance
from clinic.procedures.models import Procedure, Room
from tests import factories as make
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused, run
from tests.factories import Cast

NOT_THERE = "somebody who performs it there"


def _now() -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("who", ["fred", "mark", "audra", "hana"])
def test_with_somebody_who_does_not_perform_it_there(cast: Cast, held: Clearance, who: str) -> None:
    other = getattr(cast, who).pk
    with refused(NOT_THERE):
        attacks.appointment(cast, held, practitioner_id=other)
    booked = attacks.appointment(cast, held)
    with refused(NOT_THERE):
        run("UPDATE booking_appointment SET practitioner_id = %s WHERE id = %s", [other, booked])


def test_with_somebody_who_no_longer_works_there(cast: Cast, held: Clearance) -> None:
    cast.petra.memberships.all().delete()
    with refused(NOT_THERE):
        attacks.appointment(cast, held)


def _at_hilltop(cast: Cast) -> dict[str, Any]:
    return {"site_id": cast.hilltop.pk, "practitioner_id": cast.hana.pk}


LIES: list[tuple[Callable[[Cast], dict[str, Any]], str]] = [
    (_at_hilltop, NOT_THERE),
    (
        lambda cast: {"room_id": Room.objects.get(site=cast.hilltop).pk},
        "an_appointment_is_in_a_room_of_its_site",
    ),
    (
        lambda cast: (
            _at_hilltop(cast)
            | {"procedure_id": Procedure.objects.get(site=cast.hilltop, modality="MN_PEN").pk}
        ),
        "a_live_appointment_holds_a_live_clearance",
    ),
]


@pytest.mark.parametrize(("lies", "promise"), LIES)
def test_at_a_site_that_parts_of_it_do_not_belong_to(
    cast: Cast, held: Clearance, lies: Callable[[Cast], dict[str, Any]], promise: str
) -> None:
    with refused(promise):
        attacks.appointment(cast, held, **lies(cast))
        _now()


def test_a_client_is_not_moved_to_another_site(cast: Cast, maya: Client) -> None:
    make.appointment(cast, maya)
    with refused("permission denied"):
        run("UPDATE clients_client SET site_id = %s WHERE id = %s", [cast.hilltop.pk, maya.pk])
