"""What was done otherwise than cleared is recorded with its reason, and the lead sees it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.booking.models import Appointment
from clinic.consent.actions import withdraw
from clinic.core.errors import Refused
from clinic.intake.models import Clearance
from clinic.intake.queries import last_session
from clinic.procedures.models import Procedure
from clinic.treatments import queries
from clinic.treatments.actions import acknowledge, correct, sign, void
from clinic.treatments.deviations import Explained, Kind, deviations
from clinic.treatments.models import Deviation, TreatmentRecord
from clinic.treatments.recording import NotExplained, limits_of
from clinic.treatments.values import AreaDone, Cartridge, Done, Numbing, Topical
from clinic.treatments.wording import DEVIATIONS, say_difference
from tests.factories import journey
from tests.factories.days import TUESDAY, at
from tests.factories.people import Cast
from tests.factories.treating import BEGAN, ENDED, area, done, running

CREAM = Numbing(
    product="LMX 4", strength_percent=Decimal(4), grams=Decimal(2), minutes=30, removed=True
)
YESTERDAY = TUESDAY - timedelta(days=1)
SERUM = Topical(name="Serum", lot="S-1", expiry=YESTERDAY)
LOT = Cartridge(lot="OLD-1", expiry=YESTERDAY)

CASES: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.TOO_DEEP, {"areas": (area(depth_mm="1.50"),)}),
    (Kind.OTHER_AREA, {"areas": (area(), area("neck"))}),
    (Kind.CARTRIDGE_EXPIRED, {"cartridge_expiry": YESTERDAY}),
    (Kind.CARTRIDGE_EXPIRED, {"more_cartridges": (LOT,)}),
    (Kind.PRODUCT_EXPIRED, {"topicals": (SERUM,)}),
    (Kind.NUMBING, {"numbing": CREAM}),
    (Kind.START_TIME, {"started_at": BEGAN - timedelta(minutes=20)}),
]
EACH = pytest.mark.parametrize(("kind", "changed"), CASES)


def why(*kinds: Kind) -> list[Explained]:
    return [
        Explained(kind=kind, what="", why=f"Why {kind}", action=f"Done about {kind}")
        for kind in kinds
    ]


def by(cast: Cast, who: str = "petra") -> dict[str, Any]:
    user = getattr(cast, who)
    return {"actor": cast.actor(user), "user": user}


def signed(cast: Cast, what: Done, *kinds: Kind, **plan: Any) -> TreatmentRecord:
    treatment = running(cast, **plan)
    return sign(**by(cast), treatment=treatment, done=what, explained=why(*kinds), at=ENDED)


def check_promises() -> None:
    """What the database would check when the transaction ends."""
    connection.check_constraints()


@EACH
def test_without_a_reason_it_is_asked_for_and_nothing_is_stored(
    cast: Cast, kind: Kind, changed: dict[str, Any]
) -> None:
    treatment = running(cast)
    for given in ((), why(Kind.WRONG_CLIENT), [replace(why(kind)[0], action=" ")]):
        with pytest.raises(NotExplained) as asked:
            sign(**by(cast), treatment=treatment, done=done(**changed), explained=given, at=ENDED)
        assert [one.kind for one in asked.value.differs] == [kind]
    treatment.refresh_from_db()
    assert (treatment.ended_at, TreatmentRecord.objects.count()) == (None, 0)


@EACH
def test_with_its_reason_it_is_signed_as_it_was(
    cast: Cast, kind: Kind, changed: dict[str, Any]
) -> None:
    record = signed(cast, done(**changed), kind)
    check_promises()
    deviation = Deviation.objects.get()
    assert (deviation.record, deviation.kind) == (record, kind)
    assert (deviation.why, deviation.action) == (f"Why {kind}", f"Done about {kind}")
    assert deviation.what
    assert deviation.actor_name == "Petra Novak"
    assert record.treatment.appointment.status == "DONE"


@EACH
def test_the_database_asks_for_the_reason_too(
    cast: Cast, kind: Kind, changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.treatments.recording.deviations", lambda *_: [])
    signed(cast, done(**changed))
    with pytest.raises(IntegrityError, match=f"is explained: {kind}"):
        check_promises()


def test_spots_that_were_not_left_out_are_told(cast: Cast) -> None:
    treatment = running(cast, flags=["exclude_zone"])
    what = done(spots_treated=True)
    with pytest.raises(NotExplained):
        sign(**by(cast), treatment=treatment, done=what, at=ENDED)
    sign(
        **by(cast),
        treatment=treatment,
        done=what,
        explained=why(Kind.SPOTS_TREATED),
        at=ENDED,
    )
    check_promises()


def test_several_of_a_kind_are_told_in_one(cast: Cast) -> None:
    deep = (area(depth_mm="1.00"), area("forehead", "0.75"))
    signed(cast, done(areas=deep), Kind.TOO_DEEP)
    what = Deviation.objects.get().what
    assert "Cheeks: 1 mm; cleared were at most 0.5 mm." in what
    assert "Forehead: 0.75 mm" in what


def test_a_reason_for_what_does_not_differ_is_not_kept(cast: Cast) -> None:
    signed(cast, done(), Kind.TOO_DEEP)
    assert not Deviation.objects.exists()


@pytest.mark.parametrize("field", ["what", "why", "action"])
def test_a_deviation_without_words_is_none(cast: Cast, field: str) -> None:
    record = signed(cast, done())
    values = {"what": "x", "why": "x", "action": "x"} | {field: ""}
    with pytest.raises(IntegrityError, match="a_deviation_is_explained"), transaction.atomic():
        Deviation.objects.create(
            record=record, kind=Kind.TOO_DEEP, actor_kind="staff", actor_name="x", **values
        )


def test_every_kind_has_its_words(cast: Cast) -> None:
    assert set(DEVIATIONS) == set(Kind)
    treatment = running(cast)
    for kind, changed in CASES:
        found = deviations(done(**changed), limits_of(treatment, ENDED))
        assert [one.kind for one in found] == [kind]
        assert say_difference(found[0])


# What follows from it


def test_the_skin_rests_as_long_as_the_real_depth_asks(cast: Cast) -> None:
    treatment = running(cast)
    maya = treatment.client
    deep = done(areas=(area(depth_mm="1.50"),))
    sign(**by(cast), treatment=treatment, done=deep, explained=why(Kind.TOO_DEEP), at=ENDED)
    booked = Appointment.objects.get(pk=treatment.appointment_id)
    assert booked.rest_until == TUESDAY + timedelta(days=42)
    session = last_session(maya.pk, TUESDAY)
    assert session is not None
    assert session.depth_mm == 1.5


def test_what_is_booked_inside_the_longer_rest_goes_on_hold(cast: Cast) -> None:
    treatment = running(cast)
    first = treatment.appointment
    day = TUESDAY + timedelta(days=30)
    second = journey.appointment(
        cast,
        treatment.client,
        held=_longer(first),
        start=at(day, 10),
    )
    deep = done(areas=(area(depth_mm="1.50"),))
    sign(**by(cast), treatment=treatment, done=deep, explained=why(Kind.TOO_DEEP), at=ENDED)
    second.refresh_from_db()
    assert second.status == "ON_HOLD"
    assert "rests longer" in second.changes.latest("pk").cause


def _longer(first: Appointment) -> Clearance:
    """The client's clearance for the roller, on answers of the day of treatment."""
    roller = Procedure.objects.get(site=first.site, modality="MN_ROLLER")
    screened = journey.screening(first.client, roller, assessment_date=TUESDAY)
    return journey.clearance(
        first.client,
        roller,
        screening=screened,
        valid_from=TUESDAY,
        valid_until=TUESDAY + timedelta(days=30),
    )


