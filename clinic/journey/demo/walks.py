"""Longer walks that many stories share."""

from datetime import date, datetime, timedelta

from clinic.booking.models import Appointment
from clinic.intake.models import Screening
from clinic.intake.queries import live_clearance
from clinic.journey.demo import asking, visiting
from clinic.journey.demo.asking import Word
from clinic.journey.demo.case import Case, Walk
from clinic.journey.demo.diary import Time
from clinic.treatments.models import TreatmentRecord


def knows_and_asks(
    case: Case, when: datetime, *, planned: date, own: bool = True
) -> Walk[Screening]:
    """A new client is registered and answers."""
    yield from asking.registers(case, when)
    return (yield from asking.answers(case, when + timedelta(minutes=4), planned=planned, own=own))


def is_cleared(case: Case, screening: Screening) -> Walk[datetime]:
    """A practitioner decides where one must, and a second one confirms; returns the end."""
    when = screening.screened_at
    if live_clearance(case.client.pk, case.procedure.pk) is None:
        when = case.soon(when, least=60, most=600)
        decision = yield from asking.decides(case, when, screening, Word())
        if decision.needs_confirmation:
            when = case.soon(when, least=60, most=600)
            yield from asking.confirms(case, when, decision)
    return when


def prepares(
    case: Case, time: Time, *, lead: int = 12, own: bool = True
) -> Walk[tuple[Appointment, Screening]]:
    """From the first call, so many days before, to the booked time."""
    day = time.starts_at.date()
    first = case.before(day, lead)
    screening = yield from knows_and_asks(
        case, case.world.calendar.at(first, 9, case.draw.randrange(300)), planned=day, own=own
    )
    when = yield from is_cleared(case, screening)
    booked = yield from visiting.books(case, case.soon(when), time)
    return booked, screening


def is_ready(case: Case, time: Time, *, lead: int = 12, own: bool = True) -> Walk[Appointment]:
    """The same, and the consent is signed by both."""
    booked, screening = yield from prepares(case, time, lead=lead, own=own)
    yield from visiting.agrees(
        case, booked.booked_at + timedelta(minutes=3), screening, time, own=own
    )
    return booked


def is_treated(case: Case, time: Time, *, lead: int = 12) -> Walk[TreatmentRecord]:
    """The same, and the visit itself."""
    booked = yield from is_ready(case, time, lead=lead, own=case.draw.random() < 0.5)
    return (yield from visiting.comes(case, booked, time))


def comes_again(case: Case, after: TreatmentRecord, *, rest: int) -> Walk[TreatmentRecord | None]:
    """The next session, when the skin has rested so many days; None where no time is free."""
    earliest = after.performed_on + timedelta(days=rest)
    asked = case.world.calendar.at(case.before(earliest, 9), 11, case.draw.randrange(120))
    yield asked  # the diary is looked at on that day, not before
    time = case.find(earliest, earliest + timedelta(days=12))
    if time is None:
        return None
    day = time.starts_at.date()
    screening = yield from asking.answers_again(case, asked, planned=day)
    when = yield from is_cleared(case, screening)
    booked = yield from visiting.books(case, case.soon(when), time)
    yield from visiting.agrees(
        case, booked.booked_at + timedelta(minutes=3), screening, time, own=case.draw.random() < 0.5
    )
    return (yield from visiting.comes(case, booked, time))
