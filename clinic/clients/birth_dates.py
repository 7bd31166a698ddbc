"""A date of birth, as people write it. Pure."""

import re
from datetime import date
from time import strptime

DAY_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
YEAR_MONTH_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
WRITTEN = re.compile(r"(?<!\w)(\d{1,2} [A-Za-z]{3,9} \d{4})(?!\w)")


def take_birthday(text: str, today: date) -> tuple[date | None, str]:
    """The date of birth in `text`, if there is one, and what is left of it."""
    for pattern in (YEAR_MONTH_DAY, DAY_MONTH_YEAR, WRITTEN):
        match = pattern.search(text)
        born = match and birthday(match.group(0), today)
        if match and born:
            return born, f"{text[: match.start()]} {text[match.end() :]}".strip()
    return None, text


def birthday(text: str, today: date) -> date | None:
    """A date as people write it, day first: 12/04/1990, 12.4.90, 1990-04-12, 12 April 1990.

    Two digits of a year mean the last hundred years. None for what is no date.
    """
    text = " ".join(text.split())
    if match := YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _date(year, month, day)
    if match := DAY_MONTH_YEAR.fullmatch(text.replace(" ", "/")):
        day, month, year = (int(part) for part in match.groups())
        if len(match.group(3)) == 2:
            year += today.year // 100 * 100
            year -= 100 if year > today.year else 0
        return _date(year, month, day)
    return _written(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(text: str) -> date | None:
    for shape in ("%d %B %Y", "%d %b %Y"):
        try:
            return date(*strptime(text, shape)[:3])
        except ValueError:
            continue
    return None


def one_slip_away(born: date) -> frozenset[date]:
    """Dates that differ by one slip of the finger: a digit, two digits swapped, day and month."""
    typed = f"{born:%d%m%Y}"
    slips = {typed[2:4] + typed[:2] + typed[4:]}
    for place, digit in enumerate(typed):
        slips |= {typed[:place] + other + typed[place + 1 :] for other in "0123456789"}
        slips.add(typed[:place] + typed[place + 1 : place + 2] + digit + typed[place + 2 :])
    read = (_date(int(t[4:]), int(t[2:4]), int(t[:2])) for t in slips if int(t[4:]))
    return frozenset(slip for slip in read if slip and slip != born)