def test_a_correction_of_a_slip_brings_the_rest_back(cast: Cast) -> None:
    record = signed(cast, done(areas=(area(depth_mm="1.50"),)), Kind.TOO_DEEP)
    correct(**by(cast), record=record, done=done(), reason="It was 0.5.", at=ENDED)
    booked = Appointment.objects.get()
    assert booked.rest_until == TUESDAY + timedelta(days=28)
    session = last_session(booked.client_id, TUESDAY)
    assert session is not None
    assert session.depth_mm == 0.5


def test_carrying_on_after_the_stop_is_a_deviation(cast: Cast) -> None:
    treatment = running(cast)
    withdraw(actor=cast.actor(cast.fred), consent=treatment.consent, cause="", at=BEGAN)
    treatment.refresh_from_db()
    with pytest.raises(NotExplained) as asked:
        sign(**by(cast), treatment=treatment, done=done(ENDED), at=ENDED)
    assert [one.kind for one in asked.value.differs] == [Kind.AFTER_THE_STOP]


# The wrong client


def test_a_record_of_another_client_is_voided_and_stays(cast: Cast) -> None:
    record = signed(cast, done())
    maya = record.client
    voided = void(**by(cast), record=record, reason="Was Nadia.", action="Told both.", at=ENDED)
    check_promises()
    assert (voided.supersedes, voided.voids, voided.areas.count()) == (record, True, 0)
    assert maya.full_name in voided.meaning
    assert "Was Nadia." in voided.meaning
    assert TreatmentRecord.objects.count() == 2
    assert Deviation.objects.get().kind == Kind.WRONG_CLIENT
    assert Appointment.objects.get().status == "CANCELLED"
    assert last_session(maya.pk, TUESDAY) is None
    assert queries.sessions_done(maya.pk, cast.pen.pk) == 0
    with pytest.raises(Refused, match="was voided"):
        correct(**by(cast), record=voided, done=done(), reason="x", at=ENDED)


