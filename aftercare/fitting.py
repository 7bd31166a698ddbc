"""How large a sheet can be set so that it stays on its two pages. Pure."""

from math import ceil

from aftercare.sheet import Line, Sheet

SIZES = tuple(f"size-{step}" for step in range(8))
"""Classes of the body that `paper.css` knows: 11 points to 8.2, and one beyond all measure."""
FULLER = "fuller"
"""From the second size on, what a dated limit says already is not said again."""

# Above so many lines of 11 points begin with the next smaller letters; what then still overflows
# is set smaller again.
MOST_LINES = (90.0, 97.0, 104.0, 114.0, 123.0, 136.0, 170.0)

MOST_LINES_SAID_TWICE = 85.0
"""The same for a first session's sheet in the largest letters, which says some things twice."""


def layouts(sheet: Sheet) -> tuple[str, ...]:
    """Body classes to try in turn, beginning where the sheet is likely to fit.

    The limits were found by laying out sheets of every weight; they lean to the larger letters.
    """
    lines, largest = amount(sheet), amount(sheet, covered=True)
    says_twice = largest > lines and largest > MOST_LINES_SAID_TWICE
    first = sum(lines > most for most in MOST_LINES) or int(says_twice)
    return tuple(size if size == SIZES[0] else f"{size} {FULLER}" for size in SIZES[first:])


def amount(sheet: Sheet, *, covered: bool = False) -> float:
    """About how many lines of 11 points it takes; the layout itself is checked by its pages.

    `covered`: with what a dated limit says already.
    """
    seen = (sheet.stopped, sheet.reaction, *(line.text for line in sheet.seen))
    happened = sum(_lines(text, 86) + 0.4 for text in seen if text)
    phases = sum(0.3 + _lines(p.text + "".join(p.extra), 43) for p in sheet.later_phases)
    limits = sum(
        _lines(limit.text + limit.from_words + limit.last_time, 58) for limit in sheet.limits
    )
    signs = [sign for group in sheet.signs for sign in group.signs]
    warnings = sum(max(_lines(s.text + s.period, 45), _lines(s.action, 40)) + 0.1 for s in signs)
    notes = sum(_lines(note.text, 86) for note in sheet.notes)
    notes += _lines("".join(p.text + p.from_words for p in sheet.products), 86)
    details = sum(_lines(one.text, 60) + 0.3 for one in sheet.details)
    names = _lines(sheet.full_name, 30) + _lines(sheet.today.text + sheet.practitioner, 73)
    whole = happened + phases + limits + 0.3 * len((*sheet.avoid, *sheet.keep)) + warnings + notes
    return whole + details + names + _halves(sheet.do, sheet.dont, covered=covered)


def _halves(do: tuple[Line, ...], dont: tuple[Line, ...], *, covered: bool) -> float:
    """Do and Do not stand side by side, row by row."""
    texts = [[line.text for line in half if covered or not line.covered] for half in (do, dont)]
    longest = max(map(len, texts))
    rows = zip(*(half + [""] * (longest - len(half)) for half in texts), strict=True)
    return sum(max(_lines(left, 41), _lines(right, 41)) + 0.1 for left, right in rows)


def _lines(text: str, width: int) -> int:
    return ceil(len(text) / width)
