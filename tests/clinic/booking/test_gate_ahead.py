"""What is left to do: not what passes by itself, and not "wait" where somebody must look."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clinic.booking.gate import Code, Verdict, outstanding, to_be_done
from clinic.booking.values import DayFacts, DecisionFacts, Outcome
from screening.engine.levels import Level
from tests.clinic.booking.facts_made import (
    DAY,
    ONE_DAY,
    READY,
    TEN,
    agreed,
    decided,
    flagged,
    held,
)

A_SECOND = timedelta(seconds=1)


def the_day_before(ready: DayFacts) -> DayFacts:
    return replace(ready, at=TEN - ONE_DAY, today=DAY - ONE_DAY, check_in=None, here=False)


def verdicts(facts: DayFacts) -> list[Verdict]:
    return [answer.verdict for answer in outstanding(facts, starts_at=TEN)]


def test_time_to_think_counts_where_it_reaches_past_the_appointment() -> None:
    assert Verdict.COOLING_OFF not in verdicts(the_day_before(agreed(cooling_off_until=TEN)))
    too_long = agreed(cooling_off_until=TEN + A_SECOND)
    assert Verdict.COOLING_OFF in verdicts(the_day_before(too_long))


def test_the_countersignature_is_asked_for_while_the_client_thinks() -> None:
    thinking = agreed(cooling_off_until=TEN, countersigned=False)
    assert verdicts(the_day_before(thinking))[0] is Verdict.NEEDS_COUNTERSIGNATURE


def test_on_the_day_itself_the_time_to_think_counts_to_its_last_second() -> None:
    thinking = agreed(cooling_off_until=TEN)
    assert verdicts(replace(thinking, at=TEN - A_SECOND)) == [Verdict.COOLING_OFF]
    assert verdicts(READY) == []


WAITS: dict[str, Any] = {"level": Level.DEFER, "windows_end": DAY + ONE_DAY}


@pytest.mark.parametrize(
    ("decision", "verdict"),
    [
        (None, Verdict.NEEDS_REVIEW),
        (decided(Outcome.MORE_INFO), Verdict.NEEDS_REVIEW),
        (decided(Outcome.DEFERRED, until=DAY + ONE_DAY), Verdict.DEFERRED),
    ],
)
def test_a_wait_does_not_hide_a_review(decision: DecisionFacts | None, verdict: Verdict) -> None:
    answer = to_be_done(flagged(decision, **WAITS))
    assert answer.verdict is verdict
    assert answer.earliest == DAY + ONE_DAY


def test_the_wait_is_still_told() -> None:
    reasons = [reason.code for reason in to_be_done(flagged(None, **WAITS)).reasons]
    assert reasons == [Code.UNDECIDED, Code.WAITING_TIME]


def test_a_wait_alone_stays_a_wait() -> None:
    answer = to_be_done(held(valid_from=DAY + ONE_DAY))
    assert (answer.verdict, answer.earliest) == (Verdict.DEFERRED, DAY + ONE_DAY)
