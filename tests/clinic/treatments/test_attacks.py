"""What the application's own role cannot do to a treatment by hand-written SQL."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from clinic.treatments.actions import sign
from clinic.treatments.models import Deviation, TreatedArea, Treatment, TreatmentRecord
from tests import factories
from tests.factories.treating import ENDED, done, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def treatment() -> Treatment:
    cast = factories.cast()
    made = running(cast)
    sign(actor=cast.actor(cast.petra), user=cast.petra, treatment=made, done=done(), at=ENDED)
    return made


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatments_treatmentrecord SET notes = 'x'",
        "UPDATE treatments_treatmentrecord SET cartridge_lot = 'x'",
        "DELETE FROM treatments_treatmentrecord",
        "UPDATE treatments_treatedarea SET depth_mm = 0.1",
        "DELETE FROM treatments_treatedarea",
        "DELETE FROM treatments_treatment",
        "UPDATE treatments_treatment SET max_depth_mm = 3",
        "UPDATE treatments_treatment SET session_number = 9",
        "TRUNCATE treatments_treatedarea",
    ],
)
def test_signed_rows_cannot_be_changed(treatment: Treatment, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        _run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatments_treatment SET ended_at = NULL",
        "UPDATE treatments_treatment SET ended_at = ended_at + interval '1 hour'",
        "UPDATE treatments_treatment SET stopped_cause = 'The client asked.'",
    ],
)
def test_a_treatment_ends_once(treatment: Treatment, statement: str) -> None:
    with pytest.raises(IntegrityError, match="what has ended stays ended"):
        _run(statement)


def test_a_treatment_does_not_end_before_it_began() -> None:
    running(factories.cast())
    with pytest.raises(IntegrityError, match="a_treatment_ends_after_it_began"):
        _run("UPDATE treatments_treatment SET ended_at = started_at - interval '1 minute'")


COPY_RECORD = """
INSERT INTO treatments_treatmentrecord (treatment_id, client_id, device, cartridge_lot,
    cartridge_expiry, performed_on, topicals, anaesthetic, products_given, excluded_zones,
    reactions, notes, meaning, finished_at, signed_at, signed_by_id, supersedes_id,
    actor_kind, actor_id, actor_name)
SELECT treatment_id, client_id, device, {lot}, {expiry}, performed_on, topicals, anaesthetic,
    products_given, excluded_zones, reactions, notes, meaning, finished_at, signed_at,
    signed_by_id, {supersedes}, actor_kind, actor_id, actor_name
FROM treatments_treatmentrecord
"""


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"lot": "''"}, "a_cartridge_has_a_lot"),
        ({"supersedes": "NULL"}, "one_first_record_per_treatment"),
    ],
)
def test_no_record_breaks_its_promises(
    treatment: Treatment, changed: dict[str, str], promise: str
) -> None:
    values = {"lot": "cartridge_lot", "expiry": "cartridge_expiry", "supersedes": "id"} | changed
    with pytest.raises(IntegrityError, match=promise):
        _run(COPY_RECORD.format(**values))


def _area(record: TreatmentRecord, depth: str = "0.50", cleared: str = "0.50") -> None:
    _run(
        "INSERT INTO treatments_treatedarea"
        " (record_id, treatment_id, area, depth_mm, max_depth_mm, passes, endpoints)"
        f" VALUES ({record.pk}, {record.treatment_id}, 'nose', {depth}, {cleared}, 3, '{{}}')"
    )


def _new_record_with(depth: str, cleared: str) -> None:
    with transaction.atomic():
        _run(COPY_RECORD.format(lot="cartridge_lot", expiry="cartridge_expiry", supersedes="id"))
        _area(TreatmentRecord.objects.latest("pk"), depth, cleared)


@pytest.mark.parametrize(
    ("attack", "promise"),
    [
        (lambda: _new_record_with("3.00", "3.00"), "an_area_knows_the_cleared_depth"),
        (lambda: _new_record_with("0.00", "0.50"), "an_area_has_a_depth"),
        (lambda: _area(TreatmentRecord.objects.get()), "takes no further area"),
    ],
)
def test_no_area_goes_deeper_or_comes_later(
    treatment: Treatment, attack: Callable[[], None], promise: str
) -> None:
    before = TreatedArea.objects.count()
    with pytest.raises(DatabaseError, match=promise):
        attack()
    assert TreatedArea.objects.count() == before


def test_a_running_treatment_keeps_its_appointment_and_its_consent() -> None:
    treatment = running(factories.cast())
    with pytest.raises(IntegrityError, match="holds_a_live_appointment"):
        _run("UPDATE booking_appointment SET status = 'CANCELLED'")
    end = "UPDATE consent_consent SET ended_at = now(), ended_by = 'x', ended_cause = 'x',"
    with pytest.raises(IntegrityError, match="holds_a_live_consent"):
        _run(f"{end} end_kind = 'SUPERSEDED'")
    _run(f"{end} end_kind = 'WITHDRAWN'")
    treatment.refresh_from_db()
    assert treatment.stopped_by == "x"


@pytest.mark.django_db(transaction=True)
def test_a_signed_record_takes_no_further_deviation(treatment: Treatment) -> None:
    record = TreatmentRecord.objects.get()
    with pytest.raises(IntegrityError, match="takes no further deviation"):
        Deviation.objects.create(
            record=record,
            kind="TOO_DEEP",
            what="x",
            why="x",
            action="x",
            actor_kind="staff",
            actor_name="x",
        )
