"""Facts with everything in order; tests spoil one thing at a time."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clinic.booking.values import (
    BookingFacts,
    CheckInFacts,
    ClearanceFacts,
    ConsentFacts,
    DayFacts,
    DecisionFacts,
    Outcome,
    PlanFacts,
    ScreeningFacts,
    Standing,
)
from screening.engine.levels import Level

ASKED = date(2026, 6, 1)
DAY = date(2026, 6, 16)
TEN = datetime(2026, 6, 16, 10, 0, tzinfo=ZoneInfo("Europe/London"))
ONE_DAY = timedelta(days=1)
PLAN = PlanFacts(
    depth_mm=Decimal("0.50"), areas=frozenset({"cheeks", "forehead"}), anaesthetic=False
)
DEEPER = replace(PLAN, depth_mm=Decimal("0.51"))
ELSEWHERE = replace(PLAN, areas=frozenset({"cheeks", "neck"}))
NUMBED = replace(PLAN, anaesthetic=True)
WIDER = PlanFacts(
    depth_mm=Decimal("1.00"),
    areas=frozenset({"cheeks", "forehead", "neck"}),
    anaesthetic=True,
)

SCREENING = ScreeningFacts(
    id=3,
    live=True,
    pack_current=True,
    complete=True,
    level=Level.CLEAR,
    hard_stop=False,
    answers_on=ASKED,
    windows_end=ASKED,
    clear_from=ASKED,
    answers="a1",
    plan=PLAN,
)
CLEARANCE = ClearanceFacts(
    id=7, live=True, valid_from=ASKED, valid_until=ASKED + timedelta(days=30), plan=PLAN
)
CLEARED = DecisionFacts(outcome=Outcome.CLEARED, standing=Standing.FINAL)
GOOD = BookingFacts(
    on=DAY,
    plan=PLAN,
    rest_days=28,
    screening=SCREENING,
    decision=None,
    clearance=CLEARANCE,
    event_open=False,
    sessions=(),
)
CONSENT = ConsentFacts(
    id=9,
    end="",
    signed=True,
    countersigned=True,
    text_current=True,
    answers="a1",
    cooling_off_until=TEN - timedelta(days=10),
    expires_on=DAY + timedelta(days=100),
    plan=PLAN,
)
READY = DayFacts(
    booking=GOOD,
    at=TEN,
    today=DAY,
    here=True,
    clearance_id=7,
    consent=CONSENT,
    check_in=CheckInFacts(day=DAY, nothing_new=True),
)


def screened(**fields: Any) -> BookingFacts:
    """In order, but for these facts of the screening."""
    return replace(GOOD, screening=replace(SCREENING, **fields))


def held(**fields: Any) -> BookingFacts:
    """In order, but for these facts of the clearance."""
    return replace(GOOD, clearance=replace(CLEARANCE, **fields))


def flagged(decision: DecisionFacts | None, **fields: Any) -> BookingFacts:
    """A flag that never goes away by itself, with this decision and no clearance."""
    values = {"level": Level.REVIEW, "clear_from": None} | fields
    return replace(screened(**values), decision=decision, clearance=None)


def decided(
    outcome: Outcome, standing: Standing = Standing.FINAL, until: date | None = None
) -> DecisionFacts:
    return DecisionFacts(outcome=outcome, standing=standing, defer_until=until)


def agreed(**fields: Any) -> DayFacts:
    """Ready, but for these facts of the consent."""
    return replace(READY, consent=replace(CONSENT, **fields))
