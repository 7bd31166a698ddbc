"""Where to draw windows of time on one line of days: pure geometry, in percent of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LINE = 16
"""How high one line of small words is, in pixels."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One labelled day on the line; `at` is "0%" to "100%", `anchor` an SVG text-anchor.

    `line` is where its words stand, in pixels from the top: each mark has a line of its own, so
    that no two of them ever lie on each other.
    """

    at: str
    day: date
    label: str
    anchor: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Span:
    """One window of days, as a bar: `width` and both positions are percentages as text."""

    start: Mark
    end: Mark
    width: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Windows below each other on the same scale, with marked days across all of them.

    `head` is the height of the words above, in pixels.
    """

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    head: int


def draw_windows(
    spans: Sequence[tuple[date, date, str]], marks: Sequence[tuple[date, str]]
) -> Drawing:
    """Lay out windows (first day, day on which it is over, label) and the marked days.

    Raises ValueError when a window ends before it starts, or when there is none.
    """
    if not spans:
        raise ValueError("there is no window to draw")
    if any(end < start for start, end, _label in spans):
        raise ValueError("the window ends before it starts")
    days = [day for start, end, _label in spans for day in (start, end)]
    days += [day for day, _label in marks]
    first, last = min(days), max(days)
    length = (max(last, first + timedelta(days=1)) - first).days

    def position(day: date) -> float:
        return 4 + 92 * (day - first).days / length

    def mark(day: date, label: str = "", line: int = 0) -> Mark:
        at = position(day)
        anchor = "start" if at < 25 else "end" if at > 75 else "middle"
        return Mark(at=f"{at:.2f}%", day=day, label=label, anchor=anchor, line=line)

    return Drawing(
        spans=tuple(
            Span(
                start=mark(start),
                end=mark(end),
                width=f"{position(end) - position(start):.2f}%",
                label=label,
            )
            for start, end, label in spans
        ),
        marks=tuple(mark(day, label, LINE * n) for n, (day, label) in enumerate(marks, 1)),
        head=LINE * len(marks) + 6,
    )
