"""Where a draft stands: worked out from what was added, never stored. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The states of a draft, in the order of its life."""

    DRAFT = "DRAFT"
    SIMULATED = "SIMULATED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self not in (State.PUBLISHED, State.DISCARDED)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the state rests on. `simulated` and `approved` are of the newest revision."""

    discarded: bool
    published: bool
    approved: bool
    simulated: bool


def state(facts: Facts) -> State:
    """The first that applies, from the end."""
    if facts.discarded:
        return State.DISCARDED
    if facts.published:
        return State.PUBLISHED
    if facts.approved:
        return State.APPROVED
    return State.SIMULATED if facts.simulated else State.DRAFT
