"""No hand-written SQL of the application's role treats what may not be treated."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.consent.models import Consent
from clinic.treatments.models import Treatment
from tests import factories as make
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused, run
from tests.factories import TUESDAY, Cast
from tests.factories.days import at

CHECKED_IN = "checked_in_today_with_nothing_new"
LIVE_CONSENT = "a_running_treatment_holds_a_live_consent"
LIVE_APPOINTMENT = "a_running_treatment_holds_a_live_appointment"


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Everything a treatment needs."""

    booked: Appointment
    agreed: Consent
    asked: int

    def treat(self, **lies: object) -> int:
        return attacks.treatment(self.booked, self.agreed, self.asked, **lies)


@pytest.fixture
def ready(cast: Cast, maya: Client) -> Ready:
    booked = make.appointment(cast, maya)
    agreed = make.consent(cast, maya, booked.clearance.screening)
    return Ready(booked=booked, agreed=agreed, asked=attacks.check_in(booked))


def test_the_truth_is_accepted(ready: Ready) -> None:
    """Otherwise every refusal below could be for another reason."""
    assert ready.treat()


def test_without_the_clients_signature(cast: Cast, maya: Client) -> None:
    booked = make.appointment(cast, maya)
    unsigned = make.consent(cast, maya, booked.clearance.screening, signed=False)
    with refused("the_client_has_signed"):
        attacks.treatment(booked, unsigned, attacks.check_in(booked))


def test_without_the_countersignature(cast: Cast, maya: Client) -> None:
    booked = make.appointment(cast, maya)
    half = make.consent(cast, maya, booked.clearance.screening, countersigned=False)
    with refused("the_practitioner_has_countersigned"):
        attacks.treatment(booked, half, attacks.check_in(booked))


@pytest.mark.parametrize("end", ["REFUSED", "WITHDRAWN", "SUPERSEDED"])
def test_on_a_consent_that_has_ended(ready: Ready, end: str) -> None:
    run(
        "UPDATE consent_consent SET ended_at = now(), ended_by = 'Maya', ended_cause = 'No',"
        " end_kind = %s WHERE id = %s",
        [end, ready.agreed.pk],
    )
    # A refusal puts the appointment on hold, which stops it as well.
    with refused("a_running_treatment_holds_a_live_(consent|appointment)"):
        ready.treat()


def test_on_a_text_that_was_replaced(ready: Ready) -> None:
    run(
        "UPDATE consent_consenttext SET ended_at = now(), ended_by = 'Lena', ended_cause = 'New'"
        " WHERE id = %s",
        [ready.agreed.text_id],
    )
    with refused("the_text_is_current"):
        ready.treat()


def test_on_somebody_elses_consent(cast: Cast, ready: Ready) -> None:
    nadia = make.client(cast.riverside, first_name="Nadia")
    theirs = make.consent(cast, nadia, make.screening(nadia, cast.pen))
    with refused(LIVE_CONSENT):
        ready.treat(consent_id=theirs.pk)


def test_before_the_cooling_off_has_passed(ready: Ready) -> None:
    assert ready.agreed.cooling_off_until
    later = ready.booked.starts_at + timedelta(minutes=1)
    with refused("not_before_the_cooling_off_has_passed"):
        ready.treat(cooling_off_until=later)
    with refused(LIVE_CONSENT):
        ready.treat(cooling_off_until=ready.agreed.cooling_off_until - timedelta(hours=1))


def test_deeper_than_consented_or_booked(ready: Ready) -> None:
    with refused("no_deeper_than_consented"):
        ready.treat(max_depth_mm="0.75")
    with refused(LIVE_CONSENT):
        ready.treat(consent_depth_mm="0.75")
    with refused(LIVE_APPOINTMENT):
        ready.treat(max_depth_mm="0.40")


def test_on_another_day(ready: Ready) -> None:
    tomorrow = TUESDAY + timedelta(days=1)
    with refused("treated_on_the_day"):
        ready.treat(started_at=at(tomorrow, 10))
    with refused(LIVE_APPOINTMENT):
        ready.treat(started_at=at(tomorrow, 10), local_day=tomorrow)


