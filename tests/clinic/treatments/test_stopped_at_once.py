"""Withdrawing and reporting work at every moment; the treatment stops, and its record follows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients.events import report_event
from clinic.consent.actions import withdraw
from clinic.consent.queries import standing_of
from clinic.consent.standing import Standing
from clinic.core.actor import CLINICAL_ROLES, Actor
from clinic.core.errors import Refused
from clinic.intake.queries import last_session
from clinic.treatments.actions import nothing_done, sign, start, stop
from clinic.treatments.models import Treatment, TreatmentRecord
from tests.access import assert_access
from tests.factories.days import TUESDAY
from tests.factories.people import Cast
from tests.factories.treating import BEGAN, done, ready, running

STOPPED = BEGAN + timedelta(minutes=10)
LATER = BEGAN + timedelta(minutes=15)


def _withdraw(cast: Cast, treatment: Treatment, actor: Actor | None = None) -> None:
    withdraw(
        actor=actor or cast.actor(cast.fred),
        consent=treatment.consent,
        cause="It hurts too much.",
        at=STOPPED,
    )
    treatment.refresh_from_db()


def _report(cast: Cast, treatment: Treatment) -> None:
    report_event(
        actor=cast.actor(cast.fred),
        client=treatment.client,
        what="Wheals on the cheeks",
        onset=TUESDAY,
        severity="SEVERE",
        at=STOPPED,
    )
    treatment.refresh_from_db()


WAYS = pytest.mark.parametrize("way", [_withdraw, _report])


def _by(cast: Cast) -> dict[str, Any]:
    return {"actor": cast.actor(cast.petra), "user": cast.petra}


@WAYS
def test_it_stops_the_treatment_in_the_same_transaction(cast: Cast, way: Any) -> None:
    treatment = running(cast)
    way(cast, treatment)
    appointment = Appointment.objects.get()
    assert treatment.ended_at == STOPPED
    assert treatment.stopped_by == cast.fred.name
    assert treatment.stopped_cause
    assert treatment.owes_record
    assert appointment.status == "DONE"
    assert not appointment.clearance.live
    assert Event.objects.filter(verb="treatment.stop", client_id=treatment.client_id).exists()
    assert appointment.changes.latest("pk").cause == treatment.stopped_cause


@WAYS
def test_what_was_done_until_then_is_signed_afterwards(cast: Cast, way: Any) -> None:
    treatment = running(cast)
    way(cast, treatment)
    record = sign(**_by(cast), treatment=treatment, done=done(STOPPED), at=LATER)
    treatment.refresh_from_db()
    assert treatment.ended_at == STOPPED
    assert list(TreatmentRecord.objects.all()) == [record]
    assert not treatment.owes_record
    with pytest.raises(Refused, match="already ended"):
        sign(**_by(cast), treatment=treatment, done=done(STOPPED), at=LATER)


@WAYS
def test_or_it_is_said_that_nothing_was_done(cast: Cast, way: Any) -> None:
    treatment = running(cast)
    way(cast, treatment)
    assert last_session(treatment.client_id, TUESDAY) is not None
    nothing_done(**_by(cast), treatment=treatment, at=LATER)
    treatment.refresh_from_db()
    assert not treatment.owes_record
    assert Appointment.objects.get().status == "CANCELLED"
    assert last_session(treatment.client_id, TUESDAY) is None
    with pytest.raises(Refused, match="already ended"):
        sign(**_by(cast), treatment=treatment, done=done(STOPPED), at=LATER)


def test_nothing_done_is_only_said_of_what_was_stopped(cast: Cast) -> None:
    with pytest.raises(Refused, match="still running"):
        nothing_done(**_by(cast), treatment=running(cast), at=LATER)


def test_the_client_withdraws_by_their_own_link_as_well(cast: Cast) -> None:
    treatment = running(cast)
    maya = treatment.client
    own = Actor(kind="client", id=maya.pk, name=maya.full_name, site_id=maya.site_id)
    _withdraw(cast, treatment, own)
    assert (treatment.ended_at, treatment.stopped_by) == (STOPPED, maya.full_name)


def test_a_consent_whose_client_stopped_the_treatment_is_not_in_force(cast: Cast) -> None:
    treatment = running(cast)
    stop(
        **_by(cast),
        treatment=treatment,
        cause="The client asked to stop. It hurt.",
        by_client=True,
        done=done(STOPPED),
        at=STOPPED,
    )
    consent = treatment.consent
    consent.refresh_from_db()
    assert (consent.end_kind, consent.live) == ("WITHDRAWN", False)
    assert standing_of(consent, now=LATER, today=TUESDAY) is Standing.WITHDRAWN


def test_a_stop_for_another_reason_leaves_the_consent(cast: Cast) -> None:
    treatment = running(cast)
    stop(**_by(cast), treatment=treatment, cause="The device failed.", at=STOPPED)
    treatment.consent.refresh_from_db()
    assert treatment.consent.live


def test_whoever_stops_what_was_stopped_meanwhile_is_told(cast: Cast) -> None:
    treatment = running(cast)
    _withdraw(cast, treatment)
    with pytest.raises(Refused, match="stopped a moment ago"):
        stop(**_by(cast), treatment=treatment, cause="The device failed.", at=LATER)


def test_a_treatment_starts_no_more_after_the_withdrawal(cast: Cast) -> None:
    booked = ready(cast)
    withdraw(actor=cast.actor(cast.fred), consent=booked.client.consents.get(), cause="", at=BEGAN)
    with pytest.raises(Refused):
        start(**_by(cast), appointment=booked, at=STOPPED)


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": LATER},
        {"stopped_cause": "Something else"},
        {"stopped_by": "Somebody else"},
    ],
)
def test_in_sql_a_stop_is_not_written_again(cast: Cast, change: dict[str, Any]) -> None:
    treatment = running(cast)
    _withdraw(cast, treatment)
    with pytest.raises(IntegrityError, match="stays ended"), transaction.atomic():
        Treatment.objects.filter(pk=treatment.pk).update(**change)


def test_in_sql_a_signed_treatment_is_never_nothing(cast: Cast) -> None:
    treatment = running(cast)
    sign(**_by(cast), treatment=treatment, done=done(STOPPED), at=STOPPED)
    with pytest.raises(IntegrityError, match="was done"), transaction.atomic():
        Treatment.objects.filter(pk=treatment.pk).update(nothing_done_at=LATER)
    with pytest.raises(IntegrityError, match="stays done"), transaction.atomic():
        Appointment.objects.update(status="CANCELLED")


# The pages


def test_who_may_say_that_nothing_was_done(client: Browser, cast: Cast) -> None:
    treatment = running(cast)
    _withdraw(cast, treatment)
    assert_access(
        client,
        cast,
        "treatments:nothing_done",
        {"treatment_id": treatment.pk},
        allowed_roles=CLINICAL_ROLES,
        method="post",
        missing={"treatment_id": 999_999},
        wrong_method="get",
    )
    client.force_login(cast.hana)
    assert client.post(reverse("treatments:nothing_done", args=[treatment.pk])).status_code in (
        403,
        404,
    )


@time_machine.travel(STOPPED, tick=False)
def test_the_pages_let_it_happen_and_lead_on(client: Browser, cast: Cast) -> None:
    treatment = running(cast)
    maya = treatment.client
    client.force_login(cast.petra)
    asked = client.get(reverse("consent:withdraw", args=[treatment.consent_id])).content.decode()
    assert "stopped the moment the consent is withdrawn" in asked
    answer = client.post(reverse("consent:withdraw", args=[treatment.consent_id]), {"cause": ""})
    assert answer.status_code == 302
    page = client.get(reverse("treatments:treat", args=[treatment.appointment_id])).content.decode()
    assert "Do not go on." in page
    assert "Sign the record" in page
    assert "Nothing was done" in page
    record = client.get(reverse("treatments:record", args=[treatment.pk])).content.decode()
    assert "not signed yet" in record
    home = client.get(reverse("journey:client", args=[maya.pk])).content.decode()
    assert "sign what was done until then" in home
    said = client.post(reverse("treatments:nothing_done", args=[treatment.pk]), follow=True)
    assert "Nothing was needled" in said.content.decode()


@time_machine.travel(STOPPED, tick=False)
def test_reporting_during_treatment_is_accepted_by_the_page(client: Browser, cast: Cast) -> None:
    treatment = running(cast)
    client.force_login(cast.fred)
    sent = {"what": "Wheals", "onset": TUESDAY.isoformat(), "severity": "SEVERE"}
    answer = client.post(reverse("clients:report_event", args=[treatment.client_id]), sent)
    assert answer.status_code == 302
    treatment.refresh_from_db()
    assert treatment.owes_record
