"""What the database promises about decisions, tried with SQL as the application's own role."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.clients.models import Client
from tests import factories
from tests.clinic.review.attacks import cleared, confirmation, decision, verdict
from tests.factories import Cast
from tests.factories.days import MONDAY

pytestmark = pytest.mark.django_db

STOP = {"code": "pregnancy", "level": 4, "override_by": "never"}
WAIT = {"code": "topical_actives", "level": 3, "defer_until": date(2026, 6, 18)}


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


def refused(name: str) -> Any:
    return pytest.raises(DatabaseError, match=name)


def test_a_case_with_every_flag_decided_can_be_cleared(cast: Cast, maya: Client) -> None:
    made = decision(cast, factories.screening(maya, cast.pen, findings=[{}]))
    verdict(made)
    assert cleared(made).live


def test_an_undecided_flag_keeps_the_clearance_out(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{}, {"code": "acne"}])
    made = decision(cast, screening)
    verdict(made, finding=screening.findings.get(code="rosacea"))
    with refused("every flag decided"), transaction.atomic():
        cleared(made)


@pytest.mark.parametrize("outcome", ["DEFERRED", "MORE_INFO", "DECLINED"])
def test_only_a_decision_to_clear_clears(cast: Cast, maya: Client, outcome: str) -> None:
    made = decision(
        cast,
        factories.screening(maya, cast.pen, findings=[{}]),
        outcome=outcome,
        defer_until=MONDAY,
    )
    verdict(made)
    with refused("a decision to clear"), transaction.atomic():
        cleared(made)


def test_a_flagged_case_is_not_cleared_without_a_decision(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{}])
    with refused("a day with a finding is not cleared without review"), transaction.atomic():
        factories.clearance(maya, cast.pen, screening=screening)
    # A day before the planned one may be clear, but only from where the screening says so.
    early = {"screening": screening, "valid_until": screening.planned_date - timedelta(days=1)}
    with refused("without_review_only_from_the_clear_date"), transaction.atomic():
        factories.clearance(maya, cast.pen, **early)
    with refused("a_clearance_rests_on_its_own_clients_screening"), transaction.atomic():
        factories.clearance(maya, cast.pen, **early, screening_clear_from=MONDAY)


def test_a_hard_stop_is_never_cleared_even_by_a_lie(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[STOP])
    with refused("a_hard_stop_is_never_cleared"), transaction.atomic():
        decision(cast, screening)
    with refused("a_decision_knows_the_hard_stop"), transaction.atomic():
        decision(cast, screening, hard_stop=False)


def test_never_means_never_even_by_a_lie(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[STOP])
    made = decision(cast, screening, outcome="DECLINED")
    with refused("never_means_never"), transaction.atomic():
        verdict(made, verdict="OVERRIDE")
    with refused("a_verdict_knows_who_may_override"), transaction.atomic():
        verdict(made, verdict="OVERRIDE", override_by="practitioner")
    with refused("a_verdict_knows_who_may_override"), transaction.atomic():
        verdict(made, verdict="ACCEPT", level=2, override_by="practitioner")


@pytest.mark.parametrize("role", ["front_desk", "manager", "auditor", ""])
def test_only_clinicians_decide(cast: Cast, maya: Client, role: str) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{}])
    with refused("only_clinicians_decide"), transaction.atomic():
        decision(cast, screening, decided_role=role)


def test_a_prescribers_finding_takes_a_prescriber(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{"override_by": "prescriber"}])
    made = decision(cast, screening)
    with refused("prescriber_findings_need_a_prescriber"), transaction.atomic():
        verdict(made)
    with refused("a_verdict_has_the_deciders_role"), transaction.atomic():
        verdict(made, decided_role="prescriber")


def test_an_override_needs_a_second_clinician(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[WAIT])
    made = decision(cast, screening, needs_confirmation=True)
    verdict(made, verdict="OVERRIDE")
    with refused("every flag decided"), transaction.atomic():
        cleared(made)
    with refused("no_one_confirms_their_own_decision"), transaction.atomic():
        confirmation(made, cast.petra.pk, made.decided_by_id)
    with refused("a_confirmation_knows_who_decided"), transaction.atomic():
        confirmation(made, cast.petra.pk, cast.rosa.pk)
    confirmation(made, cast.rosa.pk, made.decided_by_id)
    assert cleared(made).live


def test_a_wait_that_stands_is_waited_for(cast: Cast, maya: Client) -> None:
    made = decision(cast, factories.screening(maya, cast.pen, findings=[WAIT]))
    verdict(made, verdict="WAIT")
    with refused("every flag decided"), transaction.atomic():
        cleared(made, valid_from=date(2026, 6, 17))
    assert cleared(made, valid_from=date(2026, 6, 18)).live


def test_two_first_decisions_cannot_both_win(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{}])
    decision(cast, screening)
    with refused("one_first_decision_per_screening"), transaction.atomic():
        decision(cast, screening, decided_by=cast.rosa)


def test_a_decision_supersedes_only_one_on_the_same_screening(cast: Cast, maya: Client) -> None:
    first = decision(cast, factories.screening(maya, cast.pen, findings=[{}]))
    other = factories.screening(maya, cast.roller, findings=[{}])
    with refused("a_decision_supersedes_one_on_the_same_screening"), transaction.atomic():
        decision(cast, other, supersedes=first)


def test_a_clearance_rests_on_the_newest_decision(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{}])
    old = decision(cast, screening)
    verdict(old)
    decision(cast, screening, outcome="DECLINED", supersedes=old)
    with refused("newest decision"), transaction.atomic():
        cleared(old)


@pytest.mark.parametrize(
    "field",
    [
        {"depth_mm": "0.75"},
        {"areas": ["neck"]},
        {"anaesthetic_planned": True},
        {"valid_from": MONDAY - timedelta(days=1)},
        {"valid_until": MONDAY + timedelta(days=31)},
    ],
)
def test_a_clearance_goes_no_further_than_what_was_screened(
    cast: Cast, maya: Client, field: dict[str, Any]
) -> None:
    screening = factories.screening(maya, cast.pen)
    with refused("no further than its screening"), transaction.atomic():
        factories.clearance(maya, cast.pen, screening=screening, **field)


@pytest.mark.parametrize("table", ["decision", "findingdecision", "confirmation"])
@pytest.mark.parametrize("act", ["UPDATE review_{} SET id = id", "DELETE FROM review_{}"])
def test_what_was_decided_cannot_be_changed_or_removed(table: str, act: str) -> None:
    with refused("permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))
