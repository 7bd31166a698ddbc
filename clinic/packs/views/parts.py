"""What a part of a pack shows: groups of rows, narrowed by what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby

from clinic.packs.editing.labels import ENTRIES, FIELDS, PARTS, in_order
from clinic.packs.editing.listed import Listed, listed
from clinic.packs.editing.names import entries, rules_in, text
from clinic.packs.editing.showing import (
    QuestionShown,
    RuleShown,
    SourceShown,
    question_shown,
    rule_shown,
    source_shown,
)
from clinic.packs.editing.words import value_in_words
from clinic.packs.views.held import Held


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the pack on its overview: how many entries it has."""

    key: str
    name: str
    number: int


@dataclass(frozen=True, kw_only=True)
class EntryShown:
    """An entry of a plain part: label and value of each field. `kind` and `name` address it."""

    kind: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """By which a page jumps to it."""
        return f"{self.kind}-{self.name}"


Row = QuestionShown | RuleShown | SourceShown | EntryShown
Group = tuple[str, list[Row]]


def overview(held: Held) -> list[Part]:
    """The parts that this pack has, in their fixed order."""
    return [
        Part(key=key, name=str(name), number=_number(held, key))
        for key, name in PARTS.items()
        if key in held.tables
    ]


def shown_part(held: Held, part: str, typed: str) -> list[Group]:
    """The rows of a part, in groups with a title; only those that hold every typed word."""
    words = typed.casefold().split()
    shown = _SHOWN.get(part, _entries)(held, part)
    narrowed = [(title, [row for row in rows if _holds(row, words)]) for title, rows in shown]
    return [(title, rows) for title, rows in narrowed if rows]


def _number(held: Held, part: str) -> int:
    if part == "questions":
        return len(held.names.questions)
    if part == "rules":
        return len(held.names.rules)
    return sum(len(value) for value in held.tables[part].values() if isinstance(value, list))


def _questions(held: Held, part: str) -> list[Group]:
    return [
        (
            text(section, "title"),
            [question_shown(one, held.names) for one in entries(section, "question")],
        )
        for section in entries(held.tables[part], "section")
    ]


def _rules(held: Held, part: str) -> list[Group]:
    groups: dict[str, list[Row]] = {}
    for rule in rules_in(held.tables):
        shown = rule_shown(rule, held.names)
        groups.setdefault(shown.category, []).append(shown)
    return list(groups.items())


def _sources(held: Held, part: str) -> list[Group]:
    return [("", [source_shown(one) for one in entries(held.tables[part], "source")])]


def _entries(held: Held, part: str) -> list[Group]:
    return [
        (str(ENTRIES.get(kind, "")), [_entry(one, held) for one in found])
        for kind, found in groupby(listed(held.tables, part), key=lambda one: one.kind)
    ]


def _entry(entry: Listed, held: Held) -> EntryShown:
    facts = tuple(
        (
            str(FIELDS.get(key, key.replace("_", " "))),
            value_in_words(key, entry.table[key], held.names),
        )
        for key in in_order(entry.table)
        if entry.table[key] not in ("", entry.title) and key != "id"
    )
    return EntryShown(kind=entry.kind, name=entry.name, title=entry.title, facts=facts)


def _holds(row: object, words: list[str]) -> bool:
    if not words:
        return True
    said = " ".join(_texts(row)).casefold()
    return all(word in said for word in words)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item)


_SHOWN = {"questions": _questions, "rules": _rules, "sources": _sources}
