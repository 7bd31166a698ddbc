"""Where to draw a window of time on a line: pure geometry, in percent of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One labelled day on the line; `at` is "0%" to "100%", `anchor` an SVG text-anchor."""

    at: str
    day: date
    label: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Window:
    """A span of days on a line, with marks. All positions are percentages as text."""

    start: Mark
    end: Mark
    width: str
    marks: tuple[Mark, ...]


def draw_window(
    start: date, end: date, marks: Sequence[tuple[date, str]], *, labels: tuple[str, str] = ("", "")
) -> Window:
    """Lay out the window `start`..`end` (days) and the marked days on one line with a margin.

    Raises ValueError when the window ends before it starts.
    """
    if end < start:
        raise ValueError("the window ends before it starts")
    days = [start, end, *(day for day, _label in marks)]
    first, last = min(days), max(days)
    if first == last:
        last = first + timedelta(days=1)
    length = (last - first).days

    def position(day: date) -> float:
        return 4 + 92 * (day - first).days / length

    def mark(day: date, label: str) -> Mark:
        at = position(day)
        anchor = "start" if at < 25 else "end" if at > 75 else "middle"
        return Mark(at=f"{at:.2f}%", day=day, label=label, anchor=anchor)

    return Window(
        start=mark(start, labels[0]),
        end=mark(end, labels[1]),
        width=f"{position(end) - position(start):.2f}%",
        marks=tuple(mark(day, label) for day, label in marks),
    )
