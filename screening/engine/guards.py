"""Where a term is none: what the words beside it say. Pure.

``guard``     ``{"term" or "entry", "not_after", "not_before", "only_before"}``
``capitals``  ``{"words", "cues"}``

A guard belongs to one term, or to every term of one entry. ``not_before`` are words that may not
follow it, ``not_after`` words that may not stand before it; with ``only_before`` it counts only
where one of them follows. ``END`` is the end of the text or of its part, ``NAME`` a word with a
capital at its beginning, as in "Ms Smith". An abbreviation of ``capitals`` counts in capitals,
or beside one of the ``cues``, within two words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .spelling import Word, folded_words
from .tables import Table

END, NAME = "END", "NAME"
CUE_WITHIN = 2
_BREAK = re.compile(r"[.,;:!?()\n\r/]")

Phrase = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Words that may not, or must, stand beside a term."""

    term: str = ""
    entry: str = ""
    not_before: tuple[Phrase, ...] = ()
    not_after: tuple[Phrase, ...] = ()
    only_before: tuple[Phrase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Capitals:
    """Abbreviations that are words of another kind in small letters, and what shows them."""

    words: tuple[str, ...] = ()
    cues: frozenset[Phrase] = frozenset()


NO_CAPITALS = Capitals()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A term in a text: the words ``said``, of which it takes those from ``at`` to ``end``."""

    text: str
    said: Sequence[Word]
    at: int
    end: int

    @property
    def written(self) -> str:
        """The term as it stands in the text."""
        return self.text[self.said[self.at].start : self.said[self.end - 1].end]

    def followed_by(self, phrase: Phrase) -> bool:
        """Whether these words come next."""
        if phrase == (END,):
            return self.end == len(self.said) or self._apart(self.end - 1)
        if phrase == (NAME,):
            return self.end < len(self.said) and not self._apart(self.end - 1) and self._name_next()
        return self._are(self.end, phrase) and not self._broken(self.end - 1, len(phrase))

    def preceded_by(self, phrase: Phrase) -> bool:
        """Whether these words come just before."""
        start = self.at - len(phrase)
        return self._are(start, phrase) and not self._broken(start, len(phrase))

    def beside(self, cues: frozenset[Phrase]) -> bool:
        """Whether a cue stands within two words, with no punctuation between."""
        last = self.end - 1
        for step in range(CUE_WITHIN):
            if last + step + 1 >= len(self.said) or self._apart(last + step):
                break
            if (self.said[last + step + 1].text,) in cues:
                return True
        for step in range(CUE_WITHIN):
            if self.at - step < 1 or self._apart(self.at - step - 1):
                break
            if (self.said[self.at - step - 1].text,) in cues:
                return True
        return False

    def _are(self, start: int, phrase: Phrase) -> bool:
        found = self.said[start : start + len(phrase)] if start >= 0 else ()
        return tuple(word.text for word in found) == phrase

    def _broken(self, first: int, gaps: int) -> bool:
        return any(self._apart(first + step) for step in range(gaps))

    def _apart(self, number: int) -> bool:
        """Whether punctuation stands between this word and the next."""
        gap = self.text[self.said[number].end : self.said[number + 1].start]
        return _BREAK.search(gap) is not None

    def _name_next(self) -> bool:
        word = self.said[self.end]
        written = self.text[word.start : word.end]
        return len(written) > 1 and written[0].isupper() and written[1:].islower()


def counts(guards: Sequence[Guard], place: Place) -> bool:
    """Whether the words beside a term leave it one."""
    return not any(
        any(map(place.followed_by, guard.not_before))
        or any(map(place.preceded_by, guard.not_after))
        or (guard.only_before and not any(map(place.followed_by, guard.only_before)))
        for guard in guards
    )


def stands_out(capitals: Capitals, place: Place) -> bool:
    """Whether an abbreviation is written as one, or stands beside a cue. "Ms Smith" is a name."""
    written = place.written.replace(".", "")
    in_capitals = written in capitals.words or written == written.upper()
    if place.followed_by((NAME,)):
        return written != written.capitalize() and place.beside(capitals.cues)
    return in_capitals or place.beside(capitals.cues)


def guards_from(table: Table) -> tuple[Guard, ...]:
    """Read the guards of a lexicon. PackError, naming the guard, where one is not sound."""
    return tuple(_guard(one) for one in table.tables("guard", "term", needed=False))


def _guard(table: Table) -> Guard:
    built = Guard(
        term=table.text("term", ""),
        entry=table.text("entry", ""),
        not_before=_phrases(table, "not_before"),
        not_after=_phrases(table, "not_after"),
        only_before=_phrases(table, "only_before"),
    )
    if bool(built.term) == bool(built.entry):
        raise table.error("needs a 'term' or an 'entry'")
    if not (built.not_before or built.not_after or built.only_before):
        raise table.error("says nothing")
    table.finish()
    return built


def capitals_from(table: Table | None) -> Capitals:
    """Read the abbreviations of a lexicon; none where it has no such table."""
    if table is None:
        return NO_CAPITALS
    built = Capitals(words=table.texts("words"), cues=frozenset(_phrases(table, "cues")))
    table.finish()
    return built


def _phrases(table: Table, key: str) -> tuple[Phrase, ...]:
    named = table.texts(key, needed=False)
    return tuple((one,) if one in (END, NAME) else folded_words(one) for one in named)
