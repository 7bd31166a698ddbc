"""How long ago, turned into days: never fewer days than it can mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.intake.ago import Unit, about, within
from screening.engine import read_period

TODAY = date(2026, 6, 1)
UNITS: list[Unit] = ["weeks", "months", "years"]
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
COUNTS = st.integers(1, 99)


@pytest.mark.parametrize(
    ("count", "unit", "span"),
    [
        (2, "years", "2023-12-01/2024-12-01"),
        (1, "years", "2024-12-01/2025-12-01"),
        (3, "months", "2026-02-13/2026-03-17"),
        (1, "months", "2026-04-15/2026-05-17"),
        (3, "weeks", "2026-05-07/2026-05-15"),
        (1, "weeks", "2026-05-21/2026-05-29"),
    ],
)
def test_about_is_half_a_unit_to_either_side(count: int, unit: Unit, span: str) -> None:
    assert about(count, unit, today=TODAY, ahead=False) == span


@pytest.mark.parametrize(
    ("count", "unit", "span"),
    [
        (6, "months", "2025-12-01/2026-06-01"),
        (2, "weeks", "2026-05-18/2026-06-01"),
        (10, "years", "2016-06-01/2026-06-01"),
    ],
)
def test_less_than_so_long_ago_is_any_day_since(count: int, unit: Unit, span: str) -> None:
    assert within(count, unit, today=TODAY, ahead=False) == span


def test_months_end_where_the_calendar_ends() -> None:
    assert within(6, "months", today=date(2026, 8, 31), ahead=False) == "2026-02-28/2026-08-31"
    assert about(1, "years", today=date(2024, 2, 29), ahead=False) == "2022-08-28/2023-08-28"


def test_from_now_on_it_is_the_same_ahead() -> None:
    assert about(3, "weeks", today=TODAY, ahead=True) == "2026-06-18/2026-06-26"
    assert within(2, "months", today=TODAY, ahead=True) == "2026-06-01/2026-08-01"


@given(today=DAYS, count=COUNTS, unit=st.sampled_from(UNITS), ahead=st.booleans())
def test_it_is_always_a_span_on_one_side_of_today(
    today: date, count: int, unit: Unit, *, ahead: bool
) -> None:
    for told in (about, within):
        period = read_period(told(count, unit, today=today, ahead=ahead))
        assert period is not None
        assert period.said_as == "span"
        if ahead:
            assert today <= period.first
        else:
            assert period.last <= today


@given(today=DAYS, count=COUNTS)
def test_about_covers_half_a_unit_and_the_next_number_takes_over(today: date, count: int) -> None:
    halves: dict[Unit, float] = {"weeks": 3.5, "months": 15.5, "years": 182.5}
    for unit, half in halves.items():
        here = read_period(about(count, unit, today=today, ahead=False))
        next_one = read_period(about(count + 1, unit, today=today, ahead=False))
        assert here is not None
        assert next_one is not None
        assert (here.last - here.first) >= timedelta(days=2 * half - 2)
        assert here.first <= next_one.last + timedelta(days=1), "no day between two answers"
