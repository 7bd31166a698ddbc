"""Two clinicians at once: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from django.db import connection, transaction

from clinic.accounts.models import User
from clinic.core.errors import Refused
from clinic.intake.actions import lock_client
from clinic.intake.models import Clearance, Screening
from clinic.review import actions
from clinic.review.models import Decision
from clinic.review.verdicts import Outcome, Verdict
from tests import factories
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW
from tests.screening.amounts import rounds

ROUNDS = rounds(10)


def decide(cast: Cast, user: User, screening: Screening, outcome: Outcome, start: Barrier) -> str:
    try:
        flag = screening.findings.get()
        verdict = Verdict.ACCEPT if outcome is Outcome.CLEARED else Verdict.STOP
        start.wait(10)
        actions.decide(
            actor=cast.actor(user),
            user=user,
            screening=screening,
            outcome=outcome,
            reason="seen",
            said={flag.pk: (verdict, "seen")},
            defer_until=None,
            expected_latest_id=None,
            at=NOW,
            today=MONDAY,
        )
    except Refused:
        return "told"
    finally:
        connection.close()
    return "won"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_exactly_one_wins() -> None:
    cast = factories.cast()
    for number in range(ROUNDS):
        who = factories.client(cast.riverside, first_name=f"Client{number}")
        screening = factories.screening(who, cast.pen, findings=[{}])
        start = Barrier(2)
        rivals: list[Callable[[], str]] = [
            lambda s=screening, b=start: decide(cast, cast.petra, s, Outcome.CLEARED, b),  # type: ignore[misc]
            lambda s=screening, b=start: decide(cast, cast.lena, s, Outcome.DECLINED, b),  # type: ignore[misc]
        ]
        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(lambda rival: rival(), rivals))
        assert said == ["told", "won"]
        decision = Decision.objects.get(screening=screening)
        cleared = Clearance.objects.filter(screening=screening, live=True).exists()
        assert cleared == (decision.outcome == "CLEARED")


@pytest.mark.django_db(transaction=True)
def test_a_decision_waits_for_new_answers_before_it_holds_anything() -> None:
    """Client, clearance, screening: in another order the two would end each other."""
    cast = factories.cast()
    who = factories.client(cast.riverside)
    screening = factories.screening(who, cast.pen, findings=[{}])
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_client(who.pk)  # as handing in answers begins
            deciding = pool.submit(decide, cast, cast.petra, screening, Outcome.CLEARED, Barrier(1))
            assert not wait([deciding], timeout=0.5).done
            Screening.objects.select_for_update(nowait=True).get(pk=screening.pk)
        assert deciding.result(10) == "won"