def test_without_a_check_in(ready: Ready) -> None:
    with refused(CHECKED_IN):
        ready.treat(check_in_id=ready.asked + 1)
    with refused("check_in_id"):
        ready.treat(check_in_id=None)


def test_on_a_check_in_with_something_new(ready: Ready) -> None:
    news = attacks.check_in(ready.booked, nothing_new=False)
    with refused(CHECKED_IN):
        ready.treat(check_in_id=news)
    with refused("nothing_new_at_check_in"):
        ready.treat(check_in_id=news, nothing_new=False)


def test_on_yesterdays_check_in(ready: Ready) -> None:
    yesterday = TUESDAY - timedelta(days=1)
    old = attacks.check_in(ready.booked, local_day=yesterday, at=at(yesterday, 10))
    with refused(CHECKED_IN):
        ready.treat(check_in_id=old)


def test_a_check_in_that_lies_about_its_day_or_its_client(cast: Cast, ready: Ready) -> None:
    yesterday = TUESDAY - timedelta(days=1)
    with refused("of its own client and day"):
        attacks.check_in(ready.booked, at=at(yesterday, 10))
    nadia = make.client(cast.riverside, first_name="Nadia")
    with refused("of its own client and day"):
        attacks.check_in(ready.booked, client_id=nadia.pk)
    with refused("identity_is_confirmed_at_check_in"):
        attacks.check_in(ready.booked, identity_confirmed=False)


def test_after_the_clearance_has_ended(ready: Ready) -> None:
    attacks.end_clearance(ready.booked.clearance)
    with refused(LIVE_APPOINTMENT):
        ready.treat()


def test_over_an_adverse_event(ready: Ready) -> None:
    run("UPDATE clients_client SET event_free = false WHERE id = %s", [ready.booked.client_id])
    with refused(LIVE_APPOINTMENT):
        ready.treat()


def test_an_area_that_was_not_consented_to(cast: Cast, maya: Client) -> None:
    wide = make.clearance(maya, cast.pen, areas=["cheeks", "forehead", "neck"])
    booked = make.appointment(cast, maya, held=wide)
    agreed = make.consent(cast, maya, wide.screening)
    with refused("was not consented to"):
        narrow = make.screening(
            make.client(cast.riverside, first_name="Nadia"), cast.pen, areas=["cheeks"]
        )
        theirs = make.consent(cast, narrow.client, narrow)
        attacks.treatment(booked, theirs, attacks.check_in(booked))
    assert attacks.treatment(booked, agreed, attacks.check_in(booked))


def test_after_the_consent_has_run_out(cast: Cast, maya: Client) -> None:
    booked = make.appointment(cast, maya)
    screened = booked.clearance.screening
    old = make.consent(cast, maya, screened, expires_on=TUESDAY - timedelta(days=1))
    with refused("was not consented to"):
        attacks.treatment(booked, old, attacks.check_in(booked))


def test_on_the_last_day_of_the_consent(cast: Cast, maya: Client) -> None:
    booked = make.appointment(cast, maya)
    last = make.consent(cast, maya, booked.clearance.screening, expires_on=TUESDAY)
    assert attacks.treatment(booked, last, attacks.check_in(booked))


def test_while_it_runs_only_a_withdrawal_ends_it(ready: Ready) -> None:
    ready.treat()
    end = "UPDATE consent_consent SET ended_at = now(), ended_by = 'Maya', ended_cause = 'No',"
    with refused(LIVE_CONSENT):
        run(f"{end} end_kind = 'SUPERSEDED' WHERE id = %s", [ready.agreed.pk])
    with refused(LIVE_APPOINTMENT):
        run("UPDATE booking_appointment SET status = 'CANCELLED' WHERE id = %s", [ready.booked.pk])
    run(f"{end} end_kind = 'WITHDRAWN' WHERE id = %s", [ready.agreed.pk])
    assert not Treatment.objects.filter(ended_at=None).exists()
