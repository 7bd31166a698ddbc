"""On the client's phone the day that it is comes first, and what has passed goes."""

from datetime import timedelta

import pytest

from aftercare.today import is_over, today_on
from tests.aftercare.treatment import sheet


@pytest.mark.parametrize("days", [0, 1, 2, 3, 7, 8, 14, 28, 29, 60, 364])
def test_every_day_of_the_sheet_has_its_line(days: int) -> None:
    made = sheet()
    today = today_on(made, made.treated_at + timedelta(days=days))
    assert today.number == days
    assert today.phases
    assert [phase.text for phase in today.phases if phase.text] == [today.phases[0].text]


def test_after_the_sheet_no_day_is_claimed() -> None:
    made = sheet()
    assert today_on(made, made.treated_at + timedelta(days=500)).phases == ()


def test_before_anything_has_passed_everything_is_to_avoid() -> None:
    made = sheet()
    today = today_on(made, made.treated_at)
    assert (today.avoid, today.keep) == (made.avoid, made.keep)


def test_a_limit_told_with_its_time_ends_at_that_time() -> None:
    limit = next(one for one in sheet().limits if one.hours == 24)
    assert limit.until is not None
    assert not is_over(limit, limit.until - timedelta(minutes=1))
    assert is_over(limit, limit.until)


def test_a_limit_told_by_its_day_lasts_to_the_end_of_that_day() -> None:
    limit = next(one for one in sheet().limits if one.hours and one.hours >= 72)
    assert limit.until is not None
    last_minute = limit.until.replace(hour=23, minute=59)
    assert not is_over(limit, last_minute)
    assert is_over(limit, last_minute + timedelta(minutes=1))


def test_what_holds_for_the_whole_course_never_passes() -> None:
    made = sheet()
    today = today_on(made, made.treated_at + timedelta(days=400))
    assert [limit.hours for group in today.avoid for limit in group.limits] == [None]
    assert today.keep == ()
