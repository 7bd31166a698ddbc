"""The later steps: a time is booked, consent is signed, and the day itself comes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic.booking import actions as booking
from clinic.booking import same_day
from clinic.booking.models import Appointment
from clinic.clients.models import ClientLink
from clinic.consent import actions as consent
from clinic.consent.models import Consent
from clinic.consent.saying import CAPACITY, Beside
from clinic.intake.models import Clearance, Screening
from clinic.intake.queries import live_clearance
from clinic.journey.demo.asking import sent
from clinic.journey.demo.case import Case, Walk
from clinic.journey.demo.cast import Worker
from clinic.journey.demo.diary import Time
from clinic.journey.demo.done import done
from clinic.journey.demo.sheets import give_sheet
from clinic.treatments import actions as treatments
from clinic.treatments.models import Treatment, TreatmentRecord


def cleared(case: Case) -> Clearance:
    """The clearance in force. Raises ValueError where there is none."""
    found = live_clearance(case.client.pk, case.procedure.pk)
    if found is None:
        raise ValueError(f"{case.profile}: no clearance")
    return found


def books(case: Case, when: datetime, time: Time) -> Walk[Appointment]:
    """The front desk books that time on the clearance in force."""
    at = yield when
    return booking.book(
        actor=case.desk,
        clearance=cleared(case),
        practitioner=time.practitioner,
        room=time.room,
        starts_at=time.starts_at,
        depth_mm=case.wish.depth_mm,
        areas=case.wish.areas,
        anaesthetic_planned=case.wish.numbing,
        at=at,
    )


def gives_text(case: Case, when: datetime, screening: Screening) -> Walk[Consent]:
    """The client gets the text to think it over: on the tablet, at the desk."""
    at = yield when
    text = consent.prepare(actor=case.desk, screening=screening, at=at, today=at.date())
    return consent.hand_over(actor=case.desk, consent=text, how=Consent.Handed.TABLET, at=at)


def thought_over(case: Case, text: Consent) -> datetime:
    """A moment in working hours, soon after the time to think."""
    if text.cooling_off_until is None:
        raise ValueError(f"{case.profile}: the text was not handed over")
    return case.soon(text.cooling_off_until)


def signs(
    case: Case, when: datetime, text: Consent, *, session: date, own: bool = False
) -> Walk[None]:
    """The client signs: by a link, or on the clinic's tablet."""
    if own:
        yield from sent(case, when, ClientLink.Purpose.CONSENT, text.pk)
        when += timedelta(minutes=case.draw.randint(5, 90))
    at = yield when
    with case.world.papers.signing(session):
        consent.sign_client(
            actor=case.themself if own else case.desk,
            consent=text,
            printed_name=case.client.full_name,
            method="TYPED" if own else "DRAWN",
            strokes=None if own else scribble(case),
            acknowledged=[one["id"] for one in text.content["acknowledgements"]],
            choices={one["id"]: case.draw.choice(("yes", "no")) for one in text.content["photos"]},
            content_sha256=text.content_sha256,
            at=at,
        )


def countersigns(
    case: Case, when: datetime, text: Consent, worker: Worker, *, session: date
) -> Walk[None]:
    """The practitioner signs after the client."""
    at = yield when
    with case.world.papers.signing(session):
        consent.countersign(
            actor=worker.actor,
            user=worker.user,
            consent=text,
            printed_name=worker.user.name,
            method="DRAWN",
            strokes=scribble(case),
            beside=Beside(capacity=tuple(CAPACITY), asked=False),
            at=at,
        )


def scribble(case: Case) -> list[list[dict[str, float]]]:
    """A drawn signature: a few loops from left to right."""
    x, strokes = 20.0, []
    for _ in range(case.draw.randint(2, 4)):
        stroke = []
        for tick in range(case.draw.randint(6, 14)):
            x += case.draw.uniform(2, 9)
            stroke.append({"x": round(x, 1), "y": case.draw.uniform(30, 90), "time": tick * 16.0})
        strokes.append(stroke)
    return strokes


def agrees(
    case: Case, when: datetime, screening: Screening, time: Time, *, own: bool = True
) -> Walk[Consent]:
    """Text, the time to think, both signatures."""
    session = time.starts_at.date()
    text = yield from gives_text(case, when, screening)
    signed = thought_over(case, text)
    yield from signs(case, signed, text, session=session, own=own)
    seen = case.soon(signed + timedelta(hours=2), most=120)
    yield from countersigns(case, seen, text, time.worker, session=session)
    return text


def arrives(
    case: Case, when: datetime, booked: Appointment, *, news: str = ""
) -> Walk[Appointment]:
    """The desk asks who it is and what is new; `news` is the question answered with yes."""
    at = yield when
    said = {name: "yes" if name == news else "no" for name in same_day.QUESTIONS}
    booked.refresh_from_db()
    booking.check_in(
        actor=case.desk, appointment=booked, identity_confirmed=True, answers=said, at=at
    )
    return booked


def starts(case: Case, when: datetime, booked: Appointment, worker: Worker) -> Walk[Treatment]:
    """The practitioner begins."""
    at = yield when
    return treatments.start(actor=worker.actor, user=worker.user, appointment=booked, at=at)


def finishes(
    case: Case, when: datetime, running: Treatment, worker: Worker
) -> Walk[TreatmentRecord]:
    """The practitioner signs what was done."""
    at = yield when
    return treatments.sign(
        actor=worker.actor,
        user=worker.user,
        treatment=running,
        done=done(case, finished_at=at),
        at=at,
    )


def gets_sheet(case: Case, when: datetime, record: TreatmentRecord) -> Walk[None]:
    """The sheet is printed; the client's own link to it goes out as well."""
    if case.world.papers.wants_sheet(record.performed_on):
        at = yield when
        sheet_id = give_sheet(actor=case.desk, record=record, at=at)
        if sheet_id is not None:
            later = when + timedelta(minutes=2)
            yield from sent(case, later, ClientLink.Purpose.AFTERCARE, sheet_id)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Minutes after the booked time: who is early, how long it takes."""

    arrives: int = -9
    starts: int = 6
    takes: int = 42


def comes(
    case: Case, booked: Appointment, time: Time, visit: Visit | None = None
) -> Walk[TreatmentRecord]:
    """The whole visit: check-in, treatment, sheet."""
    visit = visit or Visit(
        arrives=-case.draw.randint(3, 14),
        starts=case.draw.randint(2, 10),
        takes=case.draw.randint(28, 46),
    )
    start = time.starts_at

    def after(minutes: int) -> datetime:
        return start + timedelta(minutes=minutes)

    here = yield from arrives(case, after(visit.arrives), booked)
    running = yield from starts(case, after(visit.starts), here, time.worker)
    end = visit.starts + visit.takes
    record = yield from finishes(case, after(end), running, time.worker)
    yield from gets_sheet(case, after(end + 3), record)
    return record
