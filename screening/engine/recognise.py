"""Finding the terms of a lexicon in what somebody wrote. Pure.

Every word is compared as it is read (``spelling``). A word that is no term may still be a
misspelt one: it counts where it is within one edit of a term of six to eight letters, or within
two of a longer one; its first letter may be wrong, but then nothing else. Shorter terms must be
spelled as they are. A term of several words must be there in full; one of seven letters or more
also written as one word, or in pieces. "No warfarin" names warfarin: what is denied is quoted
like anything else, for a program that reads English too cleverly passes over something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .lexicon import Entry, Lexicon
from .spelling import Word, folded_words, readable, words

LONGEST_READ = 20_000
"""Characters of one text that are looked through; whoever wrote more is read by a person."""
LONGEST_QUOTE = 80
GLUED = 7
PIECES = 5
ALTERNATIVES = 3

_DOSE = re.compile(r"[\s,:-]{0,3}\d+(?:[.,]\d+)?\s{0,2}(?:mcg|mg|ug|µg|g|ml|iu|units?|%)\b", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An entry that a text names, in the words of the text (with the dose, if one follows)."""

    entry: Entry
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """A lexicon made ready.

    ``terms`` by their words, ``glued`` written as one; ``begins`` and ``starts`` tell at once
    where none of them can begin. ``near`` holds, by first letter and length of a word, the words
    of terms that it may stand for; ``tails`` those words by what follows their first letter.
    """

    terms: dict[tuple[str, ...], Entry]
    begins: frozenset[tuple[str, ...]]
    glued: dict[str, Entry]
    starts: frozenset[str]
    vocabulary: frozenset[str]
    ordinary: frozenset[str]
    near: dict[tuple[str, int], tuple[str, ...]]
    tails: dict[str, str]


def edits_allowed(length: int) -> int:
    """How many letters of a term of this length may be wrong, missing, added or swapped."""
    if length < 6:
        return 0
    return 1 if length < 9 else 2


@lru_cache(maxsize=64)
def index_of(lexicon: Lexicon) -> Index:
    """Compile a lexicon; the same one is compiled once."""
    terms: dict[tuple[str, ...], Entry] = {}
    for entry in lexicon.entries:
        for term in entry.terms:
            terms.setdefault(folded_words(term), entry)
    vocabulary = frozenset(word for spelled in terms for word in spelled)
    for spelled, entry in tuple(terms.items()):
        if len(spelled[-1]) > 3 and not spelled[-1].endswith("s"):
            terms.setdefault((*spelled[:-1], f"{spelled[-1]}s"), entry)
    joined = ((("".join(spelled)), entry) for spelled, entry in terms.items())
    glued = {term: entry for term, entry in joined if len(term) >= GLUED}
    return Index(
        terms=terms,
        begins=frozenset(spelled[:n] for spelled in terms for n in range(1, len(spelled) + 1)),
        glued=glued,
        starts=frozenset(joined[:n] for joined in glued for n in range(1, GLUED)),
        vocabulary=frozenset(word for spelled in terms for word in spelled),
        ordinary=frozenset("".join(folded_words(word)) for word in lexicon.ordinary),
        near=_near(vocabulary),
        tails={word[1:]: word for word in sorted(vocabulary) if edits_allowed(len(word))},
    )


def _near(vocabulary: frozenset[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(vocabulary):
        most = edits_allowed(len(word))
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            found.setdefault((word[0], length), []).append(word)
    return {key: tuple(listed) for key, listed in found.items()}


def recognise(lexicon: Lexicon, text: str) -> tuple[Seen, ...]:
    """What a text names, in its order; the same words once."""
    index = index_of(lexicon)
    found: dict[tuple[str, str], Seen] = {}
    for entry, start, end in _matches(index, words(text[:LONGEST_READ])):
        quote = _quote(text, start, end)
        found.setdefault((entry.id, quote.casefold()), Seen(entry=entry, quote=quote))
    return tuple(found.values())


def _matches(index: Index, said: Sequence[Word]) -> Iterator[tuple[Entry, int, int]]:
    """Entries with their places, from left to right, the longest term at each place."""
    meant = _meant(index, said)
    at = 0
    while at < len(said):
        count, entry = _spelled(index, meant, at)
        pieces, whole = _glued(index, said, at)
        if pieces > count:
            count, entry = pieces, whole
        if entry is not None:
            yield entry, said[at].start, said[at + count - 1].end
        at += max(count, 1)


def _spelled(index: Index, meant: Sequence[tuple[str, ...]], at: int) -> tuple[int, Entry | None]:
    """The longest term that begins here word by word, and of how many words it is."""
    best: tuple[int, Entry | None] = (0, None)
    begun: list[tuple[str, ...]] = [()]
    if len(meant[at]) == 1 and meant[at] not in index.begins:
        return best
    for place in range(at, len(meant)):
        begun = [
            spelled
            for before in begun
            for word in meant[place]
            if (spelled := (*before, word)) in index.begins
        ]
        if not begun:
            break
        for spelled in begun:
            if (entry := index.terms.get(spelled)) is not None and best[0] < len(spelled):
                best = (len(spelled), entry)
    return best


def _glued(index: Index, said: Sequence[Word], at: int) -> tuple[int, Entry | None]:
    """The longest term that is there letter by letter, however it is cut into words."""
    best: tuple[int, Entry | None] = (0, None)
    joined = ""
    for count, word in enumerate(said[at : at + PIECES], 1):
        joined += word.text
        if joined[: GLUED - 1] not in index.starts:
            break
        if (entry := index.glued.get(joined)) is not None:
            best = (count, entry)
    return best


def _meant(index: Index, said: Sequence[Word]) -> list[tuple[str, ...]]:
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
