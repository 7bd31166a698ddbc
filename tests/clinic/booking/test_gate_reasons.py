"""Each check by itself: what it says, and that it is silent where another one speaks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.booking.booking_checks import deferred, resting, to_review
from clinic.booking.gate import bookable, to_be_done
from clinic.booking.treatment_checks import cooling_off, not_countersigned
from clinic.booking.values import DecisionFacts, Outcome, Session
from clinic.booking.verdicts import Code, Reason, Verdict
from tests.clinic.booking.facts_made import (
    ASKED,
    CLEARED,
    DAY,
    GOOD,
    ONE_DAY,
    TEN,
    agreed,
    decided,
    flagged,
    held,
    screened,
)

LATER = DAY + ONE_DAY


def test_a_clearance_that_has_not_begun_names_its_first_day() -> None:
    assert deferred(held(valid_from=LATER)) == [Reason(code=Code.NOT_BEFORE, on=LATER)]
    assert deferred(held(valid_from=DAY)) == []


def test_a_waiting_time_counts_until_somebody_has_cleared() -> None:
    waiting = replace(screened(windows_end=LATER, clear_from=None), clearance=None)
    assert deferred(waiting) == [Reason(code=Code.WAITING_TIME, on=LATER)]
    assert deferred(replace(waiting, decision=CLEARED)) == []
    other = replace(waiting, decision=decided(Outcome.MORE_INFO))
    assert deferred(other) == [Reason(code=Code.WAITING_TIME, on=LATER)]


def test_the_first_clear_day_needs_no_decision() -> None:
    assert bookable(screened(clear_from=DAY)).verdict is Verdict.BOOKABLE
    early = to_review(screened(clear_from=LATER))
    assert early == [Reason(code=Code.UNDECIDED)]


@pytest.mark.parametrize("decision", [None, CLEARED])
def test_a_clearance_that_ended_is_told_as_that_and_not_as_none(
    decision: DecisionFacts | None,
) -> None:
    ended = replace(held(live=False), decision=decision)
    assert to_review(ended) == []
    assert to_review(replace(ended, clearance=None)) == [Reason(code=Code.NOT_CLEARED)]


@pytest.mark.parametrize(
    ("days", "reasons"),
    [(1, []), (0, [Reason(code=Code.DEFERRAL_OVER, on=DAY)]), (None, [])],
)
def test_a_deferral_by_hand_comes_back_to_review_on_its_day(
    days: int | None, reasons: list[Reason]
) -> None:
    until = None if days is None else DAY + timedelta(days=days)
    facts = flagged(decided(Outcome.DEFERRED, until=until))
    assert [one for one in to_review(facts) if one.code is not Code.NOT_CLEARED] == reasons


def test_the_time_to_think_names_its_end() -> None:
    ends = TEN + timedelta(minutes=1)
    assert cooling_off(agreed(cooling_off_until=ends)) == [Reason(code=Code.THINKING_TIME, at=ends)]


@pytest.mark.parametrize("end", ["REFUSED", "WITHDRAWN", "SUPERSEDED"])
def test_of_a_consent_that_ended_nothing_else_is_asked(end: str) -> None:
    ended = agreed(end=end, cooling_off_until=TEN + timedelta(days=1), countersigned=False)
    assert cooling_off(ended) == []
    assert not_countersigned(ended) == []


def test_facts_in_order_have_nothing_in_the_way() -> None:
    assert GOOD.screening is not None
    assert GOOD.screening.clear_from == ASKED
    assert deferred(GOOD) == to_review(GOOD) == []


def test_a_wait_of_no_known_length_is_told_as_it_is() -> None:
    unknown = replace(GOOD, sessions=None)
    assert bookable(unknown).verdict is Verdict.TOO_SOON
    assert to_be_done(unknown) == bookable(unknown)


def test_a_resting_skin_names_the_day_its_rest_ends() -> None:
    other = Session(day=DAY - ONE_DAY, rest_until=LATER)
    assert resting(replace(GOOD, sessions=(other,))) == [Reason(code=Code.SKIN_RESTS, on=LATER)]
    assert resting(replace(GOOD, sessions=None)) == [Reason(code=Code.SESSIONS_UNKNOWN)]
    assert resting(GOOD) == []
