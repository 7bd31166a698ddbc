"""How long the skin rests between sessions. Pure."""

from datetime import date, timedelta
from decimal import Decimal

from clinic.booking.values import Session

DEEP_MM = Decimal("1.5")
"""From this depth on the longer rest applies (`rules.json`, session_interval: policy; 28 or 42
days, the longer after radiofrequency or 1.5 mm and deeper)."""


def rest_days(*, modality: str, depth_mm: Decimal, interval: int, deep_interval: int) -> int:
    """Days from a session to the first day of the next; the earlier session decides."""
    return deep_interval if modality == "RF_MN" or depth_mm >= DEEP_MM else interval


def in_the_way(on: date, days: int, sessions: tuple[Session, ...]) -> list[Session]:
    """The sessions that put `on` off, by their day; the rest of the last one ends on the first day
    that leaves every rest whole.

    A session before `on` must have rested by then, and one booked after `on` needs the rest that
    a session `on` that day would take.
    """
    day, blocking = on, []
    for session in sorted(sessions, key=lambda s: s.day):
        if session.day < day + timedelta(days=days) and day < session.rest_until:
            day = session.rest_until
            blocking.append(session)
    return blocking
