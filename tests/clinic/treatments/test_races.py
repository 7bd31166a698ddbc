"""Two people at the same moment: one wins, the other is told, and nothing impossible is left."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.booking.models import Appointment
from clinic.clients.events import report_event
from clinic.clients.models import AdverseEvent
from clinic.consent.actions import withdraw
from clinic.consent.models import Consent
from clinic.core.errors import Refused
from clinic.treatments.actions import sign, start, stop
from clinic.treatments.models import Treatment, TreatmentRecord
from tests import factories
from tests.factories.treating import BEGAN, done, ready
from tests.screening.amounts import rounds

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = rounds(8)


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
        assert withdrawn == 1
        assert not consent.live
        assert isinstance(begun, Treatment | Refused)
        assert not Treatment.objects.filter(consent=consent, ended_at=None).exists()


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
    """Both wait in the same order; the report always gets through, and nothing runs after it."""
    cast = factories.cast()
    for booked in _people(cast, ROUNDS):
        begun, reported = _together(
            _starting(cast, "petra", booked), partial(_reporting, cast, booked)
        )
        booked.refresh_from_db()
        assert isinstance(reported, AdverseEvent)
        assert booked.status == ("DONE" if isinstance(begun, Treatment) else "ON_HOLD")
        assert not Treatment.objects.filter(client=booked.client, ended_at=None).exists()


def _running(cast: factories.Cast) -> list[Treatment]:
    return [
        start(actor=cast.actor(cast.petra), user=cast.petra, appointment=booked, at=BEGAN)
        for booked in _people(cast, ROUNDS)
    ]


def _signing(cast: factories.Cast, treatment: Treatment) -> TreatmentRecord:
    petra = cast.actor(cast.petra)
    return sign(actor=petra, user=cast.petra, treatment=treatment, done=done(BEGAN), at=BEGAN)


def _withdrawing(cast: factories.Cast, treatment: Treatment) -> Consent:
    fred = cast.actor(cast.fred)
    return withdraw(actor=fred, consent=treatment.consent, cause="", at=BEGAN)


def _stopping(cast: factories.Cast, treatment: Treatment) -> TreatmentRecord | None:
    petra = cast.actor(cast.petra)
    return stop(
        actor=petra,
        user=cast.petra,
        treatment=treatment,
        cause="The client asked to stop.",
        by_client=True,
        done=done(BEGAN),
        at=BEGAN,
    )


def test_signing_withdrawing_and_reporting_at_the_same_moment() -> None:
    """In any order: one record, the consent ended, the event open, and nobody in a deadlock."""
    cast = factories.cast()
    for treatment in _running(cast):
        outcomes = _together(
            partial(_signing, cast, treatment),
            partial(_withdrawing, cast, treatment),
            partial(_reporting, cast, treatment.appointment),
        )
        signed, withdrawn, reported = outcomes
        assert isinstance(signed, TreatmentRecord)
        assert isinstance(reported, AdverseEvent)
        assert isinstance(withdrawn, Consent | Refused)  # the event has ended the consent before
        treatment.refresh_from_db()
        assert treatment.ended_at is not None
        assert treatment.records.count() == 1
        assert not Consent.objects.get(pk=treatment.consent_id).live
        assert Appointment.objects.get(pk=treatment.appointment_id).status == "DONE"


def test_stopping_for_the_client_while_the_client_withdraws() -> None:
    """One of them ends the consent; the practitioner's record is kept, or asked for once more."""
    cast = factories.cast()
    for treatment in _running(cast):
        stopped, withdrawn = _together(
            partial(_stopping, cast, treatment), partial(_withdrawing, cast, treatment)
        )
        treatment.refresh_from_db()
        assert treatment.ended_at is not None
        assert not Consent.objects.get(pk=treatment.consent_id).live
        assert isinstance(stopped, TreatmentRecord) is not treatment.owes_record
        assert isinstance(withdrawn, Consent | Refused)
