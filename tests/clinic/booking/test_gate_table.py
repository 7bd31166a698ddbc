"""The gate of booking as a truth table: one line, one case, one verdict and its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic.booking.gate import Code, Verdict, bookable
from clinic.booking.values import BookingFacts, Outcome, Session, Standing
from clinic.intake.models import Level as StoredLevel
from screening.engine.levels import Level
from tests.clinic.booking.facts_made import (
    ASKED,
    CLEARED,
    DAY,
    DEEPER,
    ELSEWHERE,
    GOOD,
    NUMBED,
    ONE_DAY,
    WIDER,
    decided,
    flagged,
    held,
    screened,
)

AWAITED = decided(Outcome.CLEARED, Standing.AWAITING)
FLAGGED_AND_CLEARED = replace(
    screened(level=Level.CONTRAINDICATED, clear_from=None), decision=CLEARED
)

TABLE: list[tuple[str, BookingFacts, Verdict, list[Code]]] = [
    ("all in order", GOOD, Verdict.BOOKABLE, []),
    ("advice only", screened(level=Level.ADVISE), Verdict.BOOKABLE, []),
    ("overridden by two", FLAGGED_AND_CLEARED, Verdict.BOOKABLE, []),
    ("no answers", replace(GOOD, screening=None), Verdict.NEEDS_INTAKE, [Code.NO_ANSWERS]),
    ("screening ended", screened(live=False), Verdict.SCREENING_OUTDATED, [Code.SCREENING_ENDED]),
    ("newer rules", screened(pack_current=False), Verdict.SCREENING_OUTDATED, [Code.NEW_RULES]),
    (
        "age unknown",
        screened(answers_on=None),
        Verdict.SCREENING_OUTDATED,
        [Code.ANSWERS_TOO_OLD],
    ),
    ("clearance ended", held(live=False), Verdict.SCREENING_OUTDATED, [Code.CLEARANCE_ENDED]),
    ("deeper", replace(GOOD, plan=DEEPER), Verdict.SCREENING_OUTDATED, [Code.PLAN_NOT_SCREENED]),
    (
        "elsewhere",
        replace(GOOD, plan=ELSEWHERE),
        Verdict.SCREENING_OUTDATED,
        [Code.PLAN_NOT_SCREENED],
    ),
    ("numbed", replace(GOOD, plan=NUMBED), Verdict.SCREENING_OUTDATED, [Code.PLAN_NOT_SCREENED]),
    ("no plan", replace(GOOD, plan=None), Verdict.SCREENING_OUTDATED, [Code.PLAN_NOT_SCREENED]),
    ("hard stop", screened(hard_stop=True), Verdict.CONTRAINDICATED, [Code.HARD_STOP]),
    (
        "hard stop, whatever was decided",
        replace(FLAGGED_AND_CLEARED, screening=screened(hard_stop=True).screening),
        Verdict.CONTRAINDICATED,
        [Code.HARD_STOP],
    ),
    ("a stop", flagged(None, level=Level.CONTRAINDICATED), Verdict.CONTRAINDICATED, [Code.STOP]),
    (
        "a stop, one of two agreed",
        flagged(AWAITED, level=Level.CONTRAINDICATED),
        Verdict.CONTRAINDICATED,
        [Code.STOP, Code.AWAITING_SECOND],
    ),
    (
        "declined",
        flagged(decided(Outcome.DECLINED)),
        Verdict.DECLINED,
        [Code.DECIDED_AGAINST],
    ),
    (
        "put off without a date",
        flagged(decided(Outcome.DEFERRED)),
        Verdict.DEFERRED,
        [Code.NOT_BEFORE],
    ),
    ("undecided", flagged(None), Verdict.NEEDS_REVIEW, [Code.UNDECIDED]),
    (
        "undecided, though a clearance is there",
        screened(level=Level.REVIEW, clear_from=None),
        Verdict.NEEDS_REVIEW,
        [Code.UNDECIDED],
    ),
    ("incomplete", screened(complete=False), Verdict.NEEDS_REVIEW, [Code.INCOMPLETE]),
    ("level unknown", screened(level=None), Verdict.NEEDS_REVIEW, [Code.INCOMPLETE]),
    ("asked", flagged(decided(Outcome.MORE_INFO)), Verdict.NEEDS_REVIEW, [Code.ANSWER_NEEDED]),
    ("one of two agreed", flagged(AWAITED), Verdict.NEEDS_REVIEW, [Code.AWAITING_SECOND]),
    (
        "the second did not agree",
        flagged(decided(Outcome.CLEARED, Standing.NOT_AGREED)),
        Verdict.NEEDS_REVIEW,
        [Code.SECOND_DISAGREED],
    ),
    ("cleared, no clearance", flagged(CLEARED), Verdict.NEEDS_REVIEW, [Code.NOT_CLEARED]),
    (
        "clear, no clearance",
        replace(GOOD, clearance=None),
        Verdict.NEEDS_REVIEW,
        [Code.NOT_CLEARED],
    ),
    (
        "less was cleared than screened",
        replace(screened(plan=WIDER), plan=WIDER),
        Verdict.NEEDS_REVIEW,
        [Code.PLAN_NOT_CLEARED],
    ),
    (
        "never again",
        replace(GOOD, event_open=True, event_follows="NEVER"),
        Verdict.NEVER_AGAIN,
        [Code.NEVER_AFTER_EVENT],
    ),
    (
        "no doctor's word yet",
        replace(GOOD, event_open=True, event_follows="DOCTOR"),
        Verdict.DOCTOR_FIRST,
        [Code.WORD_AFTER_EVENT],
    ),
    ("event", replace(GOOD, event_open=True), Verdict.ADVERSE_EVENT_OPEN, [Code.EVENT_OPEN]),
    (
        "event unknown",
        replace(GOOD, event_open=None),
        Verdict.ADVERSE_EVENT_OPEN,
        [Code.EVENT_OPEN],
    ),
    ("sessions unknown", replace(GOOD, sessions=None), Verdict.TOO_SOON, [Code.SESSIONS_UNKNOWN]),
]


@pytest.mark.parametrize(
    ("facts", "verdict", "codes"), [case[1:] for case in TABLE], ids=[case[0] for case in TABLE]
)
def test_each_case_has_its_verdict_and_reason(
    facts: BookingFacts, verdict: Verdict, codes: list[Code]
) -> None:
    answer = bookable(facts)
    assert (answer.verdict, [reason.code for reason in answer.reasons]) == (verdict, codes)


def verdict_on(facts: BookingFacts, on: date) -> tuple[Verdict, date | None]:
    answer = bookable(replace(facts, on=on))
    return answer.verdict, answer.earliest


@pytest.mark.parametrize(
    ("offset", "verdict"),
    [(-1, Verdict.BOOKABLE), (0, Verdict.BOOKABLE), (1, Verdict.SCREENING_OUTDATED)],
)
def test_answers_last_30_days(offset: int, verdict: Verdict) -> None:
    late = held(valid_until=ASKED + timedelta(days=90))
    assert verdict_on(late, ASKED + timedelta(days=30 + offset))[0] is verdict


@pytest.mark.parametrize(
    ("offset", "verdict"),
    [(-1, Verdict.BOOKABLE), (0, Verdict.BOOKABLE), (1, Verdict.SCREENING_OUTDATED)],
)
def test_a_clearance_includes_its_last_day(offset: int, verdict: Verdict) -> None:
    assert verdict_on(held(valid_until=DAY), DAY + offset * ONE_DAY)[0] is verdict


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-1, (Verdict.DEFERRED, DAY)),
        (0, (Verdict.BOOKABLE, None)),
        (1, (Verdict.BOOKABLE, None)),
    ],
)
def test_a_clearance_includes_its_first_day(
    offset: int, expected: tuple[Verdict, date | None]
) -> None:
    assert verdict_on(held(valid_from=DAY), DAY + offset * ONE_DAY) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-1, (Verdict.DEFERRED, DAY)),
        (0, (Verdict.NEEDS_REVIEW, None)),
        (1, (Verdict.NEEDS_REVIEW, None)),
    ],
)
def test_a_deferral_by_hand_returns_to_review_and_never_clears(
    offset: int, expected: tuple[Verdict, date | None]
) -> None:
    put_off = decided(Outcome.DEFERRED, until=DAY)
    for clearance in (None, GOOD.clearance):
        facts = replace(flagged(put_off), clearance=clearance)
        assert verdict_on(facts, DAY + offset * ONE_DAY) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-1, (Verdict.DEFERRED, DAY)),
        (0, (Verdict.NEEDS_REVIEW, None)),
        (1, (Verdict.NEEDS_REVIEW, None)),
    ],
)
def test_a_waiting_time_ends_on_its_day(offset: int, expected: tuple[Verdict, date | None]) -> None:
    waiting = flagged(None, level=Level.DEFER, windows_end=DAY)
    assert verdict_on(waiting, DAY + offset * ONE_DAY) == expected


def test_a_waiting_time_names_the_day_from_which_nothing_is_left() -> None:
    waiting = flagged(None, level=Level.DEFER, windows_end=DAY, clear_from=DAY + ONE_DAY)
    assert verdict_on(waiting, DAY - ONE_DAY) == (Verdict.DEFERRED, DAY + ONE_DAY)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-1, (Verdict.TOO_SOON, DAY)),
        (0, (Verdict.BOOKABLE, None)),
        (1, (Verdict.BOOKABLE, None)),
    ],
)
def test_the_skin_rests_until_the_day_the_last_session_asks_for(
    offset: int, expected: tuple[Verdict, date | None]
) -> None:
    last = Session(day=DAY - timedelta(days=28), rest_until=DAY)
    facts = replace(GOOD, sessions=(last,))
    assert verdict_on(facts, DAY + offset * ONE_DAY) == expected


@pytest.mark.parametrize(
    ("days_ahead", "verdict"), [(27, Verdict.TOO_SOON), (28, Verdict.BOOKABLE)]
)
def test_a_session_must_rest_before_the_one_that_is_already_booked(
    days_ahead: int, verdict: Verdict
) -> None:
    day = DAY + timedelta(days=days_ahead)
    ahead = Session(day=day, rest_until=day + timedelta(days=28))
    assert bookable(replace(GOOD, sessions=(ahead,))).verdict is verdict


def test_the_first_free_day_clears_every_rest() -> None:
    one = Session(day=DAY - ONE_DAY, rest_until=DAY + timedelta(days=27))
    two = Session(day=DAY + timedelta(days=40), rest_until=DAY + timedelta(days=68))
    assert bookable(replace(GOOD, sessions=(two, one))).earliest == two.rest_until


def test_levels_are_stored_by_the_numbers_of_the_engine() -> None:
    assert {level.name: level.value for level in StoredLevel} == {
        level.name: level.value for level in Level
    }
