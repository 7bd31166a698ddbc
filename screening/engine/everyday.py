"""Everyday medicines that nobody needs to read about, as a pack lists them.

``everyday``  ``{"question", "nothing", "lead", "tail", "units", "sources", "group": [...]}``

A text in which every part is one of them counts as ticks of ``question`` (``reader`` reads it).
The choice of the words is a matter of the pack: each is compared letter by letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from .conditions import Condition, parse_condition
from .tables import Table


@dataclass(frozen=True, kw_only=True)
class Group:
    """Phrases that count as one tick: of ``option``, or of none where it is empty. They count
    only where ``only_if``, a condition on the answers, is true."""

    phrases: tuple[str, ...]
    option: str = ""
    only_if: Condition | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Everyday:
    """``nothing`` are texts that say nothing; ``lead`` and ``tail`` the words that may stand
    before and behind a phrase, ``units`` what may follow the number of a dose."""

    question: str
    nothing: frozenset[str]
    lead: tuple[str, ...]
    tail: tuple[str, ...]
    units: tuple[str, ...]
    sources: tuple[str, ...]
    groups: tuple[Group, ...]


def everyday_from(table: Table) -> Everyday:
    """Read the everyday medicines. PackError, naming the place, where they are not sound."""
    built = Everyday(
        question=table.text("question"),
        nothing=frozenset(_plain(table, "nothing")),
        lead=_plain(table, "lead"),
        tail=_plain(table, "tail"),
        units=_plain(table, "units"),
        sources=table.texts("sources"),
        groups=tuple(_group(group) for group in table.tables("group", "option")),
    )
    if not built.sources:
        raise table.error("has no source")
    owner: dict[str, str] = {}
    for group in built.groups:
        for phrase in group.phrases:
            if owner.setdefault(phrase, group.option) != group.option:
                raise table.error(f"the phrase {phrase!r} stands in two groups")
    table.finish()
    return built


def _group(table: Table) -> Group:
    built = Group(
        option=table.text("option", ""),
        phrases=_plain(table, "phrases"),
        only_if=table.parsed("only_if", parse_condition) if table.has("only_if") else None,
    )
    table.finish()
    return built


def _plain(table: Table, key: str) -> tuple[str, ...]:
    """Phrases as they are compared: small letters, one space between words."""
    phrases = table.texts(key)
    if not phrases:
        raise table.error(f"{key!r} is empty")
    for phrase in phrases:
        if phrase != " ".join(phrase.lower().split()) or not phrase:
            raise table.error(f"{key}: {phrase!r} should be in small letters, with single spaces")
    return phrases
