"""The lexicon of a pack: medicines and conditions that people name in their own words.

``lexicon``  ``{"lexicon": {wording}, "ordinary": [...], "entry": [...]}``, and since 1.2.0
             ``exact``, ``shared``, ``capitals``, ``guard`` and ``everyday``

An entry is one matter: its terms, the rule it bears on, and the answers that already say it
(``said_by``). What the words mean is a matter of the named sources; where an entry rests on ``BG``
it is background knowledge and needs clinical sign-off.
"""

from __future__ import annotations

from dataclasses import dataclass

from .conditions import Condition, parse_condition
from .everyday import Everyday, everyday_from
from .filling import check_places
from .guards import NO_CAPITALS, Capitals, Guard, capitals_from, guards_from
from .spelling import folded_words
from .tables import Table
from .wording import Wording, wording_from

LEAST_FOR_PLURAL = 4
"""Letters of a word that has a plural, where the lexicon names no other number."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One matter that words may name.

    ``category`` is the code of the rule it bears on, ``as_outcome`` the outcome of that rule that
    the words come to: who may decide about it is who may decide about them. ``asked_in`` are the
    questions that ask about it, ``said_by`` is true where the answers to them already say it;
    ``None`` where no answer can. ``name`` is how the reviewer reads it: "warfarin or the like".
    """

    id: str
    category: str
    name: str
    terms: tuple[str, ...]
    sources: tuple[str, ...]
    as_outcome: str = ""
    asked_in: tuple[str, ...] = ()
    said_by: Condition | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """Every entry, and ``ordinary``: words and phrases that only look like a term and are none.

    ``exact`` are terms that nobody misspells, ``shared`` those that name more than one matter.
    ``wording.told`` is for the client, with ``{words}``; ``long_text`` stands there for a text
    that names nothing. For the reviewer: ``wording.rationale`` with ``{quote}`` and ``{name}``,
    ``answered`` with ``{question}`` and ``{answer}``, ``more`` with ``{count}``, and ``too_long``
    for a text that was not looked through to its end.
    """

    wording: Wording
    answered: str
    more: str
    too_long: str
    long_text: str
    entries: tuple[Entry, ...]
    ordinary: tuple[str, ...]
    exact: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    capitals: Capitals = NO_CAPITALS
    plural_from: int = LEAST_FOR_PLURAL
    everyday: Everyday | None = None


def lexicon_from(table: Table) -> Lexicon:
    """Read a lexicon. PackError, naming the entry, where it is not sound in itself."""
    head = table.table("lexicon")
    built = Lexicon(
        wording=wording_from(head),
        answered=head.text("answered"),
        more=head.text("more"),
        too_long=head.text("too_long"),
        long_text=head.text("long_text"),
        entries=tuple(_entry(entry) for entry in table.tables("entry")),
        ordinary=table.texts("ordinary", needed=False),
        exact=table.texts("exact", needed=False),
        shared=table.texts("shared", needed=False),
        guards=guards_from(table),
        capitals=capitals_from(table.table("capitals") if table.has("capitals") else None),
        plural_from=head.number("plural_from", least=2)
        if head.has("plural_from")
        else LEAST_FOR_PLURAL,
        everyday=everyday_from(table.table("everyday")) if table.has("everyday") else None,
    )
    check_places(head, "told", built.wording.told, {"words"})
    check_places(head, "rationale", built.wording.rationale, {"quote", "name"})
    check_places(head, "answered", built.answered, {"question", "answer"})
    check_places(head, "more", built.more, {"count"})
    check_places(head, "too_long", built.too_long, set())
    head.finish()
    table.finish()
    _no_twins(built, table)
    _terms_of_it(built, table)
    return built


def _entry(table: Table) -> Entry:
    built = Entry(
        id=table.text("id"),
        category=table.text("category"),
        name=table.text("name"),
        terms=table.texts("terms"),
        sources=table.texts("sources"),
        as_outcome=table.text("as_outcome", ""),
        asked_in=table.texts("asked_in", needed=False),
        said_by=table.parsed("said_by", parse_condition) if table.has("said_by") else None,
    )
    if not built.terms:
        raise table.error("has no terms")
    for term in built.terms:
        if not folded_words(term):
            raise table.error(f"the term {term!r} holds no word")
    if not built.sources:
        raise table.error("has no source")
    if bool(built.asked_in) != bool(built.said_by):
        raise table.error("'said_by' goes with 'asked_in', the questions that it reads")
    table.finish()
    return built


def read_as_one(term: str) -> str:
    """A term letter by letter, however it is cut into words: two of the same are one term."""
    return "".join(folded_words(term))


def _no_twins(lexicon: Lexicon, table: Table) -> None:
    ids: set[str] = set()
    owner: dict[str, tuple[str, str]] = {}
    shared = set(map(read_as_one, lexicon.shared))
    for entry in lexicon.entries:
        if entry.id in ids:
            raise table.error(f"entry {entry.id!r} is there twice")
        ids.add(entry.id)
        for term in entry.terms:
            read = read_as_one(term)
            other, spelled = owner.setdefault(read, (entry.id, term))
            if other != entry.id and read not in shared:
                raise table.error(
                    f"entry {entry.id!r}: the term {term!r} is read as {spelled!r} of {other!r}"
                )
    for word in lexicon.ordinary:
        read = read_as_one(word)
        if not read:
            raise table.error(f"ordinary: {word!r} holds no word")
        if read in owner:
            raise table.error(f"ordinary: {word!r} is a term of {owner[read][0]!r}")


def _terms_of_it(lexicon: Lexicon, table: Table) -> None:
    """What is said about terms must be about terms that are there."""
    known = {read_as_one(term) for entry in lexicon.entries for term in entry.terms}
    ids = {entry.id for entry in lexicon.entries}
    named = {
        "exact": lexicon.exact,
        "shared": lexicon.shared,
        "capitals": lexicon.capitals.words,
        "guard": tuple(guard.term for guard in lexicon.guards if guard.term),
    }
    for key, terms in named.items():
        for term in terms:
            if read_as_one(term) not in known:
                raise table.error(f"{key}: {term!r} is no term")
    for guard in lexicon.guards:
        if guard.entry and guard.entry not in ids:
            raise table.error(f"guard: {guard.entry!r} is no entry")
