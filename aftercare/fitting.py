"""How large a sheet can be set so that it stays on its two pages."""

from dataclasses import dataclass
from math import ceil

from aftercare.sheet import Line, Sheet


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One way to set the sheet. ``name`` is the class of the body that `paper.css` knows."""

    name: str
    notes_on_front: bool


LAYOUTS = (
    Layout(name="fit-0", notes_on_front=False),
    Layout(name="fit-1", notes_on_front=True),
    Layout(name="flow-1", notes_on_front=True),
    Layout(name="flow-2", notes_on_front=True),
    Layout(name="flow-3", notes_on_front=True),
    Layout(name="flow-4", notes_on_front=True),
    Layout(name="flow-5", notes_on_front=True),
)
"""From 11 points down to 8.2, the most readable first."""

# Above so many lines the next smaller letters; what then still overflows is set smaller again.
_MOST_FLOWING = (90.5, 103, 114)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """About how many lines of 11 points each part takes."""

    front: float
    notes: float
    back: float
    covered: float


def amount(sheet: Sheet) -> Amount:
    """An estimate from the lengths of the texts; the layout itself is checked by its pages."""
    front = sum(0.3 + _lines(phase.text + "".join(phase.extra), 43) for phase in sheet.later_phases)
    front += sum(_lines(limit.text + limit.last_time, 56) for limit in sheet.limits)
    front += 0.3 * len(sheet.limit_groups) + _lines(sheet.today.text, 73)
    signs = [sign for group in sheet.signs for sign in group.signs]
    back = sum(max(_lines(s.text + s.period, 45), _lines(s.action, 40)) + 0.1 for s in signs)
    shown = [[x for x in half if not x.covered] for half in (sheet.do, sheet.dont)]
    halves = max(map(_column, (sheet.do, sheet.dont)))
    notes = sum(_lines(note.text, 86) for note in sheet.notes)
    notes += _lines("".join(p.name + p.how_often for p in sheet.products), 86)
    return Amount(
        front=front, notes=notes, back=back + halves, covered=halves - max(map(_column, shown))
    )


def _column(lines: tuple[Line, ...] | list[Line]) -> float:
    return sum(_lines(line.text, 41) for line in lines)


def _lines(text: str, width: int) -> int:
    return ceil(len(text) / width)


def first_layout(sheet: Sheet) -> int:
    """Where to begin in `LAYOUTS`, so that a heavy sheet is not laid out several times in vain.

    The limits were found by laying out sheets of every weight; they lean to the larger letters.
    """
    lines = amount(sheet)
    if lines.front <= 41 and lines.back + lines.notes <= 45.1:
        return 0
    if lines.front + lines.notes <= 46.7 and lines.back <= 46.5:
        return 1
    flowing = lines.front + lines.notes + lines.back - lines.covered
    return 2 + sum(flowing > most for most in _MOST_FLOWING)
