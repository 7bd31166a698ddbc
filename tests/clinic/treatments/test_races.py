"""Two people at the same moment: one wins, the other is told, and nothing impossible is left."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.booking.models import Appointment
from clinic.clients.events import report_event
from clinic.clients.models import AdverseEvent
from clinic.consent.models import Consent
from clinic.core.errors import Refused
from clinic.treatments.actions import start
from clinic.treatments.models import Treatment
from tests import factories
from tests.factories.treating import BEGAN, ready

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def _together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each on a connection of its own; what each came to."""
    outcomes: list[object] = [None] * len(acts)
    line = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        line.wait()
        try:
            outcomes[place] = act()
        except (Refused, IntegrityError) as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _starting(cast: factories.Cast, who: str, booked: Appointment) -> Callable[[], Treatment]:
    user = getattr(cast, who)
    actor = cast.actor(user)
    return lambda: start(actor=actor, user=user, appointment=booked, at=BEGAN)


def _people(cast: factories.Cast, count: int) -> list[Appointment]:
    """The same client again and again: each round has an hour of its own."""
    return [
        ready(
            cast,
            who=factories.client(cast.riverside, first_name=f"Client {number}"),
            start=BEGAN.replace(hour=9 + number, minute=0),
        )
        for number in range(count)
    ]


def test_two_practitioners_start_the_same_appointment() -> None:
    cast = factories.cast()
    for booked in _people(cast, ROUNDS):
        outcomes = _together(_starting(cast, "petra", booked), _starting(cast, "rosa", booked))
        begun = [one for one in outcomes if isinstance(one, Treatment)]
        told = [one for one in outcomes if isinstance(one, Refused)]
        assert (len(begun), len(told)) == (1, 1)
        assert begun[0].practitioner.name in str(told[0].message)
    assert Treatment.objects.count() == ROUNDS


def _withdraw(consent: Consent) -> int:
    with transaction.atomic():
        return Consent.objects.filter(pk=consent.pk).update(
            ended_at=BEGAN,
            ended_by="Maya Lind",
            ended_cause="Changed her mind",
            end_kind="WITHDRAWN",
        )


def test_consent_withdrawn_at_the_moment_of_starting() -> None:
    cast = factories.cast()
    for booked in _people(cast, ROUNDS):
        consent = booked.client.consents.get()
        begun, withdrawn = _together(_starting(cast, "petra", booked), partial(_withdraw, consent))
        consent.refresh_from_db()
        assert isinstance(begun, Treatment) is consent.live
        assert (withdrawn == 1) is not consent.live
        if not consent.live:
            assert isinstance(begun, Refused)


def _reporting(cast: factories.Cast, booked: Appointment) -> AdverseEvent:
    return report_event(
        actor=cast.actor(cast.fred),
        client=booked.client,
        what="A rash",
        onset=booked.local_day,
        severity="MILD",
        at=BEGAN,
    )


def test_an_adverse_event_reported_at_the_moment_of_starting() -> None:
    """Both wait in the same order, so one is told in words and neither ends in a deadlock."""
    cast = factories.cast()
    for booked in _people(cast, ROUNDS):
        begun, reported = _together(
            _starting(cast, "petra", booked), partial(_reporting, cast, booked)
        )
        booked.refresh_from_db()
        assert isinstance(begun, Treatment) is isinstance(reported, Refused)
        assert isinstance(reported, AdverseEvent) is isinstance(begun, Refused)
        assert booked.status == ("IN_TREATMENT" if isinstance(begun, Treatment) else "ON_HOLD")
