"""Finding the terms of a lexicon in what somebody wrote. Pure.

Every word is compared as it is read (``spelling``). A word that is no term may still be a
misspelt one: it counts where it is within one edit of a term of six to eight letters, or within
two of a longer one; its first letter may be wrong, but then nothing else. Shorter terms must be
spelled as they are. A term of several words must be there in full; one of seven letters or more
also written as one word, or in pieces. An ordinary phrase that is longer takes its words out, and
what stands beside a term may show that it is none (``guards``). "No warfarin" names warfarin: what
is denied is quoted like anything else, for a program that reads English too cleverly passes over
something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .guards import Place, counts, stands_out
from .lexicon import Entry, Lexicon
from .lexicon_index import GLUED, Index, Spelled, edits_allowed, index_of
from .spelling import Word, readable, words

LONGEST_READ = 20_000
"""Characters of one text that are looked through; whoever wrote more is read by a person."""
LONGEST_QUOTE = 80
PIECES = 5
ALTERNATIVES = 3

_DOSE = re.compile(r"[\s,:-]{0,3}\d+(?:[.,]\d+)?\s{0,2}(?:mcg|mg|ug|µg|g|ml|iu|units?|%)\b", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An entry that a text names, in the words of the text (with the dose, if one follows)."""

    entry: Entry
    quote: str


def recognise(lexicon: Lexicon, text: str) -> tuple[Seen, ...]:
    """What a text names, in its order; the same words once for each matter."""
    index = index_of(lexicon)
    found: dict[tuple[str, str], Seen] = {}
    for entries, start, end in _matches(index, text, words(text[:LONGEST_READ])):
        quote = _quote(text, start, end)
        for entry in entries:
            found.setdefault((entry.id, quote.casefold()), Seen(entry=entry, quote=quote))
    return tuple(found.values())


Match = tuple[int, tuple[Entry, ...]]
"""Of how many words a term is, and what it names; no words where there is none."""


def _matches(
    index: Index, text: str, said: Sequence[Word]
) -> Iterator[tuple[tuple[Entry, ...], int, int]]:
    """Entries with their places, from left to right, the longest term at each place."""
    meant = _meant(index, said)
    at = 0
    while at < len(said):
        count, entries = _spelled(index, text, said, meant, at)
        pieces, whole = _glued(index, said, at)
        if pieces > count:
            count, entries = pieces, whole
        if entries:
            yield entries, said[at].start, said[at + count - 1].end
        at += max(count, 1)


def _spelled(
    index: Index, text: str, said: Sequence[Word], meant: Sequence[Spelled], at: int
) -> Match:
    """The longest term that begins here word by word and is one."""
    if len(meant[at]) == 1 and meant[at] not in index.begins:
        return 0, ()
    found: list[Spelled] = []
    begun: list[Spelled] = [()]
    for place in range(at, len(meant)):
        begun = [
            spelled
            for before in begun
            for word in meant[place]
            if (spelled := (*before, word)) in index.begins
        ]
        if not begun:
            break
        found.extend(spelled for spelled in begun if spelled in index.terms)
    for spelled in sorted(found, key=len, reverse=True):
        if _is_one(index, spelled, Place(text=text, said=said, at=at, end=at + len(spelled))):
            return len(spelled), index.terms[spelled]
    return 0, ()


def _is_one(index: Index, spelled: Spelled, place: Place) -> bool:
    if spelled in index.capitals and not stands_out(index.standing_out, place):
        return False
    return counts(index.guards.get(spelled, ()), place)


def _glued(index: Index, said: Sequence[Word], at: int) -> Match:
    """The longest term that is there letter by letter, however it is cut into words."""
    best: Match = (0, ())
    joined = ""
    for count, word in enumerate(said[at : at + PIECES], 1):
        joined += word.text
        if joined[: GLUED - 1] not in index.starts:
            break
        if (entries := index.glued.get(joined)) is not None:
            best = (count, entries)
    return best


def _meant(index: Index, said: Sequence[Word]) -> list[Spelled]:
    """For each word itself, then the words of terms that it may be a misspelling of."""
    known: dict[str, tuple[str, ...]] = {}
    for word in said:
        if word.text not in known:
            known[word.text] = (word.text, *_misspelt(index, word.text))
    return [known[word.text] for word in said]


def _misspelt(index: Index, word: str) -> tuple[str, ...]:
    if not edits_allowed(len(word) + 1) or word in index.vocabulary or word in index.ordinary:
        return ()
    found: list[str] = []
    if alike := index.near.get((word[0], len(word))):
        near = extract(word, alike, scorer=OSA.distance, score_cutoff=2, limit=ALTERNATIVES)
        found = [term for term, edits, _ in near if edits <= edits_allowed(len(term))]
    return tuple(found) or _first_letter(index, word)


def _first_letter(index: Index, word: str) -> tuple[str, ...]:
    """Words of terms that differ in their first letter alone: another, none, or one too many."""
    begun = (index.tails.get(word[1:]), index.tails.get(word))
    added = word[1:] if edits_allowed(len(word) - 1) and word[1:] in index.vocabulary else None
    swapped = word[1:2] + word[:1] + word[2:]
    turned = swapped if edits_allowed(len(word)) and swapped in index.vocabulary else None
    return tuple(term for term in (*begun, added, turned) if term is not None)


def _quote(text: str, start: int, end: int) -> str:
    dose = _DOSE.match(text, end)
    quote = readable(text[start : dose.end() if dose else end])
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[: LONGEST_QUOTE - 1]}…"
