"""A lexicon made ready for looking: its terms by their words, and what a slip may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .guards import Capitals, Guard
from .lexicon import Entry, Lexicon
from .spelling import folded_words

GLUED = 7

Spelled = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """A lexicon made ready.

    ``terms`` by their words, with the entries that they name (of an ordinary phrase none),
    ``glued`` written as one; ``begins`` and ``starts`` tell at once where none of them can begin.
    ``near`` holds, by first letter and length of a word, the words of terms that it may stand
    for; ``tails`` those words by what follows their first letter. ``guards`` are those of each
    term, ``capitals`` the terms that count only where they stand out.
    """

    terms: Mapping[Spelled, tuple[Entry, ...]]
    begins: frozenset[Spelled]
    glued: Mapping[str, tuple[Entry, ...]]
    starts: frozenset[str]
    vocabulary: frozenset[str]
    ordinary: frozenset[str]
    near: Mapping[tuple[str, int], tuple[str, ...]]
    tails: Mapping[str, str]
    guards: Mapping[Spelled, tuple[Guard, ...]]
    capitals: frozenset[Spelled]
    standing_out: Capitals


def edits_allowed(length: int) -> int:
    """How many letters of a term of this length may be wrong, missing, added or swapped."""
    if length < 6:
        return 0
    return 1 if length < 9 else 2


@lru_cache(maxsize=64)
def index_of(lexicon: Lexicon) -> Index:
    """Compile a lexicon; the same one is compiled once."""
    capitals = frozenset(map(folded_words, lexicon.capitals.words))
    singular = _terms(lexicon)
    plurals = _plurals(singular, lexicon.plural_from, capitals)
    terms = {**{word: singular[one] for word, one in plurals.items()}, **singular}
    exact = frozenset(map(folded_words, lexicon.exact))
    guards = _guards(lexicon, terms, plurals)
    plain = terms.keys() - exact - guards.keys() - capitals
    joined = {"".join(spelled): terms[spelled] for spelled in terms if spelled in plain}
    glued = {term: entries for term, entries in joined.items() if len(term) >= GLUED}
    ordinary = {folded_words(phrase): () for phrase in lexicon.ordinary}
    misspelt = _words(spelled for spelled in singular if spelled not in exact)
    vocabulary = _words(terms)
    everything: dict[Spelled, tuple[Entry, ...]] = {**terms, **ordinary}
    return Index(
        terms=everything,
        begins=frozenset(s[:n] for s in everything for n in range(1, len(s) + 1)),
        glued=glued,
        starts=frozenset(term[:n] for term in glued for n in range(1, GLUED)),
        vocabulary=vocabulary,
        ordinary=frozenset("".join(phrase) for phrase in ordinary),
        near=_near(misspelt),
        tails={word[1:]: word for word in sorted(misspelt) if edits_allowed(len(word))},
        guards=guards,
        capitals=capitals,
        standing_out=lexicon.capitals,
    )


def _terms(lexicon: Lexicon) -> dict[Spelled, tuple[Entry, ...]]:
    found: dict[Spelled, tuple[Entry, ...]] = {}
    for entry in lexicon.entries:
        for spelled in dict.fromkeys(map(folded_words, entry.terms)):
            found[spelled] = (*found.get(spelled, ()), entry)
    return found


def _plurals(
    terms: Iterable[Spelled], plural_from: int, capitals: frozenset[Spelled]
) -> dict[Spelled, Spelled]:
    """Each plural that is no term of its own, with its singular."""
    return {
        (*spelled[:-1], f"{spelled[-1]}s"): spelled
        for spelled in terms
        if len(spelled[-1]) >= plural_from
        and not spelled[-1].endswith("s")
        and spelled not in capitals
    }


def _guards(
    lexicon: Lexicon, terms: Mapping[Spelled, tuple[Entry, ...]], plurals: Mapping[Spelled, Spelled]
) -> dict[Spelled, tuple[Guard, ...]]:
    found: dict[Spelled, tuple[Guard, ...]] = {}
    of_term = [(folded_words(guard.term), guard) for guard in lexicon.guards]
    for spelled, entries in terms.items():
        ids = {entry.id for entry in entries}
        singular = plurals.get(spelled, spelled)
        guards = tuple(g for term, g in of_term if term == singular or g.entry in ids)
        if guards:
            found[spelled] = guards
    return found


def _words(terms: Iterable[Spelled]) -> frozenset[str]:
    return frozenset(word for spelled in terms for word in spelled)


def _near(vocabulary: frozenset[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(vocabulary):
        most = edits_allowed(len(word))
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            found.setdefault((word[0], length), []).append(word)
    return {key: tuple(listed) for key, listed in found.items()}
