"""Calendar arithmetic at the ends of months, in leap years and on birthdays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.dates import Window, add_months, age_on, birthday, in_words, parse_iso
from tests.screening.reference import after
from tests.screening.reference import age as age_by_counting


@pytest.mark.parametrize(
    ("basis", "months", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 6, date(2026, 7, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_calendar_months(basis: date, months: int, end: date) -> None:
    assert add_months(basis, months) == end
    assert Window(months=months).after(basis) == end


def test_calendar_days_cross_a_leap_day() -> None:
    assert Window(days=28).after(date(2024, 2, 10)) == date(2024, 3, 9)
    assert Window(days=28).after(date(2026, 2, 10)) == date(2026, 3, 10)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 400))
def test_months_agree_with_counting_one_by_one(basis: date, months: int) -> None:
    assert add_months(basis, months) == after(basis, {"months": months})


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 1, 1)), st.integers(0, 110))
def test_a_birthday_is_the_first_day_of_an_age(born: date, age: int) -> None:
    day = birthday(born=born, age=age)
    assert age_on(day, born=born) == age == age_by_counting(born, day)
    assert age_on(date.fromordinal(day.toordinal() - 1), born=born) == age - 1


@pytest.mark.parametrize(
    "window", [{}, {"days": 0}, {"days": -1}, {"months": 0}, {"days": 1, "months": 1}]
)
def test_a_window_is_one_positive_number(window: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="positive number"):
        Window(**window)


def test_the_calendar_has_an_end() -> None:
    assert Window(days=1).after(date.max) == date.max
    assert Window(months=6).after(date.max) == date.max
    assert birthday(born=date(9990, 1, 1), age=22) == date.max
    assert birthday(born=date(9977, 5, 1), age=22) == date(9999, 5, 1)
    assert Window(months=1).after(date(9999, 11, 30)) == date(9999, 12, 30)


@pytest.mark.parametrize(
    "text",
    ["2026-02-29", "2026-6-1", "20260601", "2026-W01-1", "2026-06-01T00:00", " 2026-06-01",
     "2026-06-01\n", "٢٠٢٦-٠٦-٠١", "0000-01-01", "", None, 20260601, date(2026, 6, 1)],
)  # fmt: skip
def test_only_one_spelling_of_a_date_is_read(text: object) -> None:
    assert parse_iso(text) is None


def test_dates_are_told_in_words() -> None:
    assert parse_iso("2026-07-31") == date(2026, 7, 31)
    assert in_words(date(2026, 7, 31)) == "31 July 2026"
