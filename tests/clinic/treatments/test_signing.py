"""Signed once, within the limits; stopped with a cause; corrected by a new record."""

from datetime import timedelta
from decimal import Decimal

import pytest

from clinic.audit.models import Event
from clinic.booking.models import StatusChange
from clinic.core.errors import Refused
from clinic.treatments.actions import correct, sign, stop
from clinic.treatments.checks import Problem
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.recording import NotSignable
from clinic.treatments.values import Done, GivenHome, Numbing, Topical
from tests import factories
from tests.factories.days import TUESDAY
from tests.factories.treating import ENDED, area, done, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.cast()


def _sign(
    cast: factories.Cast, treatment: Treatment, what: Done | None = None, by: str = "petra"
) -> TreatmentRecord:
    user = getattr(cast, by)
    return sign(
        actor=cast.actor(user), user=user, treatment=treatment, done=what or done(), at=ENDED
    )


def test_signing_keeps_all_that_was_done_and_ends_the_treatment(cast: factories.Cast) -> None:
    treatment = running(cast, anaesthetic_planned=True)
    numbing = Numbing(
        product="LMX 4",
        strength_percent=Decimal("4.0"),
        grams=Decimal("2.50"),
        minutes=30,
        removed=True,
    )
    record = _sign(
        cast,
        treatment,
        done(
            numbing=numbing,
            topicals=(Topical(name="Saline", lot="S-1", expiry=TUESDAY),),
            given_home=(GivenHome(name="Balm", how_often="twice a day"),),
            excluded_zones="mole on the chin",
        ),
    )
    record.refresh_from_db()
    treatment.refresh_from_db()
    assert treatment.ended_at == ENDED
    assert [(a.area, str(a.depth_mm), a.passes) for a in record.areas.order_by("pk")] == [
        ("cheeks", "0.50", 3),
        ("forehead", "0.25", 2),
    ]
    assert record.anaesthetic == {
        "product": "LMX 4",
        "strength_percent": "4.0",
        "grams": "2.50",
        "minutes": 30,
        "removed": True,
    }
    assert record.topicals == [{"name": "Saline", "lot": "S-1", "expiry": "2026-06-16"}]
    assert record.products_given == [{"name": "Balm", "how_often": "twice a day", "contains": []}]
    assert (record.signed_by, record.performed_on) == (cast.petra, TUESDAY)
    assert "I carried out this treatment" in record.meaning


def test_the_appointment_is_done_and_everything_is_on_record(cast: factories.Cast) -> None:
    treatment = running(cast)
    record = _sign(cast, treatment)
    treatment.appointment.refresh_from_db()
    assert treatment.appointment.status == "DONE"
    assert StatusChange.objects.get(status="DONE").at == ENDED
    event = Event.objects.get(verb="treatment.sign")
    assert (event.object_id, event.client_id) == (record.pk, treatment.client_id)


def test_nothing_is_kept_of_a_record_that_cannot_be(cast: factories.Cast) -> None:
    treatment = running(cast)
    with pytest.raises(NotSignable) as refused:
        _sign(cast, treatment, done(areas=(area(depth_mm="0"),)))
    assert refused.value.found[0].problem is Problem.NO_DEPTH
    treatment.refresh_from_db()
    assert (treatment.ended_at, TreatmentRecord.objects.count()) == (None, 0)


def test_it_is_signed_once(cast: factories.Cast) -> None:
    treatment = running(cast)
    _sign(cast, treatment)
    with pytest.raises(Refused, match="already ended"):
        _sign(cast, treatment)
    assert TreatmentRecord.objects.count() == 1


def test_a_colleague_does_not_sign_for_another(cast: factories.Cast) -> None:
    treatment = running(cast)
    with pytest.raises(Refused, match="Petra Novak began this treatment and signs for it"):
        _sign(cast, treatment, by="rosa")


def test_the_clinical_lead_may_sign_for_somebody_else(cast: factories.Cast) -> None:
    assert _sign(cast, running(cast), by="lena").signed_by == cast.lena


def _stop(cast: factories.Cast, treatment: Treatment, what: Done | None = None) -> object:
    return stop(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        treatment=treatment,
        cause="The client felt faint.",
        done=what,
        at=ENDED,
    )


def test_stopped_before_a_needle_the_appointment_is_cancelled(cast: factories.Cast) -> None:
    treatment = running(cast)
    assert _stop(cast, treatment) is None
    treatment.refresh_from_db()
    treatment.appointment.refresh_from_db()
    assert treatment.appointment.status == "CANCELLED"
    assert (treatment.ended_at, treatment.stopped_cause) == (ENDED, "The client felt faint.")
    assert StatusChange.objects.get(status="CANCELLED").cause == "The client felt faint."
    assert Event.objects.get(verb="treatment.stop").detail == {"recorded": False}


def test_stopped_half_way_what_was_done_is_signed_and_the_skin_rests(cast: factories.Cast) -> None:
    treatment = running(cast)
    record = _stop(cast, treatment, done(areas=(area(),)))
    assert record == TreatmentRecord.objects.get()
    treatment.refresh_from_db()
    treatment.appointment.refresh_from_db()
    assert treatment.appointment.status == "DONE"
    assert treatment.stopped_cause == "The client felt faint."


def test_a_stop_needs_a_cause(cast: factories.Cast) -> None:
    treatment = running(cast)
    with pytest.raises(Refused, match="Say why"):
        stop(
            actor=cast.actor(cast.petra), user=cast.petra, treatment=treatment, cause=" ", at=ENDED
        )
    treatment.refresh_from_db()
    assert treatment.ended_at is None


def _correct(cast: factories.Cast, record: TreatmentRecord, reason: str = "Wrong lot") -> object:
    return correct(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        record=record,
        done=done(cartridge_lot="LOT-4712"),
        reason=reason,
        at=ENDED + timedelta(hours=1),
    )


def test_a_correction_stands_beside_the_record_it_replaces(cast: factories.Cast) -> None:
    first = _sign(cast, running(cast))
    _correct(cast, first)
    old, new = TreatmentRecord.objects.order_by("pk")
    assert (old.cartridge_lot, new.cartridge_lot) == ("LOT-4711", "LOT-4712")
    assert new.supersedes == old
    assert "Reason: Wrong lot" in new.meaning
    assert Event.objects.filter(verb="treatment.correct", object_id=new.pk).exists()


def test_of_two_corrections_of_one_record_the_second_is_told(cast: factories.Cast) -> None:
    first = _sign(cast, running(cast))
    _correct(cast, first)
    with pytest.raises(Refused, match="Somebody else has corrected"):
        _correct(cast, first)


def test_a_correction_has_a_reason(cast: factories.Cast) -> None:
    with pytest.raises(Refused, match="Say why"):
        _correct(cast, _sign(cast, running(cast)), " ")
