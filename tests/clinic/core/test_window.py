"""Windows of days are laid out on one line in percent, whatever the days."""

from datetime import date

import pytest

from clinic.core.window import Drawing, draw_windows

JUNE = (date(2026, 6, 1), date(2026, 6, 11), "")


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def places(drawing: Drawing) -> list[tuple[float, float]]:
    return [(percent(span.start.at), percent(span.end.at)) for span in drawing.spans]


def test_days_keep_their_order_and_proportion() -> None:
    drawing = draw_windows([JUNE], [(date(2026, 6, 6), "planned")])
    assert places(drawing) == [(4, 96)]
    assert percent(drawing.marks[0].at) == 50
    assert percent(drawing.spans[0].width) == 92


def test_a_mark_outside_the_window_stays_on_the_line() -> None:
    drawing = draw_windows([JUNE], [(date(2026, 6, 21), "planned")])
    assert places(drawing) == [(4, 50)]
    assert percent(drawing.marks[0].at) == 96
    assert drawing.marks[0].anchor == "end"


def test_several_windows_share_one_scale() -> None:
    later = (date(2026, 6, 6), date(2026, 6, 21), "peel")
    drawing = draw_windows([JUNE, later], [])
    assert places(drawing) == [(4, 50), (27, 96)]
    assert [span.label for span in drawing.spans] == ["", "peel"]


def test_marked_days_never_lie_on_each_other_however_near() -> None:
    near = [(date(2026, 6, 1), "answers"), (date(2026, 6, 1), "wished"), (date(2026, 6, 2), "x")]
    drawing = draw_windows([JUNE], near)
    lines = [mark.line for mark in drawing.marks]
    assert len(set(lines)) == 3
    assert max(lines) < drawing.head


def test_days_years_apart_still_keep_within_the_line() -> None:
    long = (date(2020, 2, 29), date(2026, 6, 11), "")
    drawing = draw_windows([long, JUNE], [(date(2027, 6, 1), "planned")])
    ends = [at for place in places(drawing) for at in place]
    assert min(ends) == 4
    assert max(*ends, percent(drawing.marks[0].at)) == 96
    assert percent(drawing.spans[1].width) > 0


def test_a_window_of_one_day_can_be_drawn() -> None:
    one = draw_windows([(date(2026, 6, 1), date(2026, 6, 1), "")], [])
    assert places(one) == [(4, 4)]


def test_a_window_never_ends_before_it_starts_and_nothing_is_no_window() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        draw_windows([(date(2026, 6, 2), date(2026, 6, 1), "")], [])
    with pytest.raises(ValueError, match="no window"):
        draw_windows([], [(date(2026, 6, 1), "planned")])
