"""Sentences of a pack with places for words. A place is a name in braces, nothing more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .tables import Table

_PLACE = re.compile(r"\{([\w.]*)\}")


def fill(sentence: str, **words: str) -> str:
    """The sentence with its places filled, all at once: braces in the words stay as they are."""
    return _PLACE.sub(lambda place: words[place.group(1)], sentence)


def fill_known(sentence: str, words: Mapping[str, str]) -> str:
    """The same, leaving every place that nothing stands for as it is."""
    return _PLACE.sub(lambda place: words.get(place.group(1), place.group(0)), sentence)


def places_of(sentence: str) -> frozenset[str]:
    """The names of its places."""
    return frozenset(_PLACE.findall(sentence)) - {""}


def check_places(table: Table, key: str, sentence: str, places: set[str]) -> None:
    """PackError unless the sentence has exactly these places."""
    found = set(_PLACE.findall(sentence))
    if found != places:
        wanted = " and ".join(f"{{{name}}}" for name in sorted(places)) or "no place in braces"
        raise table.error(f"{key!r} should hold {wanted}")
