"""Loading the facts: what the rows say is what the gates see, in a fixed number of queries."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from clinic.booking.facts import booking_facts, day_facts, day_facts_of
from clinic.booking.gate import Code, Verdict, bookable, treatable
from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.consent.models import Consent, ConsentText
from clinic.core.actor import CLINICAL_ROLES
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Decision
from screening.actions import publish
from tests import factories as make
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules
from tests.factories.days import at

pytestmark = pytest.mark.django_db


def verdict(cast: Cast, who: Client, on: date = TUESDAY, **fields: Any) -> Verdict:
    return bookable(booking_facts(client=who, procedure=cast.pen, on=on, **fields)).verdict


def decide(cast: Cast, screened: Screening, outcome: str, **fields: Any) -> Decision:
    values = {
        "reason": "Looked at closely.",
        "meaning": "I decide.",
        "hard_stop": screened.hard_stop,
        "needs_confirmation": False,
        "decided_by": cast.petra,
        "decided_name": cast.petra.name,
        "decided_role": sorted(CLINICAL_ROLES)[1],
        "decided_at": NOW,
    } | fields
    return Decision.objects.create(
        screening=screened, client=screened.client, site=screened.site, outcome=outcome, **values
    )


def test_a_new_client_needs_an_intake(cast: Cast, maya: Client) -> None:
    assert verdict(cast, maya) is Verdict.NEEDS_INTAKE


def test_a_clear_client_is_bookable_in_four_queries(
    cast: Cast, maya: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.clearance(maya, cast.pen)
    with django_assert_num_queries(4):
        assert verdict(cast, maya) is Verdict.BOOKABLE


def test_a_clearance_for_one_procedure_is_none_for_another(cast: Cast, maya: Client) -> None:
    make.clearance(maya, cast.roller)
    assert verdict(cast, maya) is Verdict.NEEDS_INTAKE


def test_deeper_than_screened_is_outdated(cast: Cast, maya: Client) -> None:
    make.clearance(maya, cast.pen)
    assert verdict(cast, maya, depth_mm=Decimal("0.75")) is Verdict.SCREENING_OUTDATED


def test_a_newer_pack_outdates_the_screening(cast: Cast, maya: Client) -> None:
    make.clearance(maya, cast.pen)
    publish(make.pack_with(version="9.0.0", name="another"), at=NOW + timedelta(days=1))
    assert verdict(cast, maya) is Verdict.BOOKABLE
    rules.published_only(cast, rules.tables_in_force("9.0.0"))
    assert verdict(cast, maya) is Verdict.SCREENING_OUTDATED


def test_an_ended_clearance_asks_for_the_answers_again(cast: Cast, maya: Client) -> None:
    held = make.clearance(maya, cast.pen)
    Clearance.objects.filter(pk=held.pk).update(
        ended_at=NOW, ended_by="Fred", ended_cause="A new medicine."
    )
    answer = bookable(booking_facts(client=maya, procedure=cast.pen, on=TUESDAY))
    assert [reason.code for reason in answer.reasons] == [Code.CLEARANCE_ENDED]


@pytest.mark.parametrize(
    ("outcome", "fields", "expected"),
    [
        ("MORE_INFO", {}, Verdict.NEEDS_REVIEW),
        ("DECLINED", {}, Verdict.DECLINED),
        ("DEFERRED", {"defer_until": TUESDAY + timedelta(days=1)}, Verdict.DEFERRED),
        ("DEFERRED", {"defer_until": TUESDAY}, Verdict.NEEDS_REVIEW),
        ("CLEARED", {"needs_confirmation": True}, Verdict.NEEDS_REVIEW),
    ],
)
def test_the_newest_decision_counts(
    cast: Cast, maya: Client, outcome: str, fields: dict[str, Any], expected: Verdict
) -> None:
    screened = make.screening(maya, cast.pen, findings=[{}])
    assert verdict(cast, maya) is Verdict.NEEDS_REVIEW
    first = decide(cast, screened, "DECLINED")
    decide(cast, screened, outcome, supersedes=first, **fields)
    assert verdict(cast, maya) is expected


def test_a_hard_stop_is_contraindicated(cast: Cast, maya: Client) -> None:
    make.screening(maya, cast.pen, findings=[{"level": 4, "override_by": "never"}])
    assert verdict(cast, maya) is Verdict.CONTRAINDICATED


def test_an_open_event_is_seen(cast: Cast, maya: Client) -> None:
    Client.objects.filter(pk=maya.pk).update(event_free=False)
    make.clearance(maya, cast.pen)
    assert verdict(cast, maya) is Verdict.ADVERSE_EVENT_OPEN


def test_a_session_of_any_procedure_needs_its_rest(cast: Cast, maya: Client) -> None:
    other = make.clearance(maya, cast.roller)
    booked = make.appointment(cast, maya, held=other, start=at(MONDAY + timedelta(days=1), 10))
    make.clearance(maya, cast.pen)
    assert verdict(cast, maya) is Verdict.TOO_SOON
    assert verdict(cast, maya, apart_from=booked.pk) is Verdict.BOOKABLE
    Appointment.objects.filter(pk=booked.pk).update(status="CANCELLED")
    assert verdict(cast, maya) is Verdict.BOOKABLE


@pytest.mark.parametrize(
    ("procedure", "depth", "days"),
    [("pen", "0.50", 28), ("pen", "1.49", 28), ("pen", "1.50", 42), ("rf", "0.50", 42)],
)
def test_deep_and_rf_sessions_rest_longer(
    cast: Cast, maya: Client, procedure: str, depth: str, days: int
) -> None:
    chosen = getattr(cast, procedure)
    make.clearance(maya, chosen, depth_mm=depth)
    facts = booking_facts(client=maya, procedure=chosen, on=TUESDAY)
    assert facts.rest_days == days


class TestTheDay:
    def test_everything_in_order_is_treatable_in_six_queries(
        self, cast: Cast, maya: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        booked = ready(cast, maya)
        with django_assert_num_queries(6):
            facts = day_facts(appointment=booked, at=booked.starts_at)
        assert treatable(facts).verdict is Verdict.TREATABLE
        assert facts.today == TUESDAY

    def test_a_whole_day_takes_the_same_six_queries(
        self, cast: Cast, maya: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        nadia = make.client(cast.riverside, first_name="Nadia")
        first = ready(cast, maya)
        second = loaded(make.appointment(cast, nadia, start=at(TUESDAY, 14)))
        with django_assert_num_queries(6):
            facts = day_facts_of([first, second], at=at(TUESDAY, 9))
        assert treatable(facts[first.pk]).verdict is Verdict.TREATABLE
        assert treatable(facts[second.pk]).verdict is Verdict.NEEDS_CONSENT

    def test_the_night_before_is_another_day(self, cast: Cast, maya: Client) -> None:
        booked = ready(cast, maya)
        facts = day_facts(appointment=booked, at=at(TUESDAY - timedelta(days=1), 23, 59))
        assert treatable(facts).verdict is Verdict.NEEDS_CHECK_IN

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            ("REFUSED", Verdict.CONSENT_REFUSED),
            ("WITHDRAWN", Verdict.CONSENT_WITHDRAWN),
            ("SUPERSEDED", Verdict.NEEDS_CONSENT),
        ],
    )
    def test_an_ended_consent(self, cast: Cast, maya: Client, end: str, expected: Verdict) -> None:
        booked = ready(cast, maya)
        Consent.objects.update(ended_at=NOW, ended_by="Maya", ended_cause="Said so.", end_kind=end)
        assert treatable(day_facts(appointment=booked, at=booked.starts_at)).verdict is expected

    def test_an_older_text(self, cast: Cast, maya: Client) -> None:
        booked = ready(cast, maya)
        ConsentText.objects.update(ended_at=NOW, ended_by="Lena", ended_cause="A newer text.")
        answer = treatable(day_facts(appointment=booked, at=booked.starts_at))
        assert [reason.code for reason in answer.reasons] == [Code.TEXT_CHANGED]

    def test_the_newest_check_in_counts(self, cast: Cast, maya: Client) -> None:
        booked = ready(cast, maya)
        make.check_in(cast, booked, nothing_new=False)
        answer = treatable(day_facts(appointment=booked, at=booked.starts_at))
        assert [reason.code for reason in answer.reasons] == [Code.SOMETHING_NEW]


def ready(cast: Cast, who: Client) -> Appointment:
    """Here, checked in, consent signed by both."""
    booked = make.appointment(cast, who)
    make.consent(cast, who, booked.clearance.screening)
    make.check_in(cast, booked)
    Appointment.objects.filter(pk=booked.pk).update(status="ARRIVED")
    return loaded(booked)


def loaded(booked: Appointment) -> Appointment:
    return Appointment.objects.select_related("client", "procedure").get(pk=booked.pk)
