"""The order of the verdicts: whatever comes together, the first in the list is the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from clinic.booking.gate import Verdict, bookable, missing, treatable
from clinic.booking.values import (
    BookingFacts,
    CheckInFacts,
    DayFacts,
    DecisionFacts,
    Outcome,
    Session,
    Standing,
)
from tests.clinic.booking.facts_made import DAY, DEEPER, ONE_DAY, READY, TEN

JOURNEY_ORDER = [
    "NEVER_AGAIN",
    "DOCTOR_FIRST",
    "NEEDS_INTAKE",
    "SCREENING_OUTDATED",
    "CONTRAINDICATED",
    "DECLINED",
    "DEFERRED",
    "NEEDS_REVIEW",
    "ADVERSE_EVENT_OPEN",
    "TOO_SOON",
    "BOOKABLE",
    "NEEDS_CONSENT",
    "CONSENT_REFUSED",
    "CONSENT_WITHDRAWN",
    "COOLING_OFF",
    "NEEDS_COUNTERSIGNATURE",
    "NEEDS_CHECK_IN",
    "TREATABLE",
]

Spoil = Callable[[Any], Any]


def _screening(facts: BookingFacts, **fields: Any) -> BookingFacts:
    if facts.screening is None:
        return facts
    return replace(facts, screening=replace(facts.screening, **fields))


def _later_clearance(facts: BookingFacts) -> BookingFacts:
    assert facts.clearance is not None
    return replace(facts, clearance=replace(facts.clearance, valid_from=DAY + ONE_DAY))


BOOKING: dict[Verdict, Spoil] = {
    Verdict.NEVER_AGAIN: lambda f: replace(f, event_follows="NEVER"),
    Verdict.NEEDS_INTAKE: lambda f: replace(f, screening=None),
    Verdict.SCREENING_OUTDATED: lambda f: _screening(f, pack_current=False),
    Verdict.CONTRAINDICATED: lambda f: _screening(f, hard_stop=True),
    Verdict.DECLINED: lambda f: replace(
        f, decision=DecisionFacts(outcome=Outcome.DECLINED, standing=Standing.FINAL)
    ),
    Verdict.DEFERRED: _later_clearance,
    Verdict.NEEDS_REVIEW: lambda f: _screening(f, complete=False),
    Verdict.ADVERSE_EVENT_OPEN: lambda f: replace(f, event_open=True),
    Verdict.TOO_SOON: lambda f: replace(
        f, sessions=(Session(day=DAY - ONE_DAY, rest_until=DAY + timedelta(days=27)),)
    ),
}


def _consent(facts: DayFacts, **fields: Any) -> DayFacts:
    assert facts.consent is not None
    return replace(facts, consent=replace(facts.consent, **fields))


TREATING: dict[Verdict, Spoil] = {
    Verdict.NEEDS_CONSENT: lambda f: _consent(f, text_current=False),
    Verdict.COOLING_OFF: lambda f: _consent(f, cooling_off_until=TEN + timedelta(seconds=1)),
    Verdict.NEEDS_COUNTERSIGNATURE: lambda f: _consent(f, countersigned=False),
    Verdict.NEEDS_CHECK_IN: lambda f: replace(f, check_in=CheckInFacts(day=DAY, nothing_new=False)),
}


def test_the_verdicts_are_those_of_the_journey_in_its_order() -> None:
    assert [verdict.value for verdict in Verdict] == JOURNEY_ORDER


def test_of_all_that_is_wrong_the_first_verdict_is_the_answer() -> None:
    """Every combination of the nine obstacles: 512 cases."""
    for chosen in product([False, True], repeat=len(BOOKING)):
        facts = READY.booking
        wrong = [verdict for verdict, on in zip(BOOKING, chosen, strict=True) if on]
        for verdict in reversed(wrong):
            facts = BOOKING[verdict](facts)
        assert bookable(facts).verdict is (wrong[0] if wrong else Verdict.BOOKABLE), wrong


def test_treating_asks_the_gate_of_booking_first() -> None:
    """Every combination of all thirteen obstacles: 8,192 cases."""
    for chosen in product([False, True], repeat=len(BOOKING) + len(TREATING)):
        facts, booking = READY, READY.booking
        wrong = [v for v, on in zip([*BOOKING, *TREATING], chosen, strict=True) if on]
        for verdict in reversed([v for v in wrong if v in BOOKING]):
            booking = BOOKING[verdict](booking)
        for verdict in [v for v in wrong if v in TREATING]:
            facts = TREATING[verdict](facts)
        facts = replace(facts, booking=booking)
        assert treatable(facts).verdict is (wrong[0] if wrong else Verdict.TREATABLE), wrong


def test_a_consent_that_ended_says_how() -> None:
    ends = {
        "REFUSED": Verdict.CONSENT_REFUSED,
        "WITHDRAWN": Verdict.CONSENT_WITHDRAWN,
        "SUPERSEDED": Verdict.NEEDS_CONSENT,
        "ANYTHING": Verdict.NEEDS_CONSENT,
    }
    assert {end: treatable(_consent(READY, end=end)).verdict for end in ends} == ends


def test_everything_missing_is_told_at_once() -> None:
    facts = replace(_consent(READY, signed=False), check_in=None)
    assert [answer.verdict for answer in missing(facts)] == [
        Verdict.NEEDS_CONSENT,
        Verdict.NEEDS_CHECK_IN,
    ]
    deeper = replace(READY, booking=replace(READY.booking, plan=DEEPER))
    assert [answer.verdict for answer in missing(deeper)][:1] == [Verdict.SCREENING_OUTDATED]
