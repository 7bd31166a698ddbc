"""Dates as people say them, and limits that never end before their time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from aftercare import words

LONDON = ZoneInfo("Europe/London")
TUESDAY = date(2026, 6, 16)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 6, 18), date(2026, 6, 19), "Thu 18 until Fri 19 June"),
        (date(2026, 6, 30), date(2026, 7, 2), "Tue 30 June until Thu 2 July"),
        (date(2026, 12, 30), date(2027, 1, 2), "Wed 30 December until Sat 2 January 2027"),
        (date(2026, 6, 18), date(2026, 6, 18), "Thu 18 June"),
    ],
)
def test_a_stretch_of_days(first: date, last: date, said: str) -> None:
    assert words.day_range(first, last, seen_from=TUESDAY) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(24, "24 hours"), (48, "48 hours"), (72, "3 days"), (168, "7 days"), (336, "2 weeks")],
)
def test_a_length(hours: int, said: str) -> None:
    assert words.span(hours) == said


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # the clocks go forward: 24 hours end an hour later by the wall
        ("2026-03-28T14:30:00+00:00", "2026-03-29T15:30:00+01:00"),
        # the clocks go back
        ("2026-10-24T14:30:00+01:00", "2026-10-25T13:30:00+00:00"),
        # into the hour that exists twice: the real 24 hours decide which
        ("2026-10-24T02:30:00+01:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_hours_are_real_hours_over_a_clock_change(start: str, end: str) -> None:
    found = words.after_hours(datetime.fromisoformat(start), 24, LONDON)
    assert found.isoformat() == end


def test_an_end_is_rounded_up_to_the_quarter_hour_never_down() -> None:
    start = datetime.fromisoformat("2026-06-16T14:30:01+01:00")
    assert words.after_hours(start, 24, LONDON).isoformat() == "2026-06-17T14:45:00+01:00"


def test_a_list() -> None:
    assert words.listed(["cheeks"]) == "cheeks"
    assert words.listed(["cheeks", "nose", "neck"]) == "cheeks, nose and neck"
