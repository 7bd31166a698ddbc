"""A condition is a column of the clearance, not a word beside it: it binds wherever that counts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.booking import actions as booking
from clinic.booking.errors import NotBookable
from clinic.booking.facts import booking_facts
from clinic.booking.gate import bookable
from clinic.booking.models import Appointment
from clinic.booking.values import PlanFacts
from clinic.booking.verdicts import Code
from clinic.consent.actions.giving import prepare, publish_text
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from clinic.intake.conditions import Conditions
from clinic.intake.models import Clearance, Screening
from clinic.review import queries
from clinic.review.models import Decision
from tests import factories
from tests.clinic.review.test_pages import WAIT, sign
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW, TUESDAY

pytestmark = pytest.mark.django_db
WHOLE = {"depth_mm": Decimal("0.50"), "areas": ["forehead", "cheeks"], "anaesthetic_planned": True}
SHALLOW = {"greatest_depth_mm": "0.30", "areas_left_out": ["forehead"]}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def flagged(cast: Cast) -> Screening:
    who = factories.client(cast.riverside)
    return factories.screening(who, cast.pen, findings=[{}], **WHOLE)


def plan(depth: str, *areas: str, numbing: bool = False) -> PlanFacts:
    return PlanFacts(depth_mm=Decimal(depth), areas=frozenset(areas), anaesthetic=numbing)


def codes(screening: Screening, wanted: PlanFacts, on: date = TUESDAY) -> list[Code]:
    facts = booking_facts(
        client=screening.client, procedure=screening.procedure, on=on, plan=wanted
    )
    return [reason.code for reason in bookable(facts).reasons]


def test_at_most_030_mm_and_no_brow_are_columns_of_the_clearance(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged, **SHALLOW)
    held = Clearance.objects.get(live=True)
    assert (held.depth_mm, held.areas) == (Decimal("0.30"), ["cheeks"])
    assert held.anaesthetic_planned
    assert codes(flagged, plan("0.30", "cheeks", numbing=True)) == []
    assert codes(flagged, plan("0.35", "cheeks")) == [Code.PLAN_NOT_CLEARED]
    assert codes(flagged, plan("0.30", "cheeks", "forehead")) == [Code.PLAN_NOT_CLEARED]


def test_no_numbing_and_a_day_to_look_again_hold_at_the_gate(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    again = TUESDAY + timedelta(days=1)
    sign(client, cast.petra, flagged, no_anaesthetic="on", look_again_on=again.isoformat())
    held = Clearance.objects.get(live=True)
    assert (held.anaesthetic_planned, held.valid_until) == (False, TUESDAY)
    assert codes(flagged, plan("0.50", "cheeks")) == []
    assert codes(flagged, plan("0.50", "cheeks", numbing=True)) == [Code.PLAN_NOT_CLEARED]
    assert codes(flagged, plan("0.50", "cheeks"), again) == [Code.CLEARANCE_OVER]


def test_the_case_comes_back_to_review_on_the_day_to_look_again(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    again = TUESDAY + timedelta(days=1)
    sign(client, cast.petra, flagged, look_again_on=again.isoformat())
    actor = cast.actor(cast.petra)
    assert not queries.waiting(actor, TUESDAY).exists()
    assert queries.waiting(actor, again).get() == flagged


def test_booking_refuses_more_than_the_condition_allows(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged, **SHALLOW)
    with pytest.raises(NotBookable):
        _book(cast, Clearance.objects.get(live=True), depth_mm=Decimal("0.50"), areas=["cheeks"])


def _book(cast: Cast, held: Clearance, **plan: Any) -> Appointment:
    starts = datetime(2026, 6, 16, 10, tzinfo=timezone.get_current_timezone())
    return booking.book(
        actor=cast.actor(cast.fred),
        clearance=held,
        practitioner=cast.petra,
        room=cast.room,
        starts_at=starts,
        anaesthetic_planned=False,
        at=NOW,
        **plan,
    )


def test_an_appointment_that_does_not_fit_is_held_with_the_reason_and_comes_back_smaller(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged)
    booked = _book(
        cast,
        Clearance.objects.get(live=True),
        depth_mm=Decimal("0.50"),
        areas=["cheeks", "forehead"],
    )
    latest = Decision.objects.get().pk
    sign(client, cast.petra, flagged, latest=latest, **SHALLOW)
    booked.refresh_from_db()
    assert booked.status == "ON_HOLD"
    cause = booked.changes.order_by("-pk")[0].cause
    assert "At most 0.30 mm. Not on: forehead." in cause
    again = booking.rebook(
        actor=cast.actor(cast.fred),
        appointment=booked,
        clearance=Clearance.objects.get(live=True),
        practitioner=cast.petra,
        room=cast.room,
        starts_at=booked.starts_at,
        at=NOW,
    )
    assert (again.depth_mm, again.areas) == (Decimal("0.30"), ["cheeks"])


def test_consent_is_asked_for_what_is_cleared_and_no_more(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged, no_anaesthetic="on", **SHALLOW)
    publish_text(actor=SYSTEM, text=current(), at=NOW)
    given = prepare(actor=cast.actor(cast.petra), screening=flagged, at=NOW, today=MONDAY)
    assert (given.depth_mm, given.areas) == (Decimal("0.30"), ["cheeks"])
    assert not given.anaesthetic_planned


def test_the_second_clinicians_agreement_clears_with_the_conditions(
    client: Browser, cast: Cast
) -> None:
    who = factories.client(cast.riverside)
    screening = factories.screening(who, cast.pen, findings=[WAIT], **WHOLE)
    sign(client, cast.petra, screening, verdict="OVERRIDE", **SHALLOW)
    decision = Decision.objects.get()
    address = reverse("review:confirm", args=[decision.pk])
    client.force_login(cast.rosa)
    page = client.get(address).content.decode()
    assert "At most 0.30 mm." in page
    for shown in ("0.50 mm", "Forehead, cheeks", "planned", "you sign that you have read the plan"):
        assert shown in page
    assert reverse("intake:answers", args=[screening.submission_id]) in page
    client.post(address, {"agreed": "yes", "note": "Seen."})
    assert Clearance.objects.get(live=True).areas == ["cheeks"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"greatest_depth_mm": "0.60"}, "not more than the plan"),
        ({"greatest_depth_mm": "0"}, "greatest_depth_mm"),
        ({"areas_left_out": ["forehead", "cheeks"]}, "No area would be left."),
        ({"areas_left_out": ["neck"]}, "areas_left_out"),
        ({"look_again_on": MONDAY.isoformat()}, "Choose a day after today"),
        ({"outcome": "DECLINED", **SHALLOW}, "A condition belongs to “May be booked”."),
    ],
)
def test_a_condition_that_cannot_hold_is_refused_beside_its_field_and_nothing_is_lost(
    client: Browser, cast: Cast, flagged: Screening, fields: dict[str, Any], words: str
) -> None:
    page = sign(client, cast.petra, flagged, **fields).content.decode()
    assert words in page
    assert "field-wrong" in page
    assert "Seen and calm." in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"depth_mm": "0.50"},
        {"areas": ["cheeks", "forehead"]},
        {"anaesthetic_planned": True},
        {"valid_until": date(2026, 6, 17)},
        {"areas": []},
    ],
)
def test_the_database_clears_no_more_than_the_decision(
    client: Browser, cast: Cast, flagged: Screening, more: dict[str, Any]
) -> None:
    again = date(2026, 6, 17)
    sign(
        client,
        cast.petra,
        flagged,
        no_anaesthetic="on",
        look_again_on=again.isoformat(),
        **SHALLOW,
    )
    held = Clearance.objects.get(live=True)
    Clearance.objects.filter(pk=held.pk).update(ended_at=NOW, ended_by="x", ended_cause="x")
    columns = {
        field.attname: getattr(held, field.attname)
        for field in Clearance._meta.concrete_fields
        if field.attname not in ("id", "live", "ended_at", "ended_by", "ended_cause")
    }
    with pytest.raises(IntegrityError, match="keeps the conditions"), transaction.atomic():
        Clearance.objects.create(**columns | more)
    Clearance.objects.create(**columns)


def test_conditions_stand_on_the_decided_case(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged, **SHALLOW)
    page = client.get(reverse("review:case", args=[flagged.pk])).content.decode()
    assert "At most 0.30 mm." in page
    assert "Not on: forehead." in page


def test_no_condition_is_false_and_changes_nothing() -> None:
    assert not Conditions()
    assert Conditions(no_anaesthetic=True)
    assert Conditions().last_day(TUESDAY) == TUESDAY
