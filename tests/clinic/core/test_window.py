"""A window of days is laid out on its line in percent, whatever the days."""

from datetime import date

import pytest

from clinic.core.window import draw_window


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_days_keep_their_order_and_proportion() -> None:
    window = draw_window(date(2026, 6, 1), date(2026, 6, 11), [(date(2026, 6, 6), "planned")])
    assert percent(window.start.at) == 4
    assert percent(window.end.at) == 96
    assert percent(window.marks[0].at) == 50
    assert percent(window.width) == 92


def test_a_mark_outside_the_window_stays_on_the_line() -> None:
    window = draw_window(date(2026, 6, 1), date(2026, 6, 11), [(date(2026, 6, 21), "planned")])
    assert percent(window.end.at) == 50
    assert percent(window.marks[0].at) == 96
    assert window.marks[0].anchor == "end"


def test_a_window_of_one_day_can_be_drawn() -> None:
    window = draw_window(date(2026, 6, 1), date(2026, 6, 1), [])
    assert window.start.at == window.end.at == "4.00%"


def test_a_window_never_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        draw_window(date(2026, 6, 2), date(2026, 6, 1), [])
