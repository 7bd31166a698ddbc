"""Hand-written SQL of the application's role that would make a decision say something else."""

import pytest

from clinic.accounts.models import User
from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.core.actor import SYSTEM
from clinic.intake.actions import record_news
from clinic.intake.models import Clearance, News
from tests import factories
from tests.clinic.booking.attacks import refused, run
from tests.clinic.review.attacks import cleared, confirmation, decision, verdict
from tests.committed import committed
from tests.factories import Cast

WAIT = {"code": "topical_actives", "level": 3, "defer_until": factories.TUESDAY}


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


@pytest.mark.parametrize("outcome", ["DECLINED", "MORE_INFO", "DEFERRED", "CLEARED"])
def test_a_newer_decision_ends_the_clearance_and_holds_what_was_booked(
    cast: Cast, maya: Client, outcome: str
) -> None:
    first = decision(cast, factories.screening(maya, cast.pen, findings=[{}]))
    verdict(first)
    held = cleared(first)
    booked = factories.appointment(cast, maya, held=held)
    decision(
        cast,
        first.screening,
        outcome=outcome,
        supersedes=first,
        defer_until=factories.TUESDAY,
    )
    ended = Clearance.objects.get(pk=held.pk)
    assert not ended.live
    assert (ended.ended_by, ended.ended_cause) == (SYSTEM.name, "There is a newer decision.")
    assert Appointment.objects.get(pk=booked.pk).status == "ON_HOLD"
    audited = run(
        "SELECT count(*) FROM audit_event WHERE verb IN ('clearance.ended', 'appointment.hold')"
        " AND object_id IN (%s, %s)",
        [held.pk, booked.pk],
    )
    assert audited == 2


def test_a_first_decision_ends_what_the_screening_alone_allowed(cast: Cast, maya: Client) -> None:
    held = factories.clearance(maya, cast.pen)
    decision(cast, held.screening, outcome="DECLINED")
    assert not Clearance.objects.get(pk=held.pk).live


def test_a_verdict_is_not_added_to_somebody_elses_decision(cast: Cast, maya: Client) -> None:
    made = decision(cast, factories.screening(maya, cast.pen, findings=[{}]))
    committed()
    with refused("a verdict comes with its decision"):
        verdict(made)


@pytest.mark.parametrize("who", ["fred", "mark", "audra", "hana"])
def test_a_decision_is_by_somebody_who_may_decide_there(cast: Cast, maya: Client, who: str) -> None:
    user: User = getattr(cast, who)
    screening = factories.screening(maya, cast.pen, findings=[{}])
    with refused("somebody with that role at the site"):
        decision(cast, screening, decided_by=user)


def test_a_practitioner_does_not_decide_as_a_prescriber(cast: Cast, maya: Client) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{"override_by": "prescriber"}])
    with refused("somebody with that role at the site"):
        decision(cast, screening, decided_role="prescriber")


def test_a_confirmation_is_by_somebody_who_may_decide_there(cast: Cast, maya: Client) -> None:
    made = decision(
        cast, factories.screening(maya, cast.pen, findings=[WAIT]), needs_confirmation=True
    )
    verdict(made, verdict="OVERRIDE")
    with refused("somebody with that role at the site|only_clinicians_confirm"):
        confirmation(made, cast.fred.pk, made.decided_by_id)
    with refused("somebody with that role at the site"):
        confirmation(made, cast.hana.pk, made.decided_by_id, role="practitioner")


def test_a_decision_names_no_news_afterwards(cast: Cast, maya: Client) -> None:
    told = record_news(
        actor=cast.actor(cast.fred),
        client=maya,
        kind=News.Kind.PHONE,
        words="A new medicine.",
        at=factories.NOW,
    )
    made = decision(cast, factories.screening(maya, cast.pen, findings=[{}]))
    committed()
    with refused("a decision names news from the beginning"):
        run(
            "INSERT INTO review_decisionnews (decision_id, client_id, news_id) VALUES (%s, %s, %s)",
            [made.pk, maya.pk, told.pk],
        )
