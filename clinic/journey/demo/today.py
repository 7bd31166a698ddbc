"""Stories that meet today: each leaves its client at one state of the day list."""

from datetime import timedelta

from clinic.booking import actions as booking
from clinic.clients.models import ClientLink
from clinic.intake import actions as intake
from clinic.journey.demo import asking, visiting, walks
from clinic.journey.demo.case import Case, Walk
from clinic.journey.demo.profiles import PROFILES
from clinic.journey.demo.visiting import Visit

STARTED_AND_NOT_FINISHED = Visit(arrives=-7, starts=25, takes=100)


def done(case: Case, performer: int, hour: int) -> Walk[None]:
    """Treated this morning, with the sheet."""
    time = case.keep(performer, 0, hour)
    booked = yield from walks.is_ready(case, time)
    yield from visiting.comes(case, booked, time)


def in_treatment(case: Case, performer: int, hour: int) -> Walk[None]:
    """On the couch now."""
    time = case.keep(performer, 0, hour)
    booked = yield from walks.is_ready(case, time, lead=10)
    yield from visiting.comes(case, booked, time, STARTED_AND_NOT_FINISHED)


def ready(case: Case, performer: int, hour: int) -> Walk[None]:
    """Expected later today, nothing missing (or waiting by now, checked in)."""
    time = case.keep(performer, 0, hour)
    booked = yield from walks.is_ready(case, time, lead=9)
    yield from visiting.comes(case, booked, time, Visit(arrives=-9, starts=9, takes=40))


def no_consent_yet(case: Case, performer: int, hour: int) -> Walk[None]:
    """Has the text on a link and has not signed."""
    time = case.keep(performer, 0, hour)
    booked, screening = yield from walks.prepares(case, time, lead=8)
    text = yield from visiting.gives_text(case, case.soon(booked.booked_at), screening)
    yield from asking.sent(case, case.soon(text.prepared_at), ClientLink.Purpose.CONSENT, text.pk)


def not_countersigned(case: Case, performer: int, hour: int) -> Walk[None]:
    """The client has signed, the practitioner has not."""
    time = case.keep(performer, 0, hour)
    booked, screening = yield from walks.prepares(case, time, lead=8)
    text = yield from visiting.gives_text(case, case.soon(booked.booked_at), screening)
    when = visiting.thought_over(case, text)
    yield from visiting.signs(case, when, text, session=time.starts_at.date(), own=True)


def still_thinking(case: Case, performer: int, hour: int) -> Walk[None]:
    """Got the text only yesterday, for a treatment that asks for two days to think."""
    time = case.keep(performer, 0, hour)
    booked, screening = yield from walks.prepares(case, time, lead=7)
    yield from visiting.gives_text(case, case.at(-1, 15, 20), screening)
    booked.refresh_from_db()


def answers_missing(case: Case, performer: int, hour: int) -> Walk[None]:
    """Rang yesterday about a new medicine: on hold until the questions are answered again."""
    time = case.keep(performer, 0, hour)
    yield from walks.is_ready(case, time)
    at = yield case.at(-1, 14, 10)
    intake.record_news(
        actor=case.place.performers[0].actor,
        client=case.client,
        kind="PHONE",
        words="I have been given a new tablet for my blood pressure.",
        topics=["medicines"],
        at=at,
    )
    draft = yield from asking.opens_again(case, case.at(-1, 14, 15), planned=case.today)
    yield from asking.sent(case, case.at(-1, 14, 17), ClientLink.Purpose.INTAKE, draft.pk)


def back_in_review(case: Case, performer: int, hour: int) -> Walk[None]:
    """Changed an answer yesterday: a practitioner has to look before the session."""
    time = case.keep(performer, 0, hour)
    yield from walks.is_ready(case, time)
    changed = PROFILES["calm rosacea, retinol"](case.day(-1))
    yield from asking.answers_again(case, case.at(-1, 16, 30), planned=case.today, changed=changed)


def news_at_the_desk(case: Case, performer: int, hour: int) -> Walk[None]:
    """Said at check-in that there is a new medicine: on hold."""
    time = case.keep(performer, 0, hour)
    booked = yield from walks.is_ready(case, time)
    when = time.starts_at - timedelta(minutes=6)
    yield from visiting.arrives(case, when, booked, news="medicines")


def cancelled(case: Case, performer: int, hour: int) -> Walk[None]:
    """Rang this morning."""
    time = case.keep(performer, 0, hour)
    booked = yield from walks.is_ready(case, time)
    at = yield case.at(0, 8, 35)
    booked.refresh_from_db()
    booking.cancel(actor=case.desk, appointment=booked, cause="The client has a cold.", at=at)


def half_way_at_the_desk(case: Case) -> Walk[None]:
    """Is answering at the desk at this moment."""
    yield from asking.registers(case, case.at(0, 9, 48))
    draft = yield from asking.begins(case, case.at(0, 9, 52), planned=case.day(7))
    yield from asking.fills_in(case, case.at(0, 9, 53), draft, sections=4)


def only_registered(case: Case) -> Walk[None]:
    """Rang this morning for the first time."""
    yield from asking.registers(case, case.at(0, 9, 15))
