"""Two texts, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 2_000
"""Words beyond which two texts are told as a whole: matching would take too long."""

ALIKE = 0.55
"""Two texts less alike than this (0 to 1) are told one after the other: pieces would confuse."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words that is in both texts, only in the old one, or only in the new one."""

    mark: Literal["same", "del", "ins"]
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order. Joined without "ins" they are `old`, without "del" `new`."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > MOST:
        return tuple(_replaced(old, new))
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return tuple(_replaced(old, new))
    return tuple(_matched(matcher, before, after))


def _matched(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(mark="same", text="".join(before[start:end]))
        else:
            yield from _replaced("".join(before[start:end]), "".join(after[first:last]))


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece(mark="del", text=old)
    if new:
        yield Piece(mark="ins", text=new)
