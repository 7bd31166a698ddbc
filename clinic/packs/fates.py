"""What becomes of a live screening that new rules judge differently. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from clinic.intake.comparing import Direction


class Fate(StrEnum):
    """`STANDS`: it may stand under the new rules. `REPLACED`: it ends, and another takes its
    place. `ENDED`: it ends, and the questions are asked again."""

    STANDS = "STANDS"
    REPLACED = "REPLACED"
    ENDED = "ENDED"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a screening carries.

    `cleared`: a live clearance rests on it. `revoked`: one did, and none does now. `decided`: a
    clinician has decided about it. `clears_itself`: the new rules would clear it without anybody.
    `asks_more`: they ask what it has no answer to, which only the client can give.
    """

    cleared: bool
    revoked: bool
    decided: bool
    clears_itself: bool
    asks_more: bool = False


def fate(direction: Direction, of: Standing) -> Fate:
    """What becomes of it. What was judged more strictly before may stand.

    Rules never take back a no: neither a clinician's, nor that of a clearance that was ended
    because something was new, an adverse event was reported or consent was withdrawn.
    """
    if direction is Direction.OTHER:
        return Fate.STANDS
    if direction is Direction.BETTER:
        untouched = not (of.cleared or of.revoked or of.decided)
        return Fate.REPLACED if untouched else Fate.STANDS
    if of.asks_more:
        return Fate.ENDED
    if of.cleared:
        return Fate.REPLACED
    against = of.revoked or (of.decided and of.clears_itself)
    return Fate.ENDED if against else Fate.REPLACED
