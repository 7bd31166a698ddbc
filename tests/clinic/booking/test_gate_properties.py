"""What must hold for any facts at all: worse never opens a gate, and open means everything."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from clinic.booking.gate import Verdict, bookable, treatable
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
    Session,
    Standing,
)
from screening.engine.levels import Level
from tests.clinic.booking.facts_made import ASKED, GOOD, READY, TEN
from tests.screening.amounts import cases

DAYS = st.integers(-3, 45).map(lambda n: ASKED + timedelta(days=n))
AREAS = st.frozensets(st.sampled_from(["cheeks", "forehead", "neck"]), min_size=1)
PLANS = st.builds(
    PlanFacts,
    depth_mm=st.sampled_from([Decimal("0.25"), Decimal("0.50"), Decimal("1.50")]),
    areas=AREAS,
    anaesthetic=st.booleans(),
)
LIKELY = st.sampled_from([True, True, True, False])
SCREENINGS = st.builds(
    ScreeningFacts,
    id=st.just(1),
    live=LIKELY,
    pack_current=LIKELY,
    complete=LIKELY,
    level=st.sampled_from([*Level, None]),
    hard_stop=LIKELY.map(lambda likely: not likely),
    answers_on=st.none() | st.just(ASKED),
    windows_end=DAYS,
    clear_from=st.none() | DAYS,
    plan=PLANS,
)
DECISIONS = st.builds(
    DecisionFacts,
    outcome=st.sampled_from(Outcome),
    standing=st.sampled_from(Standing),
    defer_until=st.none() | DAYS,
)
CLEARANCES = st.builds(
    ClearanceFacts, id=st.integers(1, 2), live=LIKELY, valid_from=DAYS, valid_until=DAYS, plan=PLANS
)
SESSIONS = st.builds(
    lambda day, rest: Session(day=day, rest_until=day + timedelta(days=rest)),
    day=DAYS,
    rest=st.sampled_from([28, 42]),
)
BOOKINGS = st.builds(
    BookingFacts,
    on=DAYS,
    plan=st.none() | PLANS,
    rest_days=st.sampled_from([28, 42]),
    screening=st.none() | SCREENINGS,
    decision=st.none() | DECISIONS,
    clearance=st.none() | CLEARANCES,
    event_open=st.sampled_from([False, False, True, None]),
    sessions=st.none() | st.lists(SESSIONS, max_size=1).map(tuple),
)
CONSENTS = st.builds(
    ConsentFacts,
    id=st.just(1),
    end=st.sampled_from(["", "", "", "REFUSED", "WITHDRAWN", "SUPERSEDED"]),
    signed=LIKELY,
    countersigned=LIKELY,
    text_current=LIKELY,
    cooling_off_until=st.integers(-3, 1).map(lambda n: TEN + timedelta(days=n)),
    expires_on=DAYS,
    plan=PLANS,
)
TREATMENTS = st.builds(
    DayFacts,
    booking=BOOKINGS,
    at=st.just(TEN),
    today=st.just(TEN.date()),
    here=LIKELY,
    clearance_id=st.integers(1, 2),
    consent=st.none() | CONSENTS,
    check_in=st.none() | st.builds(CheckInFacts, day=DAYS, nothing_new=LIKELY),
)


def mostly(good: Any, anything: Any) -> Any:
    """Usually the good value: facts that are wrong in one or two places teach the most."""
    return st.integers(0, 5).flatmap(lambda n: anything if n == 0 else st.just(good))


NEARLY_GOOD = st.builds(
    BookingFacts,
    on=mostly(GOOD.on, DAYS),
    plan=mostly(GOOD.plan, st.none() | PLANS),
    rest_days=st.sampled_from([28, 42]),
    screening=mostly(GOOD.screening, st.none() | SCREENINGS),
    decision=mostly(None, DECISIONS),
    clearance=mostly(GOOD.clearance, st.none() | CLEARANCES),
    event_open=mostly(False, st.sampled_from([True, None])),
    sessions=mostly((), st.none() | st.lists(SESSIONS, max_size=1).map(tuple)),
)
NEARLY_READY = st.builds(
    DayFacts,
    booking=NEARLY_GOOD,
    at=st.just(TEN),
    today=st.just(TEN.date()),
    here=mostly(True, st.just(False)),
    clearance_id=mostly(READY.clearance_id, st.just(8)),
    consent=mostly(READY.consent, st.none() | CONSENTS),
    check_in=mostly(READY.check_in, st.none()),
)


@pytest.mark.parametrize(
    ("made", "gate", "opened"),
    [
        (NEARLY_GOOD, bookable, Verdict.BOOKABLE),
        (NEARLY_READY, treatable, Verdict.TREATABLE),
    ],
)
def test_the_facts_made_here_do_open_the_gates(made: Any, gate: Any, opened: Verdict) -> None:
    """Otherwise the properties below would hold for want of an example."""
    find(made, lambda facts: gate(facts).verdict is opened)


def worse(facts: BookingFacts) -> list[BookingFacts]:
    """The same facts, each time with one thing taken away, ended, unknown or stricter."""
    made = [
        replace(facts, screening=None),
        replace(facts, clearance=None),
        replace(facts, plan=None),
        replace(facts, event_open=True),
        replace(facts, event_open=None),
        replace(facts, sessions=None),
        replace(facts, sessions=(Session(day=facts.on, rest_until=facts.on + timedelta(28)),)),
        replace(facts, decision=DecisionFacts(outcome=Outcome.DECLINED, standing=Standing.FINAL)),
        replace(facts, decision=DecisionFacts(outcome=Outcome.CLEARED, standing=Standing.AWAITING)),
    ]
    if facts.screening is not None:
        screening = facts.screening
        made += [
            replace(facts, screening=spoiled)
            for spoiled in (
                replace(screening, live=False),
                replace(screening, pack_current=False),
                replace(screening, complete=False),
                replace(screening, level=None),
                replace(screening, hard_stop=True),
                replace(screening, answers_on=None),
                replace(screening, answers_on=date(2026, 1, 1)),
            )
        ]
    if facts.clearance is not None:
        clearance = facts.clearance
        made += [
            replace(facts, clearance=replace(clearance, live=False)),
            replace(facts, clearance=replace(clearance, valid_from=facts.on + timedelta(1))),
            replace(facts, clearance=replace(clearance, valid_until=facts.on - timedelta(1))),
        ]
    return made


@settings(max_examples=cases(150), deadline=None)
@given(NEARLY_GOOD | BOOKINGS)
def test_making_any_fact_worse_never_makes_it_bookable(facts: BookingFacts) -> None:
    for spoiled in worse(facts):
        assert bookable(spoiled).verdict is not Verdict.BOOKABLE, spoiled


@settings(max_examples=cases(500), deadline=None)
@given(NEARLY_GOOD | BOOKINGS)
def test_bookable_means_every_condition(facts: BookingFacts) -> None:
    answer = bookable(facts)
    if answer.verdict is not Verdict.BOOKABLE:
        assert answer.reasons
        return
    screening, clearance = facts.screening, facts.clearance
    assert screening is not None
    assert clearance is not None
    assert facts.plan is not None
    assert facts.sessions is not None
    assert screening.live
    assert screening.pack_current
    assert screening.complete
    assert not screening.hard_stop
    assert screening.answers_on is not None
    assert (facts.on - screening.answers_on).days <= 30
    assert clearance.live
    assert clearance.valid_from <= facts.on <= clearance.valid_until
    assert facts.plan.depth_mm <= clearance.plan.depth_mm
    assert facts.plan.areas <= clearance.plan.areas
    assert clearance.plan.anaesthetic or not facts.plan.anaesthetic
    assert facts.event_open is False
    assert all(
        s.rest_until <= facts.on or s.day >= facts.on + timedelta(facts.rest_days)
        for s in facts.sessions
    )
    decision = facts.decision
    if decision is None:
        assert screening.clear_from is not None
        assert facts.on >= screening.clear_from
        assert screening.level is not Level.CONTRAINDICATED
    else:
        assert (decision.outcome, decision.standing) == (Outcome.CLEARED, Standing.FINAL)


@settings(max_examples=cases(500), deadline=None)
@given(NEARLY_READY | TREATMENTS)
def test_treatable_means_bookable_and_agreed_and_asked_today(facts: DayFacts) -> None:
    answer = treatable(facts)
    if answer.verdict is not Verdict.TREATABLE:
        assert answer.reasons
        return
    consent, check_in, plan = facts.consent, facts.check_in, facts.booking.plan
    assert bookable(facts.booking).verdict is Verdict.BOOKABLE
    assert consent is not None
    assert check_in is not None
    assert plan is not None
    assert not consent.end
    assert consent.signed
    assert consent.countersigned
    assert consent.text_current
    assert consent.cooling_off_until is not None
    assert consent.cooling_off_until <= facts.at
    assert facts.today <= consent.expires_on
    assert consent.plan.covers(plan)
    assert check_in == CheckInFacts(day=facts.today, nothing_new=True)
    assert facts.booking.on == facts.today
    assert facts.here
