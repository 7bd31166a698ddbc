"""Who reads what in a pack: what would be lost with a question, an answer, a rule or a source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.packs.editing.labels import PARTS
from clinic.packs.editing.listed import PLAIN, listed
from clinic.packs.editing.names import Table, Tables, entries, questions_in, rules_in, texts


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Ids of what reads one thing, in the order of the pack."""

    rules: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """(part, title) of recognised words, checks and conflicts that name it."""

    def __bool__(self) -> bool:
        return bool(self.rules or self.questions or self.others)


def readers_of_question(tables: Tables, name: str) -> Readers:
    """The rules that rest on a question, and the questions that are asked depending on it."""
    return Readers(
        rules=tuple(str(r.get("code")) for r in rules_in(tables) if name in _asked_by(r)),
        questions=tuple(
            str(q.get("id")) for q in questions_in(tables) if _mentions(q.get("show_when"), name)
        ),
        others=_named_in(tables, name),
    )


def readers_of_rule(tables: Tables, code: str) -> Readers:
    """The combinations that involve a rule or read what it found."""
    return Readers(
        rules=tuple(
            str(rule.get("code"))
            for rule in entries(tables.get("rules", {}), "combination")
            if code in texts(rule, "involves") or any(_reads_hit(c, code) for c in conditions(rule))
        ),
        others=_named_in(tables, code),
    )


def readers_of_source(tables: Tables, name: str) -> Readers:
    """The rules that rest on a source."""
    found = (str(r.get("code")) for r in rules_in(tables) if name in texts(r, "sources"))
    return Readers(rules=tuple(found), others=_named_in(tables, name))


def _named_in(tables: Tables, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(PARTS[part]), one.title)
        for part in PLAIN
        for one in listed(tables, part)
        if name in _named(one.table)
    )


def _named(value: object, key: str = "") -> Iterator[str]:
    """Every id that an entry names."""
    if isinstance(value, Mapping):
        for inner, item in value.items():
            yield from _named(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, key)
    elif key in _NAMING and isinstance(value, str):
        yield value


_NAMING = frozenset({"q", "question", "questions", "asked_in", "sources", "rules", "category"})


def conditions(rule: Table) -> Iterator[object]:
    """Every condition of a rule's outcomes and flags."""
    for key in ("outcome", "flag_when"):
        yield from (entry.get("when") for entry in entries(rule, key))


def leaves(raw: object) -> Iterator[Table]:
    """The single tests inside a condition."""
    if not isinstance(raw, Mapping):
        return
    for key in ("all", "any"):
        if isinstance(parts := raw.get(key), list):
            for part in parts:
                yield from leaves(part)
            return
    if "not" in raw:
        yield from leaves(raw["not"])
    else:
        yield raw


def waits(rule: Table) -> Iterator[Table]:
    """The waits of a rule's outcomes."""
    for outcome in entries(rule, "outcome"):
        if isinstance(wait := outcome.get("defer"), Mapping):
            yield wait


def _asked_by(rule: Table) -> set[str]:
    asked = set(texts(rule, "question_ids"))
    asked.update(
        str(leaf["q"]) for when in conditions(rule) for leaf in leaves(when) if "q" in leaf
    )
    asked.update(str(wait["question"]) for wait in waits(rule) if "question" in wait)
    return asked


def _mentions(raw: object, question: str) -> bool:
    return any(leaf.get("q") == question for leaf in leaves(raw))


def _reads_hit(raw: object, code: str) -> bool:
    for leaf in leaves(raw):
        groups = leaf.get("count_hit_groups")
        listed = groups.get("groups") if isinstance(groups, Mapping) else None
        if leaf.get("hit") == code or any(code in group for group in listed or ()):
            return True
    return False
