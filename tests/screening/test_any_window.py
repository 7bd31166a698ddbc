"""Every wait and every age of the pack from any day: the day before, the day itself, the day after.

Ends of months, leap days and ends of years are as likely here as all other days together.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Level, Outcome, Rule, evaluate
from screening.engine.evaluate import evaluate_plain
from tests.screening.amounts import cases
from tests.screening.cases import answers_with, found, hit_of, pack, raw_context
from tests.screening.reference import after
from tests.screening.reference import age as age_by_counting
from tests.screening.test_windows import WAITS, plain, ticking

YEARS = range(1999, 2033)
ENDS = [date(y, m, calendar.monthrange(y, m)[1]) for y in YEARS for m in range(1, 13)]
BEFORE_ENDS = [day - timedelta(days=1) for day in ENDS if day.month in (2, 3)]
LEAP_DAYS = [day for day in ENDS if (day.month, day.day) == (2, 29)]
DAYS = st.one_of(
    st.sampled_from(LEAP_DAYS),
    st.sampled_from(ENDS),
    st.sampled_from(BEFORE_ENDS),
    st.dates(date(1999, 1, 1), date(2032, 12, 31)),
)
AGES = {"under_18": 18, "age_18_21": 22}


@given(basis=DAYS, wait=st.sampled_from(WAITS))
@settings(max_examples=cases(400), deadline=None)
def test_a_wait_from_any_day_ends_on_its_day(
    basis: date, wait: tuple[Rule, Outcome, str | None]
) -> None:
    rule, outcome, option = wait
    defer = outcome.defer
    assert defer is not None
    window = defer.windows[option] if option else defer.window
    assert window is not None
    context, answers = ticking(rule, outcome, option, basis)
    if defer.basis == "answer":
        basis = date.fromisoformat(answers[defer.question])
    end = after(basis, plain(window))
    for shift in (-1, 0, 1):
        context["planned_date"] = (end + timedelta(days=shift)).isoformat()
        read = read_context(context, pack())
        for result in (evaluate(pack(), read, answers), evaluate_plain(pack(), read, answers)):
            hit = hit_of(result, rule.code)
            if shift < 0:
                assert hit is not None
                assert (hit.outcome, hit.level, hit.defer_until) == (outcome.id, Level.DEFER, end)
            else:
                later = outcome.after_window_level
                assert (hit.level if hit else Level.CLEAR) is later
                assert hit is None or hit.defer_until is None


@given(born=DAYS, outcome=st.sampled_from(sorted(AGES)))
@settings(max_examples=cases(400), deadline=None)
def test_an_age_from_any_birthday_changes_on_its_day(born: date, outcome: str) -> None:
    turns = date(born.year + AGES[outcome], 3, 1) if born in LEAP_DAYS else None
    if turns is None or calendar.isleap(turns.year):
        turns = born.replace(year=born.year + AGES[outcome])
    for shift in (-1, 0, 1):
        planned = turns + timedelta(days=shift)
        assert age_by_counting(born, planned) == AGES[outcome] - (shift < 0)
        changes = {
            "assessment_date": (turns - timedelta(days=2)).isoformat(),
            "planned_date": planned.isoformat(),
        }
        context = read_context(raw_context(changes), pack())
        result = evaluate(pack(), context, answers_with({"dob": born.isoformat()}))
        assert (found(result).get("age_minimum", ("",))[0] == outcome) is (shift < 0)
        if outcome == "age_18_21":
            assert result.earliest == turns


@pytest.mark.parametrize("day", LEAP_DAYS, ids=str)
def test_answers_given_on_a_leap_day_are_answers(day: date) -> None:
    changes = {"assessment_date": day.isoformat(), "planned_date": None}
    context = read_context(raw_context(changes), pack())
    given_on = {"hair_removal": "yes", "hair_removal_date": day.isoformat(), "dob": "1960-02-29"}
    result = evaluate(pack(), context, answers_with(given_on))
    assert result.complete
    assert result.earliest == result.defer_until == date(day.year, 3, 7)
