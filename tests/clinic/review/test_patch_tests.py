"""A clearance that waits for a patch test is not bookable before that was read as good."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.booking import actions as booking
from clinic.booking.errors import NotBookable
from clinic.booking.facts import booking_facts
from clinic.booking.gate import bookable
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Code
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.models import Clearance, Screening
from clinic.review import queries
from clinic.review.models import Decision, PatchReading, PatchTest
from tests import factories
from tests.access import assert_access
from tests.clinic.review.test_pages import elsewhere, sign
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def held(client: Browser, cast: Cast) -> Clearance:
    who = factories.client(cast.riverside)
    screening = factories.screening(who, cast.pen, findings=[{}])
    sign(client, cast.petra, screening, patch_test_first="on")
    return Clearance.objects.get(live=True)


def done(browser: Browser, cast: Cast, held: Clearance, **fields: Any) -> Any:
    browser.force_login(cast.petra)
    data = {"area": held.areas[0], "what": "Pen, 0.25 mm, lot A1", "done_on": MONDAY.isoformat()}
    return browser.post(reverse("review:patch_tests", args=[held.pk]), data | fields)


def read(browser: Browser, result: str, **fields: Any) -> Any:
    data = {"result": result, "read_on": MONDAY.isoformat(), "note": "Seen."}
    patch = PatchTest.objects.get()
    return browser.post(reverse("review:read_patch", args=[patch.pk]), data | fields)


def codes(held: Clearance) -> list[Code]:
    facts = booking_facts(client=held.client, procedure=held.procedure, on=TUESDAY)
    return [reason.code for reason in bookable(facts).reasons]


def book(cast: Cast, held: Clearance) -> Appointment:
    return booking.book(
        actor=cast.actor(cast.fred),
        clearance=held,
        practitioner=cast.petra,
        room=cast.room,
        starts_at=datetime(2026, 6, 16, 10, tzinfo=timezone.get_current_timezone()),
        depth_mm=held.depth_mm,
        areas=held.areas,
        anaesthetic_planned=False,
        at=NOW,
    )


def test_the_page_of_patch_tests_opens_for_all_staff(
    client: Browser, cast: Cast, held: Clearance
) -> None:
    assert_access(
        client,
        cast,
        "review:patch_tests",
        {"clearance_id": held.pk},
        allowed_roles=list(Role),
        missing={"clearance_id": 10**9},
    )


def test_only_clinicians_say_how_it_was_read(client: Browser, cast: Cast, held: Clearance) -> None:
    done(client, cast, held)
    assert_access(
        client,
        cast,
        "review:read_patch",
        {"patch_id": PatchTest.objects.get().pk},
        allowed_roles=list(CLINICAL_ROLES),
        missing={"patch_id": 10**9},
    )


def test_another_site_has_neither_page(client: Browser, cast: Cast, held: Clearance) -> None:
    done(client, cast, held)
    there = elsewhere(cast)
    stranger = factories.client(there.site)
    other = factories.clearance(stranger, there.procedure)
    address = reverse("review:patch_tests", args=[other.pk])
    assert client.get(address).status_code == 404


def test_the_desk_writes_no_patch_test_down(client: Browser, cast: Cast, held: Clearance) -> None:
    client.force_login(cast.fred)
    address = reverse("review:patch_tests", args=[held.pk])
    client.post(address, {"area": held.areas[0], "what": "x", "done_on": MONDAY.isoformat()})
    assert not PatchTest.objects.exists()


def test_nothing_is_bookable_before_it_was_read_as_good(
    client: Browser, cast: Cast, held: Clearance
) -> None:
    assert codes(held) == [Code.PATCH_TEST_FIRST]
    done(client, cast, held)
    assert codes(held) == [Code.PATCH_TEST_FIRST]
    with pytest.raises(NotBookable):
        book(cast, held)
    read(client, "GOOD")
    assert codes(held) == []
    assert book(cast, held).status == "BOOKED"


def test_the_client_page_says_what_to_do_next(client: Browser, cast: Cast, held: Clearance) -> None:
    page = client.get(reverse("journey:client", args=[held.client_id])).content.decode()
    assert "Do the patch test" in page
    assert reverse("review:patch_tests", args=[held.pk]) in page


def test_a_reaction_ends_the_clearance_holds_what_is_booked_and_comes_back_to_review(
    client: Browser, cast: Cast, held: Clearance
) -> None:
    done(client, cast, held)
    read(client, "GOOD")
    booked = book(cast, held)
    actor = cast.actor(cast.petra)
    assert not queries.waiting(actor, MONDAY).exists()
    read(client, "REACTED")
    booked.refresh_from_db()
    held.refresh_from_db()
    assert (booked.status, held.live) == ("ON_HOLD", False)
    assert booked.changes.order_by("-pk")[0].cause == "The skin reacted to the patch test."
    assert queries.waiting(actor, MONDAY).get() == held.screening
    assert Code.PATCH_REACTED in codes(held)
    assert Code.CLEARANCE_ENDED not in codes(held)


def test_a_new_decision_after_a_reaction_settles_the_case(
    client: Browser, cast: Cast, held: Clearance
) -> None:
    done(client, cast, held)
    read(client, "REACTED")
    screening = Screening.objects.get(pk=held.screening_id)
    sign(
        client,
        cast.petra,
        screening,
        latest=Decision.objects.get().pk,
        outcome="DECLINED",
        verdict="STOP",
    )
    assert not queries.waiting(cast.actor(cast.petra), MONDAY).exists()


@pytest.mark.parametrize(
    "fields",
    [{"what": ""}, {"area": "neck"}, {"done_on": (MONDAY + timedelta(days=1)).isoformat()}],
)
def test_a_patch_test_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    client: Browser, cast: Cast, held: Clearance, fields: dict[str, Any]
) -> None:
    answer = done(client, cast, held, **fields)
    assert answer.status_code == 400
    assert not PatchTest.objects.exists()
    assert fields.get("what", "Pen, 0.25 mm, lot A1") in answer.content.decode()


def test_it_is_not_read_before_it_was_done(client: Browser, cast: Cast, held: Clearance) -> None:
    done(client, cast, held)
    early = (MONDAY - timedelta(days=1)).isoformat()
    assert read(client, "GOOD", read_on=early).status_code == 400
    assert not PatchReading.objects.exists()


def test_the_database_books_nothing_before_a_good_patch_test(
    client: Browser, cast: Cast, held: Clearance
) -> None:
    with pytest.raises(IntegrityError, match="patch test with a good result"), transaction.atomic():
        factories.appointment(cast, held.client, held=held)
    done(client, cast, held)
    read(client, "GOOD")
    assert factories.appointment(cast, held.client, held=held).status == "BOOKED"


@pytest.mark.parametrize("forged", [{"area": "neck"}, {"client_id": -1}])
def test_the_database_takes_no_patch_test_elsewhere(
    client: Browser, cast: Cast, held: Clearance, forged: dict[str, Any]
) -> None:
    columns: dict[str, Any] = {
        "clearance": held,
        "client_id": held.client_id,
        "area": held.areas[0],
        "what": "Pen",
        "done_on": date(2026, 6, 1),
        "at": NOW,
        "actor_kind": "staff",
        "actor_name": "x",
    }
    if forged.get("client_id"):
        forged = {"client_id": factories.client(cast.riverside, first_name="Other").pk}
    with pytest.raises(IntegrityError):
        _planted(columns | forged)


def _planted(columns: dict[str, Any]) -> None:
    with transaction.atomic():
        PatchTest.objects.create(**columns)
        connection.check_constraints()
