"""Everybody else: clients of the last months, spread as a busy clinic would have them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from clinic.booking import actions as booking
from clinic.booking.models import Appointment
from clinic.intake.models import Level, Screening
from clinic.intake.queries import live_clearance
from clinic.journey.demo import asking, before, visiting, walks
from clinic.journey.demo.asking import Word
from clinic.journey.demo.case import Case, Walk, Wish
from clinic.journey.demo.diary import Time
from clinic.journey.demo.profiles import CLEAR, FLAGGED, SERIOUS
from clinic.review.verdicts import Outcome, Verdict

LONGEST_AGO = 170
KNOWN_FROM_BEFORE = 0.32
"""Share of clients who were taken over from the old card index and have not come since."""
AREAS = (
    ("cheeks", "forehead"),
    ("cheeks",),
    ("cheeks", "nose", "chin_jaw"),
    ("neck",),
    ("abdomen",),
    ("scalp",),
)
REST = {"MN_PEN": 35, "MN_ROLLER": 35, "RF_MN": 45}
MOSTLY = 0.8
CALLS = ("The client is ill.", "The client has to work.", "The client goes on holiday.")


def wish(draw: Random) -> Wish:
    """What somebody comes for: mostly the pen, mostly shallow."""
    modality = draw.choices(("MN_PEN", "MN_ROLLER", "RF_MN"), (7, 2, 2))[0]
    if modality == "RF_MN":
        return Wish(
            modality=modality,
            depth_mm=draw.choice((Decimal("1.00"), Decimal("1.50"), Decimal("2.00"))),
            areas=draw.choice((("cheeks",), ("cheeks", "chin_jaw"), ("abdomen",))),
            numbing=True,
        )
    depth = draw.choice((Decimal("0.25"), Decimal("0.50"), Decimal("0.50"), Decimal("1.00")))
    return Wish(modality=modality, depth_mm=depth, areas=draw.choice(AREAS))


def profile(draw: Random) -> str:
    """Four of five are clear, most others can be cleared."""
    kinds: tuple[Mapping[str, object], ...] = (CLEAR, FLAGGED, SERIOUS)
    kind = draw.choices(kinds, (80, 13, 7))[0]
    if kind is CLEAR and draw.random() < 0.5:
        return "nothing"
    return draw.choice(list(kind))


def somebody(case: Case) -> Walk[None]:
    """One client's way, as far as it went."""
    draw = case.draw
    # More of them lately: a clinic grows, and old stories are over anyway.
    days = -int(LONGEST_AGO * draw.random() ** 1.5)
    lately = case.world.calendar.until - timedelta(minutes=draw.randint(1, 100))
    first = min(case.at(days, 9, draw.randrange(480)), lately)
    fate = draw.random()
    if fate < KNOWN_FROM_BEFORE:
        yield from asking.registers(case, first)
        return
    if fate < 0.38:
        yield from _gives_up(case, first)
        return
    wished = case.day(days + draw.randint(7, 16))
    screening = yield from walks.knows_and_asks(
        case, first, planned=wished, own=draw.random() < 0.5
    )
    if live_clearance(case.client.pk, case.procedure.pk) is None:
        settled = yield from _is_decided(case, screening)
        if not settled:
            return
    yield from _goes_on(case, screening, fate)


def _gives_up(case: Case, first: datetime) -> Walk[None]:
    """Began the questions and never finished."""
    yield from asking.registers(case, first)
    planned = first.date() + timedelta(days=10)
    draft = yield from asking.begins(case, first + timedelta(minutes=3), planned=planned)
    sections = case.draw.randint(1, 7)
    yield from asking.fills_in(case, first + timedelta(minutes=5), draft, sections=sections)


def _is_decided(case: Case, screening: Screening) -> Walk[bool]:
    """A practitioner decides within a day or two; true where the client may be booked."""
    when = case.soon(screening.screened_at, least=120, most=1800)
    if case.profile not in SERIOUS:
        yield from asking.decides(case, when, screening, Word())
        return True
    if screening.level == Level.CONTRAINDICATED:
        word = Word(outcome=Outcome.DECLINED, verdicts=(Verdict.STOP,))
    elif case.profile == "not sure":
        word = Word(outcome=Outcome.MORE_INFO, verdicts=(Verdict.ASK,))
    elif screening.level == Level.DEFER:
        return False  # waits for its date, which needs nobody
    else:
        word = Word()
    yield from asking.decides(case, when, screening, word)
    return word.outcome is Outcome.CLEARED


def _goes_on(case: Case, screening: Screening, fate: float) -> Walk[None]:
    clearance = live_clearance(case.client.pk, case.procedure.pk)
    if clearance is None:
        return
    when = case.soon(clearance.granted_at)
    yield when  # the diary is looked at then, not before
    earliest = max(clearance.valid_from, when.date() + timedelta(days=4))
    time = case.find(earliest, min(clearance.valid_until, earliest + timedelta(days=10)))
    if time is None:
        return
    booked = yield from visiting.books(case, when, time)
    text_at = booked.booked_at + timedelta(minutes=3)
    if fate < 0.45:
        yield from _does_not_come(case, booked, time, cancels=fate < 0.42)
        return
    yield from visiting.agrees(case, text_at, screening, time, own=case.draw.random() < 0.6)
    record = yield from visiting.comes(case, booked, time)
    if fate < 0.47:
        yield from before.reacts(case, record, closed=case.draw.random() < MOSTLY)
    elif fate > 0.85:
        yield from walks.comes_again(case, record, rest=REST[case.wish.modality] + 7)


def _does_not_come(case: Case, booked: Appointment, time: Time, *, cancels: bool) -> Walk[None]:
    if cancels:
        at = yield case.soon(booked.booked_at, least=600, most=2000)
        cause = case.draw.choice(CALLS)
        booking.cancel(actor=case.desk, appointment=booked, cause=cause, at=at)
    else:
        at = yield time.starts_at + timedelta(minutes=40)
        booking.no_show(actor=case.desk, appointment=booked, at=at)
