"""A decision names what was told since the answers were given, or clears nobody."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.clients.models import Client
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.intake.models import Clearance, News, Screening
from clinic.review.actions import confirm, decide
from clinic.review.models import Decision
from clinic.review.verdicts import Outcome, Verdict
from tests.factories import MONDAY, NOW, Cast, client, people, screening
from tests.factories import clearance as cleared


@pytest.fixture
def maya(cast: Cast) -> Client:
    people.pack()
    return client(cast.riverside)


def tell(cast: Cast, who: Client) -> News:
    return intake.record_news(
        actor=cast.actor(cast.fred), client=who, kind="PHONE", words="A new tablet.", at=NOW
    )


def sign(cast: Cast, case: Screening, *news: int, **changes: Any) -> Decision:
    said = {one.pk: (Verdict.ACCEPT, "Calm.") for one in case.findings.filter(level__gte=2)}
    latest = case.decisions.filter(superseded_by=None).first()
    values: dict[str, Any] = {
        "outcome": Outcome.CLEARED,
        "reason": "Spoken about it.",
        "said": said,
        "defer_until": None,
        "expected_latest_id": latest.pk if latest else None,
        "news": news,
    }
    return decide(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        screening=case,
        at=NOW,
        today=MONDAY,
        **values | changes,
    )


def live(who: Client) -> bool:
    return Clearance.objects.filter(client=who, live=True).exists()


def test_a_decision_that_names_the_news_clears(cast: Cast, maya: Client) -> None:
    case = cleared(maya, cast.pen).screening
    told = tell(cast, maya)
    signed = sign(cast, case, told.pk)
    assert live(maya)
    assert [one.news_id for one in signed.news.all()] == [told.pk]


@pytest.mark.parametrize("outcome", [Outcome.CLEARED, Outcome.DECLINED])
def test_a_decision_that_has_not_seen_it_is_refused(
    cast: Cast, maya: Client, outcome: Outcome
) -> None:
    case = cleared(maya, cast.pen).screening
    first = tell(cast, maya)
    tell(cast, maya)
    for seen in ((), (first.pk,)):
        with pytest.raises(Refused, match="have not seen"):
            sign(cast, case, *seen, outcome=outcome)
    assert not live(maya)


def test_what_is_told_after_the_decision_needs_another_one(cast: Cast, maya: Client) -> None:
    case = screening(maya, cast.pen, findings=[{"code": "rosacea", "level": 2}])
    sign(cast, case)
    assert live(maya)
    told = tell(cast, maya)
    assert not live(maya)
    sign(cast, case, told.pk)
    assert live(maya)


def test_a_second_clinician_confirms_nothing_past_it(cast: Cast, maya: Client) -> None:
    case = screening(
        maya, cast.pen, findings=[{"code": "rosacea", "level": 4, "override_by": "practitioner"}]
    )
    only = case.findings.get()
    signed = sign(cast, case, said={only.pk: (Verdict.OVERRIDE, "Safe.")})
    tell(cast, maya)
    with pytest.raises(Refused, match="was told"):
        confirm(
            actor=cast.actor(cast.lena),
            user=cast.lena,
            decision=signed,
            agreed=True,
            note="I agree.",
            at=NOW,
        )
    assert not live(maya)


class TestPastAllCode:
    """As the application's own role."""

    def test_an_old_decision_cannot_come_to_name_it(self, cast: Cast, maya: Client) -> None:
        case = screening(maya, cast.pen, findings=[{"code": "rosacea", "level": 2}])
        signed = sign(cast, case)
        later = NOW.replace(hour=NOW.hour + 1)
        told = intake.record_news(
            actor=cast.actor(cast.fred), client=maya, kind="PHONE", words="", at=later
        )
        with pytest.raises(DatabaseError, match="told before it"):
            _name(signed.pk, told.pk, maya.pk)

    def test_a_decision_names_news_of_its_own_client(self, cast: Cast, maya: Client) -> None:
        other = client(cast.riverside, first_name="Otto")
        case = cleared(maya, cast.pen).screening
        mine, theirs = tell(cast, maya), tell(cast, other)
        signed = sign(cast, case, mine.pk)
        for of in (maya, other):
            with pytest.raises(DatabaseError, match=r"own_client|decision_on_its_client"):
                _name(signed.pk, theirs.pk, of.pk)


def _name(decision: int, news: int, of: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO review_decisionnews (decision_id, news_id, client_id) VALUES (%s, %s, %s)",
            [decision, news, of],
        )
