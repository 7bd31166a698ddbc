"""The sheet is made from what was really done, once, and stays what it was."""

import hashlib
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from pypdf import PdfReader

from aftercare import queries
from aftercare.actions import issue
from aftercare.models import IssuedSheet
from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.core.errors import Refused
from clinic.treatments.actions import correct, sign, start
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.values import GivenHome, Numbing
from tests import factories
from tests.factories.days import TUESDAY, at
from tests.factories.treating import BEGAN, ENDED, area, done, ready, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.cast()


def _signed(cast: factories.Cast, *, what: Any = None, **fields: Any) -> TreatmentRecord:
    treatment = running(cast, **fields)
    petra = cast.actor(cast.petra)
    return sign(actor=petra, user=cast.petra, treatment=treatment, done=what or done(), at=ENDED)


def _issue(cast: factories.Cast, record: TreatmentRecord, by: str = "fred") -> IssuedSheet:
    return issue(actor=cast.actor(getattr(cast, by)), record=record, at=ENDED)


def _text(sheet: IssuedSheet) -> str:
    pages = PdfReader(io.BytesIO(bytes(sheet.pdf))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_from_the_start_to_a_sheet_that_names_the_right_dates(cast: factories.Cast) -> None:
    booked = ready(cast, answers={"phototype": "II"})
    petra = cast.actor(cast.petra)
    treatment = start(actor=petra, user=cast.petra, appointment=booked, at=BEGAN)
    record = sign(actor=petra, user=cast.petra, treatment=treatment, done=done(), at=ENDED)
    sheet = _issue(cast, record, "petra")
    text = _text(sheet)
    assert "Aftercare for Maya Lind" in text
    assert "Tuesday 16 June 2026" in text
    assert "cheeks and forehead, up to 0.5 mm, by Petra Novak" in text
    assert "Wed 17 June, 10:45" in text  # 24 hours after the end
    assert "not before Tuesday 14 July 2026" in text  # 28 days
    assert "020 7946 0911" in text
    assert "After 18:00 call NHS 111." in text


def test_what_it_was_made_from_is_kept_beside_it(cast: factories.Cast) -> None:
    record = _signed(cast, answers={"phototype": "V"}, flags=["bruise_risk"])
    sheet = _issue(cast, record)
    assert sheet.facts["depths_mm"] == {"cheeks": 0.5, "forehead": 0.25}
    assert (sheet.facts["phototype"], sheet.facts["flags"]) == ("V", ["bruise_risk"])
    assert (sheet.facts["session_number"], sheet.facts["numbing_used"]) == (1, False)
    assert sheet.advice_version == "microneedling-1.1.0"
    assert sheet.sha256 == hashlib.sha256(bytes(sheet.pdf)).hexdigest()
    assert (sheet.client, sheet.actor_name) == (record.client, "Fred Okoye")
    event = Event.objects.get(verb="sheet.issue")
    assert (event.object_id, event.client_id) == (sheet.pk, record.client_id)


def test_flags_numbing_products_and_spots_are_on_the_paper(cast: factories.Cast) -> None:
    numbing = Numbing(
        product="LMX 4",
        strength_percent=Decimal(4),
        grams=Decimal(2),
        minutes=30,
        removed=True,
    )
    what = done(
        numbing=numbing,
        given_home=(
            GivenHome(name="Cica balm", how_often="twice a day"),
            GivenHome(name="Latex mask", how_often="once", contains=("latex",)),
        ),
        excluded_zones="mole on the chin, tattoo",
    )
    flags = ["exclude_zone", "latex_free", "do_not_stop_medicine"]
    text = _text(_issue(cast, _signed(cast, what=what, flags=flags, anaesthetic_planned=True)))
    assert "Cica balm, twice a day" in text
    assert "Do not use Latex mask" in text
    assert "mole on the chin and tattoo" in text
    assert "numb" in text.lower()


def test_an_unknown_phototype_takes_the_greater_care(cast: factories.Cast) -> None:
    sheet = _issue(cast, _signed(cast, answers={"phototype": "not_sure"}))
    assert sheet.facts["phototype"] == "not_sure"
    careful = _text(sheet)
    assert "dark mark" in careful.lower()


def test_a_second_click_gives_the_same_sheet(cast: factories.Cast) -> None:
    record = _signed(cast)
    first = _issue(cast, record)
    assert _issue(cast, record, "petra") == first
    assert IssuedSheet.objects.count() == Event.objects.filter(verb="sheet.issue").count() == 1


def test_a_sheet_stays_what_it_was_when_the_clinic_moves(cast: factories.Cast) -> None:
    record = _signed(cast)
    first = bytes(_issue(cast, record).pdf)
    Site.objects.update(name="Elsewhere", emergency_phone="0000")
    again = _issue(cast, record)
    again.refresh_from_db()
    assert bytes(again.pdf) == first
    assert queries.contents(again).clinic.name == "Riverside"


def test_without_an_emergency_number_nothing_goes_out(cast: factories.Cast) -> None:
    record = _signed(cast)
    Site.objects.update(emergency_phone="")
    with pytest.raises(Refused, match="A manager can add the number"):
        _issue(cast, record)
    assert not IssuedSheet.objects.exists()


@pytest.mark.parametrize("changed", [{"out_of_hours": ""}, {"address": "x" * 201}])
def test_a_clinic_that_cannot_be_reached_is_told_whom_to_ask(
    cast: factories.Cast, changed: dict[str, str]
) -> None:
    record = _signed(cast)
    Site.objects.update(**changed)
    with pytest.raises(Refused, match="A manager can change"):
        _issue(cast, record)


@pytest.mark.parametrize("who", ["mark", "audra"])
def test_only_the_desk_and_clinicians_give_out_sheets(cast: factories.Cast, who: str) -> None:
    with pytest.raises(Refused, match="Your role cannot"):
        _issue(cast, _signed(cast), who)


def test_a_corrected_record_has_a_sheet_of_its_own(cast: factories.Cast) -> None:
    record = _signed(cast)
    first = _issue(cast, record)
    new = correct(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        record=record,
        done=done(areas=(area("cheeks", "0.30"),)),
        reason="Forehead was not treated",
        at=ENDED + timedelta(hours=1),
    )
    second = _issue(cast, new)
    assert first != second
    assert "cheeks, up to 0.3 mm" in _text(second)
    first.refresh_from_db()
    assert "cheeks and forehead" in _text(first)


def test_no_sheet_is_made_from_a_record_that_was_corrected(cast: factories.Cast) -> None:
    record = _signed(cast)
    petra = cast.actor(cast.petra)
    correct(actor=petra, user=cast.petra, record=record, done=done(), reason="Lot", at=ENDED)
    with pytest.raises(Refused, match="was corrected"):
        _issue(cast, record)


def test_a_day_is_24_hours_over_the_change_of_clocks(cast: factories.Cast) -> None:
    """Clocks go back on Sunday 25 October 2026: 24 hours end an hour earlier by the wall."""
    saturday = TUESDAY.replace(month=10, day=24)
    asked = saturday - timedelta(days=10)
    who = factories.client(cast.riverside)
    screened = factories.screening(who, cast.pen, assessment_date=asked, clear_from=asked)
    held = factories.clearance(
        who,
        cast.pen,
        screening=screened,
        valid_from=asked,
        valid_until=asked + timedelta(days=30),
    )
    booked = factories.appointment(cast, who, held=held, start=at(saturday, 16))
    treatment = factories.treatment(cast, booked)
    finished = at(saturday, 16, 30)
    record = factories.treatment_record(cast, treatment, finished_at=finished, signed_at=finished)
    text = _text(issue(actor=cast.actor(cast.petra), record=record, at=finished))
    assert "Sun 25 October, 15:30" in text
    assert "Sun 25 October, 16:30" not in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE aftercare_issuedsheet SET pdf = 'x'",
        "UPDATE aftercare_issuedsheet SET sha256 = 'x'",
        "DELETE FROM aftercare_issuedsheet",
    ],
)
def test_an_issued_sheet_cannot_be_changed(statement: str) -> None:
    cast = factories.cast()
    _issue(cast, _signed(cast))
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_sheet_stands_without_a_number_to_call(cast: factories.Cast) -> None:
    record = _signed(cast)
    with pytest.raises(DatabaseError, match="a_sheet_names_whom_to_call"), transaction.atomic():
        IssuedSheet.objects.create(
            record=record,
            client=record.client,
            facts={},
            advice_version="x",
            advice_sha256="a" * 64,
            emergency_phone="",
            pdf=b"%PDF-",
            sha256=hashlib.sha256(b"%PDF-").hexdigest(),
            issued_at=ENDED,
            actor_kind="staff",
            actor_id=1,
            actor_name="x",
        )
