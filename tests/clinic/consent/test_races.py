"""Two people at once: one wins, the other is told, and nothing half-done is left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.reading import current
from clinic.consent.saying import CAPACITY, Beside
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused
from clinic.intake.models import Screening
from tests.clinic.consent.conftest import ANSWERS, as_client, give, sign
from tests.factories import MONDAY, NOW, Cast, client, people, screening
from tests.screening.amounts import rounds

ROUNDS = rounds(8)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run all together, each on a connection of its own; what each returned or was refused."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def house(transactional_db: None) -> Cast:
    made = people.cast()
    actions.publish_text(actor=SYSTEM, text=current(), at=NOW - timedelta(days=30))
    return made


def screened(house: Cast, number: int) -> Screening:
    return screening(
        client(house.riverside, first_name=f"Maya {number}"), house.pen, answers=ANSWERS
    )


def withdrawing(consent: Consent) -> Callable[[], object]:
    return partial(
        actions.withdraw,
        actor=as_client(consent.client),
        consent=consent,
        cause="",
        at=NOW + timedelta(hours=49),
    )


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, Refused) for one in results)


def test_withdrawing_against_countersigning(house: Cast) -> None:
    for number in range(ROUNDS):
        consent = give(house, screened(house, number))
        sign(consent)
        results = at_once(
            withdrawing(consent),
            partial(
                actions.countersign,
                actor=house.actor(house.petra),
                user=house.petra,
                consent=consent,
                printed_name="Petra Novak",
                method="TYPED",
                strokes=None,
                beside=Beside(capacity=tuple(CAPACITY), asked=False),
                at=NOW + timedelta(hours=49),
            ),
        )
        consent.refresh_from_db()
        # The client's no always counts; the countersignature either came before it or not at all.
        assert consent.end_kind == "WITHDRAWN"
        assert not isinstance(results[0], Refused)
        countersigned = consent.signatures.filter(kind="PRACTITIONER").count()
        assert countersigned == (0 if isinstance(results[1], Refused) else 1)
        assert consent.documents.count() == 1 + countersigned


def test_signing_twice_at_once(house: Cast) -> None:
    for number in range(ROUNDS):
        consent = give(house, screened(house, number))
        results = at_once(*[partial(sign, consent)] * 3)
        assert refusals(results) == 2
        assert Signature.objects.filter(consent=consent).count() == 1
        assert consent.documents.count() == 1


def test_signing_against_withdrawing(house: Cast) -> None:
    for number in range(ROUNDS):
        consent = give(house, screened(house, number))
        signed, _ = at_once(
            partial(sign, consent),
            withdrawing(consent),
        )
        consent.refresh_from_db()
        assert consent.end_kind == "WITHDRAWN"
        assert consent.signatures.count() == (0 if isinstance(signed, Refused) else 1)


def test_giving_at_two_desks_at_once(house: Cast) -> None:
    for number in range(ROUNDS):
        one = screened(house, number)
        results = at_once(*[partial(give, house, one, at=NOW, today=MONDAY)] * 3)
        assert refusals(results) == 0
        assert len({made.pk for made in results if isinstance(made, Consent)}) == 1
        assert Consent.objects.filter(client=one.client).count() == 1
