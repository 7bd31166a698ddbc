"""Where one consent stands, and so who must do what next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """The states of a consent, in the order in which they are looked at."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    OUTDATED = "outdated"
    EXPIRED = "expired"
    NOT_GIVEN = "not_given"
    COOLING_OFF = "cooling_off"
    CLIENT_SIGNS = "client_signs"
    PRACTITIONER_SIGNS = "practitioner_signs"
    IN_FORCE = "in_force"

    @property
    def needs_a_new_text(self) -> bool:
        """The way on is to give the text again."""
        return self in _GIVE_AGAIN

    @property
    def has_ended(self) -> bool:
        """Nothing can be done with it any more; a new text is needed."""
        return self in (Standing.REFUSED, Standing.WITHDRAWN, Standing.SUPERSEDED)


_GIVE_AGAIN = (Standing.REFUSED, Standing.WITHDRAWN, Standing.OUTDATED, Standing.EXPIRED)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the standing rests on. `end_kind` is empty while it has not ended.

    `cooling_off_until` is None until the text is in the client's hands. `is_current` is false once
    its text, or the answers and plan it was given for, have ended.
    """

    end_kind: str
    is_current: bool
    client_signed: bool
    practitioner_signed: bool
    cooling_off_until: datetime | None
    expires_on: date


def standing(facts: Facts, *, now: datetime, today: date) -> Standing:
    """The first that applies."""
    if facts.end_kind:
        return Standing(facts.end_kind.lower())
    if not facts.is_current:
        return Standing.OUTDATED
    if facts.expires_on < today:
        return Standing.EXPIRED
    if facts.cooling_off_until is None:
        return Standing.NOT_GIVEN
    if not can_sign(facts.cooling_off_until, now):
        return Standing.COOLING_OFF
    if not facts.client_signed:
        return Standing.CLIENT_SIGNS
    return Standing.IN_FORCE if facts.practitioner_signed else Standing.PRACTITIONER_SIGNS


def can_sign(cooling_off_until: datetime | None, now: datetime) -> bool:
    """The one rule of the time to think: it has begun and passed. Before that nobody signs.

    Page, action, gate and database go by it (`consent_signed_after_thinking` says it in SQL).
    """
    return cooling_off_until is not None and now >= cooling_off_until
