"""The gate of treating as a truth table, and its boundary moments."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.booking.gate import Code, Verdict, treatable
from clinic.booking.values import CheckInFacts, DayFacts, PlanFacts
from tests.clinic.booking.facts_made import (
    DAY,
    DEEPER,
    ELSEWHERE,
    NUMBED,
    ONE_DAY,
    READY,
    TEN,
    WIDER,
    agreed,
)

A_SECOND = timedelta(seconds=1)
WIDE = replace(
    READY,
    booking=replace(
        READY.booking,
        screening=READY.booking.screening and replace(READY.booking.screening, plan=WIDER),
        clearance=READY.booking.clearance and replace(READY.booking.clearance, plan=WIDER),
    ),
)


def planned(plan: PlanFacts) -> DayFacts:
    """Cleared for more, consented to less, and this is planned."""
    return replace(WIDE, booking=replace(WIDE.booking, plan=plan))


TABLE: list[tuple[str, DayFacts, Verdict, list[Code]]] = [
    ("all in order", READY, Verdict.TREATABLE, []),
    ("nothing given", replace(READY, consent=None), Verdict.NEEDS_CONSENT, [Code.NO_CONSENT]),
    ("not signed", agreed(signed=False), Verdict.NEEDS_CONSENT, [Code.NOT_SIGNED]),
    ("other text", agreed(text_current=False), Verdict.NEEDS_CONSENT, [Code.TEXT_CHANGED]),
    ("other answers", agreed(answers="a2"), Verdict.NEEDS_CONSENT, [Code.ANSWERS_CHANGED]),
    ("deeper", planned(DEEPER), Verdict.NEEDS_CONSENT, [Code.PLAN_NOT_CONSENTED]),
    ("elsewhere", planned(ELSEWHERE), Verdict.NEEDS_CONSENT, [Code.PLAN_NOT_CONSENTED]),
    ("numbed", planned(NUMBED), Verdict.NEEDS_CONSENT, [Code.PLAN_NOT_CONSENTED]),
    ("refused", agreed(end="REFUSED"), Verdict.CONSENT_REFUSED, [Code.REFUSED]),
    ("withdrawn", agreed(end="WITHDRAWN"), Verdict.CONSENT_WITHDRAWN, [Code.WITHDRAWN]),
    ("replaced", agreed(end="SUPERSEDED"), Verdict.NEEDS_CONSENT, [Code.CONSENT_REPLACED]),
    (
        "one signature",
        agreed(countersigned=False),
        Verdict.NEEDS_COUNTERSIGNATURE,
        [Code.NOT_COUNTERSIGNED],
    ),
    ("not asked", replace(READY, check_in=None), Verdict.NEEDS_CHECK_IN, [Code.NOT_CHECKED_IN]),
    (
        "asked yesterday",
        replace(READY, check_in=CheckInFacts(day=DAY - ONE_DAY, nothing_new=True)),
        Verdict.NEEDS_CHECK_IN,
        [Code.NOT_CHECKED_IN],
    ),
    (
        "something new",
        replace(READY, check_in=CheckInFacts(day=DAY, nothing_new=False)),
        Verdict.NEEDS_CHECK_IN,
        [Code.SOMETHING_NEW],
    ),
    ("not here", replace(READY, here=False), Verdict.NEEDS_CHECK_IN, [Code.NOT_HERE]),
    (
        "on another clearance",
        replace(READY, clearance_id=8),
        Verdict.NEEDS_CHECK_IN,
        [Code.OTHER_CLEARANCE],
    ),
]


@pytest.mark.parametrize(
    ("facts", "verdict", "codes"), [case[1:] for case in TABLE], ids=[case[0] for case in TABLE]
)
def test_each_case_has_its_verdict_and_reason(
    facts: DayFacts, verdict: Verdict, codes: list[Code]
) -> None:
    answer = treatable(facts)
    assert (answer.verdict, [reason.code for reason in answer.reasons]) == (verdict, codes)


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        (TEN - A_SECOND, Verdict.TREATABLE),
        (TEN, Verdict.TREATABLE),
        (TEN + A_SECOND, Verdict.COOLING_OFF),
    ],
)
def test_cooling_off_ends_at_its_moment(ends: object, verdict: Verdict) -> None:
    assert treatable(agreed(cooling_off_until=ends)).verdict is verdict


@pytest.mark.parametrize(
    ("offset", "verdict"),
    [(-1, Verdict.NEEDS_CONSENT), (0, Verdict.TREATABLE), (1, Verdict.TREATABLE)],
)
def test_a_consent_lasts_to_its_last_day(offset: int, verdict: Verdict) -> None:
    assert treatable(agreed(expires_on=DAY + offset * ONE_DAY)).verdict is verdict


@pytest.mark.parametrize("offset", [-1, 1])
def test_only_todays_appointment_is_treated(offset: int) -> None:
    other_day = replace(READY, booking=replace(READY.booking, on=DAY + offset * ONE_DAY))
    answer = treatable(other_day)
    assert answer.verdict is Verdict.NEEDS_CHECK_IN
    assert [reason.code for reason in answer.reasons] == [Code.NOT_TODAY]
