"""What becomes of a live screening that new rules judge differently. Pure."""

from enum import StrEnum

from clinic.intake.comparing import Direction


class Fate(StrEnum):
    """`STANDS`: it may stand under the new rules. `REPLACED`: it ends, and another takes its
    place. `ENDED`: it ends, and the questions are asked again."""

    STANDS = "STANDS"
    REPLACED = "REPLACED"
    ENDED = "ENDED"


def fate(direction: Direction, *, cleared: bool, decided: bool, clears_itself: bool) -> Fate:
    """What becomes of it.

    `cleared`: a live clearance rests on it. `decided`: a clinician has decided about it.
    `clears_itself`: the new rules would clear it without anybody. What was judged stricter before
    may stand. Rules never take back a clinician's no: what would clear by itself although somebody
    decided otherwise only ends.
    """
    if direction is Direction.OTHER:
        return Fate.STANDS
    if direction is Direction.BETTER:
        return Fate.STANDS if cleared or decided else Fate.REPLACED
    if decided and not cleared and clears_itself:
        return Fate.ENDED
    return Fate.REPLACED