@pytest.mark.parametrize("missing", ["reason", "action"])
def test_a_void_says_why_and_what_was_done(cast: Cast, missing: str) -> None:
    record = signed(cast, done())
    words: dict[str, Any] = {"reason": "Was Nadia.", "action": "Told both."} | {missing: " "}
    with pytest.raises(Refused):
        void(**by(cast), record=record, at=ENDED, **words)


def test_in_sql_a_void_has_no_areas_and_a_reason(cast: Cast) -> None:
    record = signed(cast, done())
    voided = void(**by(cast), record=record, reason="Was Nadia.", action="Told both.", at=ENDED)
    one = record.areas.first()
    assert one is not None
    one.pk, one.record = None, voided
    one.save(force_insert=True)
    with pytest.raises(IntegrityError, match="a void record has no areas"):
        check_promises()


# Left and right, more than one cartridge, radiofrequency


def test_sides_cartridges_and_pulses_are_signed(cast: Cast) -> None:
    left = AreaDone(
        area="cheeks",
        side="LEFT",
        depth_mm=Decimal("0.50"),
        passes=2,
        endpoints=("redness",),
        energy="20 mJ",
        pulse="50 ms",
    )
    what = done(
        areas=(left, replace(left, side="RIGHT", depth_mm=Decimal("0.25"))),
        cartridge_kind="12 needles",
        more_cartridges=(Cartridge(lot="L-2", expiry=date(2027, 1, 1), kind="36 needles"),),
        skin_preparation="Saline",
    )
    record = signed(cast, what)
    check_promises()
    sides = [(row.side, row.energy, row.pulse) for row in record.areas.order_by("pk")]
    assert sides == [("LEFT", "20 mJ", "50 ms"), ("RIGHT", "20 mJ", "50 ms")]
    kept = {"kind": "36 needles", "lot": "L-2", "expiry": "2027-01-01"}
    assert record.more_cartridges == [kept]
    assert (record.cartridge_kind, record.skin_preparation) == ("12 needles", "Saline")


# The clinical lead


def test_the_lead_acknowledges_once_with_a_note(cast: Cast) -> None:
    signed(cast, done(cartridge_expiry=YESTERDAY), Kind.CARTRIDGE_EXPIRED)
    deviation, lead = Deviation.objects.get(), cast.actor(cast.lena)
    assert queries.unseen_count(lead) == 1
    with pytest.raises(Refused, match="Only the clinical lead"):
        acknowledge(**by(cast), deviation=deviation, note="Seen", at=ENDED)
    with pytest.raises(Refused, match="Write a note"):
        acknowledge(**by(cast, "lena"), deviation=deviation, note=" ", at=ENDED)
    seen = acknowledge(**by(cast, "lena"), deviation=deviation, note="Box thrown out.", at=ENDED)
    assert (seen.seen_by, seen.note) == (cast.lena, "Box thrown out.")
    assert queries.unseen_count(lead) == 0
    with pytest.raises(Refused, match="already acknowledged"):
        acknowledge(**by(cast, "lena"), deviation=deviation, note="Again", at=ENDED)
