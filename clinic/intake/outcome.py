"""What happens after the answers were handed in. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic.intake.models import NEVER, Clearance, Level, Screening


class Next(StrEnum):
    """The one thing that comes next, first that applies."""

    REPLACED = "replaced"
    BOOK_NOW = "book_now"
    BOOK_FROM = "book_from"
    STOPPED = "stopped"
    ASK_AGAIN = "ask_again"
    WAIT_AND_REVIEW = "wait_and_review"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What comes next; `day` is its first day where it has one, `until` its last."""

    next: Next
    day: date | None = None
    until: date | None = None


def outcome(screening: Screening, clearance: Clearance | None, *, today: date) -> Outcome:
    """What comes next for a screening and the live clearance that rests on it (if any)."""
    if screening.ended_at is not None:
        return Outcome(next=Next.REPLACED)
    if clearance is not None and clearance.valid_until >= today:
        later = clearance.valid_from > today
        return Outcome(
            next=Next.BOOK_FROM if later else Next.BOOK_NOW,
            day=clearance.valid_from,
            until=clearance.valid_until,
        )
    if screening.hard_stop:
        return Outcome(next=Next.STOPPED)
    if screening.clear_from != NEVER:
        return Outcome(next=Next.ASK_AGAIN, day=max(screening.clear_from, today))
    if screening.level == Level.DEFER:
        return Outcome(next=Next.WAIT_AND_REVIEW, day=screening.defer_until)
    return Outcome(next=Next.REVIEW)
