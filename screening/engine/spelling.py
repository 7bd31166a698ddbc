"""Words as a person reads them, whatever they were typed with. Pure.

A text is cut into words that keep their place in it. Each is folded: case, accents, zero-width
letters, look-alike letters of other alphabets, British and American spellings and doubled
letters make no difference any more ("Œstrogen" and "estrogen", "Accutane" and "acutane").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_ODD = re.compile(r"['`\x00-\x08\x0e-\x1f\x7f]")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
_QUOTATION = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁɡαορνικτεηıłøđðþæœß",
    "aeopcyxijshdgaopvikteniloddpeeb",
)
"""Cyrillic, Greek and Latin letters that are read as the plain one; æ and œ are read as e."""

_SAME: Final = {
    "ae": "e",
    "oe": "e",
    "ph": "f",
    "y": "i",
    "z": "s",
    "ck": "k",
    "our": "or",
}
"""Spellings that make no difference: haem/hem, oestrogen/estrogen, sulph/sulf, tumour/tumor."""

_SPELLED = re.compile("|".join(_SAME))
_FOLDED = re.compile(f"{_SPELLED.pattern}|{_DOUBLED.pattern}")


class Word(NamedTuple):
    """One word or number of a text: folded, and where it stands in the text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words and numbers of a text, in order. A letter spelled out on its own belongs to the
    letters beside it: "w a r f a r i n" is one word, and so is "H.I.V."."""
    plain, places = _plain(text)
    found = [
        Word(fold(piece.group()), places[piece.start()], places[piece.end() - 1] + 1)
        for piece in _PIECE.finditer(plain)
    ]
    return _spelled_out(found, text) if len(found) > 2 else found


def fold(word: str) -> str:
    """One lower-case word without accents, by what makes no difference in reading."""
    if not _FOLDED.search(word):
        return word
    return _DOUBLED.sub(r"\1", _SPELLED.sub(_same, word))


def _same(spelled: re.Match[str]) -> str:
    return _SAME[spelled.group()]


def folded_words(term: str) -> tuple[str, ...]:
    """The folded words of a term."""
    return tuple(word.text for word in words(term))


def readable(text: str) -> str:
    """A piece of text that can be shown in quotation marks: one line, nothing invisible, no half
    letters, no quotation marks of its own but the plain one."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c.isspace())
    return " ".join("".join(kept).translate(_QUOTATION).split())


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The text in small plain letters, and for each of them its place in the text."""
    lower = text.lower()
    if lower.isascii() and not _ODD.search(lower):
        return lower, range(len(lower))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    """What a character is read as: nothing where it cannot be seen or only marks a letter."""
    category = unicodedata.category(character)
    if category[0] == "M" or (category in ("Cc", "Cf", "Cs") and not character.isspace()):
        return ""
    spread = unicodedata.normalize("NFKD", character.translate(_APOSTROPHES)).casefold()
    bare = "".join(c for c in spread if unicodedata.category(c)[0] != "M")
    return bare.translate(_LOOK_ALIKES)


def _spelled_out(found: list[Word], text: str) -> list[Word]:
    """Four single letters in a row or more are one word, written with gaps; three with dots."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*found, Word("", 0, 0)]:
        if len(word.text) == 1 and word.text.isalpha():
            run.append(word)
            continue
        for part, dotted in _parts(run, text):
            if dotted or len(part) > 3:
                letters = fold("".join(one.text for one in part))
                joined.append(Word(letters, part[0].start, part[-1].end))
            else:
                joined.extend(part)
        run = []
        joined.append(word)
    return joined[:-1]


def _parts(run: list[Word], text: str) -> Iterator[tuple[list[Word], bool]]:
    """A run of letters, cut where one with dots begins or ends: "a b", "H.I.V.", "I"; and for
    each whether it is one with dots."""
    begin = at = 0
    for gap, alike in groupby(text[one.end : other.start] for one, other in pairwise(run)):
        first, at = max(at, begin), at + len(list(alike))
        if gap.strip() == "." and at - first > 1:
            yield run[begin:first], False
            yield run[first : at + 1], True
            begin = at + 1
    yield run[begin:], False
