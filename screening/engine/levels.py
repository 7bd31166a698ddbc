"""The five levels of a finding, and truth in three values.

Levels are ordered: the worst finding decides. Truth is Kleene's: ``True``, ``False``, or
``None`` for *unknown*. Unknown is never "no": it never makes a rule hit, and it never clears.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Final


class Level(IntEnum):
    """How serious a finding is; a higher number is worse."""

    CLEAR = 0
    ADVISE = 1
    REVIEW = 2
    DEFER = 3
    CONTRAINDICATED = 4

    @property
    def blocks_booking(self) -> bool:
        """Nothing above ADVISE may be booked without a decision or a later date."""
        return self > Level.ADVISE


class Kind(StrEnum):
    """How long a contraindication lasts."""

    WHILE_PRESENT = "while_present"
    PERMANENT = "permanent"


class Unknown(Enum):
    """A value that should be there and is not, or cannot be read."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN

Truth = bool | None
"""``True``, ``False``, or ``None`` for unknown."""


def kleene_not(value: Truth) -> Truth:
    """Not unknown is unknown."""
    return None if value is None else not value
