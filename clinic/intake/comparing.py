"""What two sets of rules say of the same answers: worse, better, or only other advice. Pure.

What is compared is what decides about a booking: levels, waits, who may override, from when and
until when it may be booked. Wording is no difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from screening.engine import Level


class Direction(StrEnum):
    """What the new rules mean for this client."""

    WORSE = "WORSE"
    BETTER = "BETTER"
    OTHER = "OTHER"


STRICTNESS = {"practitioner": 0, "prescriber": 1, "never": 2}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One finding, without its words but for the title. `after` is its level after `until`;
    `named` are the client's own words that it quotes."""

    code: str
    title: str
    outcome: str
    level: Level
    until: date | None = None
    after: Level = Level.CLEAR
    override_by: str = "never"
    named: frozenset[str] = frozenset()

    @property
    def stands(self) -> bool:
        """Whether somebody must decide about it."""
        return self.level.blocks_booking

    @property
    def who(self) -> int:
        """How hard it is to set aside; nothing needs to be where nobody must decide."""
        return STRICTNESS.get(self.override_by, max(STRICTNESS.values())) if self.stands else 0

    @property
    def essence(self) -> tuple[object, ...]:
        """All of it but the title: wording is no difference."""
        return self.outcome, self.level, self.until, self.after, self.who, self.named

    def heavier_than(self, other: "Found") -> bool:
        """Whether any part of it weighs more, whatever the rest does."""
        longer = (self.until or date.min) > (other.until or date.min) or self.after > other.after
        return (
            self.level > other.level
            or self.who > other.who
            or (self.level == other.level and longer)
            or not self.named <= other.named
        )


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What some rules say of one set of answers under one plan.

    `clear_from` is `NEVER` where no day is clear; `clear_until` the last day of a clearance
    without review, None where there is none.
    """

    level: Level
    complete: bool
    hard_stop: bool
    clear_from: date
    clear_until: date | None
    windows_end: date
    findings: Mapping[str, Found] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One finding that is not what it was; None where it was or is not there."""

    code: str
    title: str
    old: Found | None
    new: Found | None

    @property
    def worse(self) -> bool:
        """New or heavier, or another reason for the same decision, which nobody has made yet."""
        if self.new is None or not self.new.stands:
            return False
        if self.old is None or self.new.heavier_than(self.old):
            return True
        return not self.old.heavier_than(self.new)

    @property
    def better(self) -> bool:
        """Gone or lighter, where a decision was needed before."""
        if self.old is None or not self.old.stands:
            return False
        return self.new is None or self.old.heavier_than(self.new)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The difference between two judgements of the same answers."""

    direction: Direction
    old: Judgement
    new: Judgement
    changed: tuple[Changed, ...]


def compare(old: Judgement, new: Judgement) -> Comparison | None:
    """How `new` differs from `old`; None where nothing that counts does."""
    changed = tuple(_changed(old.findings, new.findings))
    if any(one.worse for one in changed) or _stricter(old, new) or _warned_of_more(old, new):
        direction = Direction.WORSE
    elif any(one.better for one in changed) or _stricter(new, old):
        direction = Direction.BETTER
    elif changed or old.flags != new.flags:
        direction = Direction.OTHER
    else:
        return None
    return Comparison(direction=direction, old=old, new=new, changed=changed)


def _changed(old: Mapping[str, Found], new: Mapping[str, Found]) -> Iterable[Changed]:
    for code in (*new, *(code for code in old if code not in new)):
        before, after = old.get(code), new.get(code)
        if (before and before.essence) != (after and after.essence):
            title = after.title if after else before.title if before else code
            yield Changed(code=code, title=title, old=before, new=after)


def _stricter(old: Judgement, new: Judgement) -> bool:
    return (
        new.level > old.level
        or (old.complete and not new.complete)
        or (new.hard_stop and not old.hard_stop)
        or new.clear_from > old.clear_from
        or new.windows_end > old.windows_end
        or _shorter(old.clear_until, new.clear_until)
    )


def _warned_of_more(old: Judgement, new: Judgement) -> bool:
    """Whether a flag is new: consent and treatment of who stands would not know of it."""
    return not new.flags <= old.flags


def _shorter(old: date | None, new: date | None) -> bool:
    return old is not None and (new is None or new < old)
