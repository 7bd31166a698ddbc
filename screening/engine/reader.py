"""Whether a person has to read what somebody wrote. Pure.

Nobody has to where it says nothing ("none", "n/a"), or where every part of it is an everyday
medicine that the pack lists, letter by letter: a part that is misspelt, denied or not understood
leaves the whole text to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .answers import text_is_present
from .conditions import Condition
from .everyday import Everyday, Group
from .rules import Pack

LONGEST_EVERYDAY = 4_000
"""Characters of a text that may be everyday medicines; a longer one is read by a person."""

Holds = Callable[[Condition], bool]
"""Whether a condition on the answers, as they were given, is true."""

_PARTS = re.compile(r"[,;\n\r+&]|\.(?=\s|$)|\b(?:and|plus)\b")
_STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
_NUMBER = r"\d+(?:[.,]\d+)?"
_ENDS = " .!,;-"


def says_something(text: str, pack: Pack) -> bool:
    """Whether a text is more than a word for nothing, or dashes."""
    everyday = _everyday(pack)
    if everyday is None:
        return text_is_present(text)
    bare = " ".join(text.lower().split())
    return bool(bare.strip(" -–—")) and bare.strip(_ENDS) not in everyday.nothing


def options_meant(text: str, pack: Pack, holds: Holds) -> frozenset[str] | None:
    """The options of the pack's everyday question that a text counts as: none of them where it
    says nothing. ``None`` where somebody has to read it."""
    if not says_something(text, pack):
        return frozenset()
    groups = _groups(text, pack, holds)
    return None if groups is None else frozenset(group.option for group in groups if group.option)


def _everyday(pack: Pack) -> Everyday | None:
    return None if pack.lexicon is None else pack.lexicon.everyday


def _groups(text: str, pack: Pack, holds: Holds) -> list[Group] | None:
    """The groups that its parts belong to; ``None`` where one part belongs to none."""
    everyday = _everyday(pack)
    if everyday is None or len(text) > LONGEST_EVERYDAY:
        return None
    words, found, parts = _words(everyday), [], 0
    for part in _parts(text):
        parts += 1
        if part in everyday.nothing:
            continue
        group = words.group_of(part.split(" "))
        if group is None or not (group.only_if is None or holds(group.only_if)):
            return None
        found.append(group)
    return found if parts else None


def _parts(text: str) -> Iterator[str]:
    # Lines end parts, so only the spaces inside a line are drawn together.
    lower = re.sub(r"[^\S\n\r]+", " ", text.lower().translate(_STRAIGHT))
    trimmed = (part.strip(_ENDS) for part in _PARTS.split(lower))
    return (part for part in trimmed if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The lists made ready: phrases as words, the longest first."""

    groups: dict[tuple[str, ...], Group]
    lead: tuple[tuple[str, ...], ...]
    tail: tuple[tuple[str, ...], ...]
    dose: re.Pattern[str]
    longest: int
    widest: int

    def group_of(self, part: list[str]) -> Group | None:
        """The group of a part without its leading words, the words behind it, and its doses."""
        start, end = 0, len(part)
        while step := _taken(part[start : start + self.widest], self.lead, at_end=False):
            start += step
        while True:
            if end - start <= self.longest and (group := self.groups.get(tuple(part[start:end]))):
                return group
            behind = part[max(start, end - self.widest) : end]
            step = _taken(behind, self.tail, at_end=True) or self._dose(behind)
            if not step:
                return None
            end -= step

    def _dose(self, words: list[str]) -> int:
        """How many words at the end are a dose: "50mg", "50", "50 mg"."""
        return next(
            (n for n in (2, 1) if len(words) >= n and self.dose.fullmatch(" ".join(words[-n:]))), 0
        )


@lru_cache(maxsize=64)
def _words(everyday: Everyday) -> _Words:
    units = "|".join(map(re.escape, everyday.units))
    groups = {tuple(p.split(" ")): group for group in everyday.groups for p in group.phrases}
    return _Words(
        groups=groups,
        lead=_longest_first(everyday.lead),
        tail=_longest_first(everyday.tail),
        dose=re.compile(rf"{_NUMBER} ?(?:{units})?"),
        longest=max(map(len, groups), default=0),
        widest=max(2, *(len(p.split(" ")) for p in (*everyday.lead, *everyday.tail))),
    )


def _longest_first(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(p.split(" ")) for p in phrases), key=len, reverse=True))


def _taken(words: list[str], phrases: tuple[tuple[str, ...], ...], *, at_end: bool) -> int:
    """How many words the first of the phrases takes off one end of these; 0 for none."""
    for phrase in phrases:
        size = len(phrase)
        if tuple(words[-size:] if at_end else words[:size]) == phrase:
            return size
    return 0
