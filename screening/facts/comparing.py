"""Whether the same rule in two packs says another thing, as SQL over a row of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.engine import Level, Rule

from .logic import FALSE, TRUE, Test, any_of, first_of, unequal
from .reading import Hits, Reader, Sure, no_hits
from .saying import Said, said_by


@dataclass(frozen=True, kw_only=True)
class Side:
    """A rule in one of the packs; ``hits`` where it may read those of other rules."""

    rule: Rule
    reader: Reader
    hits: Hits = no_hits

    def said(self, sure: Sure = "exact") -> list[Said]:
        """Everything that it may say."""
        return said_by(self.rule, self.reader, self.hits, sure)

    def flagged(self, flag: str, sure: Sure = "exact") -> Test:
        """Whether it adds a flag whatever outcome matched."""
        entries = (entry.when for entry in self.rule.flag_when if flag in entry.flags)
        return any_of(self.reader.test(when, self.hits, sure) for when in entries)


def other_said(old: Side, new: Side) -> Test:
    """Whether the two say another thing, counting all days on which their levels stay."""
    before, now = old.said(), new.said()
    branches = [(one.when, _other_than(one, now, before[:n])) for n, one in enumerate(before)]
    flags = flags_of(old, new)
    return any_of(
        [
            first_of(branches, _other_than(None, now, before)),
            *(unequal(old.flagged(flag), new.flagged(flag)) for flag in flags),
        ]
    )


def flags_of(old: Side, new: Side) -> list[str]:
    """The flags that either adds whatever outcome matched."""
    entries = [*old.rule.flag_when, *new.rule.flag_when]
    return list(dict.fromkeys(flag for entry in entries for flag in entry.flags))


def _other_than(matched: Said | None, said: Sequence[Said], failed: Sequence[Said]) -> Test:
    """Whether another thing is said than ``matched``, where those that ``failed`` do not hold."""
    known_false = {one.when for one in failed}
    branches = []
    for one in said:
        if one.when not in known_false:
            holds = TRUE if matched is not None and one.when == matched.when else one.when
            branches.append((holds, _other_finding(matched, one)))
    return first_of(branches, _other_finding(matched, None))


def _other_finding(one: Said | None, other: Said | None) -> Test:
    if one is None or other is None:
        said = one or other
        return FALSE if said is None else _loud(said)
    if one.wait is None or other.wait is None:
        return FALSE if one.meaning == other.meaning and one.wait == other.wait else TRUE
    if one.meaning != other.meaning:
        return any_of([_loud(one), _loud(other)])
    if one.wait == other.wait:
        return FALSE
    ends = f"({one.wait.from_assessed} <> {other.wait.from_assessed})"
    return any_of([one.wait.unknown, other.wait.unknown, ends])


def _loud(said: Said) -> Test:
    """Whether an outcome that matched says anything on some day."""
    if said.wait is None or said.after > Level.CLEAR:
        return TRUE
    return any_of([said.wait.unknown, said.wait.after("assessed_on")])
