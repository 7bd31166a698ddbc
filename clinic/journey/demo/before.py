"""Stories of the last weeks and the next: waiting, decided, refused, gone wrong, come back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from clinic.booking import actions as booking
from clinic.clients.actions import close_event, report_event
from clinic.clients.models import AdverseEvent, ClientLink
from clinic.consent import actions as consent
from clinic.core.actor import Role
from clinic.intake.conditions import Conditions
from clinic.journey.demo import asking, visiting, walks
from clinic.journey.demo.asking import Word
from clinic.journey.demo.case import Case, Walk
from clinic.journey.demo.done import done
from clinic.review import patches
from clinic.review.verdicts import Outcome, Verdict
from clinic.treatments import actions as treatments
from clinic.treatments.deviations import Explained, Kind
from clinic.treatments.models import TreatmentRecord


def waits_for_review(case: Case, days: int, planned: int) -> Walk[None]:
    """Has answered; a practitioner has not looked yet."""
    yield from walks.knows_and_asks(case, case.at(days, 11, 5), planned=case.day(planned))


def decided(case: Case, days: int, planned: int, word: Word) -> Walk[None]:
    """A practitioner has decided, and that is where it rests."""
    wish = case.day(planned)
    screening = yield from walks.knows_and_asks(case, case.at(days, 9, 30), planned=wish)
    when = case.soon(screening.screened_at)
    yield from asking.decides(case, when, screening, word)


def declined(case: Case) -> Walk[None]:
    """The clinic will not treat."""
    word = Word(outcome=Outcome.DECLINED, verdicts=(Verdict.STOP,))
    yield from decided(case, -9, 6, word)


def deferred(case: Case) -> Walk[None]:
    """Not before a day that a practitioner has named."""
    word = Word(
        outcome=Outcome.DEFERRED, defer_until=case.day(40), verdicts=(Verdict.WAIT, Verdict.ACCEPT)
    )
    yield from decided(case, -6, 8, word)


def asked_for_more(case: Case) -> Walk[None]:
    """An unsure answer has to be made clear first."""
    word = Word(outcome=Outcome.MORE_INFO, verdicts=(Verdict.ASK,))
    yield from decided(case, -5, 9, word)


def asked_a_prescriber(case: Case) -> Walk[None]:
    """A practitioner may not set this finding aside and asks somebody who prescribes."""
    word = Word(
        outcome=Outcome.PRESCRIBER,
        verdicts=(Verdict.REFER, Verdict.ACCEPT),
        role=Role.PRACTITIONER,
    )
    yield from decided(case, -3, 10, word)


def waits_for_a_patch_test(case: Case) -> Walk[None]:
    """May be booked once the patch test was read as good; it was done yesterday."""
    word = Word(conditions=Conditions(patch_test_first=True, greatest_depth_mm=Decimal("0.40")))
    yield from decided(case, -4, 12, word)
    held = case.client.clearances.get(live=True)
    at = yield case.soon(held.granted_at)
    patches.record_patch(
        actor=case.place.worker(word.role).actor,
        clearance=held,
        area=held.areas[0],
        what="Pen, 0.25 mm, hyaluronic acid",
        done_on=at.date(),
        at=at,
        today=at.date(),
    )


def needs_a_second_word(case: Case) -> Walk[None]:
    """A prescriber has set a stop aside; a second clinician has to agree."""
    word = Word(verdicts=(Verdict.OVERRIDE, Verdict.ACCEPT))
    yield from decided(case, -3, 6, word)


def cleared_by_two(case: Case) -> Walk[None]:
    """The same, agreed and booked."""
    time = case.keep(3, 5, 10)
    first = case.at(-7, 10, 20)
    screening = yield from walks.knows_and_asks(case, first, planned=time.starts_at.date())
    when = case.soon(screening.screened_at)
    word = Word(verdicts=(Verdict.OVERRIDE, Verdict.ACCEPT))
    decision = yield from asking.decides(case, when, screening, word)
    when = case.soon(when)
    yield from asking.confirms(case, when, decision)
    yield from visiting.books(case, case.soon(when), time)


def booked_ahead(case: Case, performer: int, days: int, hour: int) -> Walk[None]:
    """Ready for a day to come."""
    yield from walks.is_ready(case, case.keep(performer, days, hour), lead=days + 6)


def cleared_not_booked(case: Case) -> Walk[None]:
    """May be booked; nobody has rung yet."""
    yield from walks.knows_and_asks(case, case.at(-1, 12, 15), planned=case.day(9))


def refuses(case: Case) -> Walk[None]:
    """Read the text and said no."""
    time = case.keep(0, 6, 9)
    booked, screening = yield from walks.prepares(case, time, lead=14)
    text = yield from visiting.gives_text(case, case.soon(booked.booked_at), screening)
    at = yield case.soon(text.prepared_at + timedelta(hours=24))
    consent.refuse(actor=case.desk, consent=text, cause="The client wants to wait.", at=at)


def withdraws(case: Case) -> Walk[None]:
    """Signed, and took it back."""
    time = case.keep(1, 4, 9)
    booked, screening = yield from walks.prepares(case, time, lead=15)
    text = yield from visiting.agrees(case, case.soon(booked.booked_at), screening, time)
    at = yield case.at(-1, 10, 40)
    consent.withdraw(actor=case.desk, consent=text, cause="", at=at)


def did_not_come(case: Case) -> Walk[None]:
    """Was expected on the last open day."""
    time = case.keep(2, -1, 13)
    booked = yield from walks.is_ready(case, time)
    at = yield time.starts_at + timedelta(minutes=35)
    booked.refresh_from_db()
    booking.no_show(actor=case.desk, appointment=booked, at=at)


def was_treated(case: Case, performer: int, days: int, hour: int) -> Walk[TreatmentRecord]:
    """One session, done."""
    return (yield from walks.is_treated(case, case.keep(performer, days, hour)))


def reacted(case: Case, performer: int, days: int, *, closed: bool) -> Walk[None]:
    """A session that ended badly."""
    record = yield from was_treated(case, performer, days, 16)
    yield from reacts(case, record, closed=closed)


def reacts(case: Case, record: TreatmentRecord, *, closed: bool) -> Walk[None]:
    """Something went wrong after a session; by now it is over, or it is not."""
    onset = record.performed_on + timedelta(days=2)
    at = yield case.soon(record.signed_at + timedelta(days=3))
    event = report_event(
        actor=case.desk,
        client=case.client,
        what="Rang about redness and small raised bumps on both cheeks since the second day.",
        onset=onset,
        severity="MILD" if closed else "MODERATE",
        at=at,
    )
    if closed:
        yield from _is_over(case, event)


def _is_over(case: Case, event: AdverseEvent) -> Walk[None]:
    at = yield case.soon(event.reported_at + timedelta(days=4))
    lead = case.place.worker(Role.CLINICAL_LEAD)
    cause = "Seen: gone without a trace. A product that was used too early."
    close_event(actor=lead.actor, event=event, cause=cause, follows="AGAIN", at=at)


def stopped_early(case: Case) -> Walk[None]:
    """Felt faint before anything was done."""
    time = case.keep(2, -2, 15)
    booked = yield from walks.is_ready(case, time)
    here = yield from visiting.arrives(case, time.starts_at - timedelta(minutes=5), booked)
    when = time.starts_at + timedelta(minutes=4)
    running = yield from visiting.starts(case, when, here, time.worker)
    at = yield when + timedelta(minutes=6)
    treatments.stop(
        actor=time.worker.actor,
        user=time.worker.user,
        treatment=running,
        cause="The client felt faint before the first pass.",
        at=at,
    )


def done_otherwise(case: Case) -> Walk[None]:
    """Treated with a cartridge that was past its day, and it was said."""
    time = case.keep(2, -3, 11)
    booked = yield from walks.is_ready(case, time)
    here = yield from visiting.arrives(case, time.starts_at - timedelta(minutes=5), booked)
    when = time.starts_at + timedelta(minutes=4)
    running = yield from visiting.starts(case, when, here, time.worker)
    at = yield when + timedelta(minutes=35)
    past = replace(
        done(case, finished_at=at), cartridge_expiry=running.local_day - timedelta(days=2)
    )
    why = Explained(
        kind=Kind.CARTRIDGE_EXPIRED,
        what="",
        why="Read the lot and not the date. Seen when the pack was scanned for the record.",
        action="Told the client, looked at the skin, took the box out of the drawer.",
    )
    treatments.sign(
        actor=time.worker.actor,
        user=time.worker.user,
        treatment=running,
        done=past,
        explained=[why],
        at=at,
    )


def course(case: Case, performer: int, days: int, rests: tuple[int, ...]) -> Walk[None]:
    """Session after session, each when the skin has rested."""
    record: TreatmentRecord | None = yield from was_treated(case, performer, days, 14)
    for rest in rests:
        if record is not None:
            record = yield from walks.comes_again(case, record, rest=rest)


def invited(case: Case) -> Walk[None]:
    """Has the link and has not opened it."""
    yield from asking.registers(case, case.at(-2, 13, 5))
    draft = yield from asking.begins(case, case.at(-2, 13, 8), planned=case.day(8))
    yield from asking.sent(case, case.at(-2, 13, 10), ClientLink.Purpose.INTAKE, draft.pk)


def half_way_at_home(case: Case) -> Walk[None]:
    """Began on the phone last evening and was interrupted."""
    yield from asking.registers(case, case.at(-1, 11, 5))
    draft = yield from asking.begins(case, case.at(-1, 11, 8), planned=case.day(10))
    yield from asking.sent(case, case.at(-1, 11, 9), ClientLink.Purpose.INTAKE, draft.pk)
    yield from asking.fills_in(case, case.at(-1, 20, 40), draft, sections=5, own=True)
