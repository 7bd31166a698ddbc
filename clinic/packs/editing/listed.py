"""Entries of the parts that need no page of their own: words, checks, conflicts, numbers, limits.

Each is addressed by its kind and its name: `("entry", "warfarin")` for an entry of a list,
`("haste", "-")` for a table or a plain list that stands alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.packs.editing.names import Table, Tables, entries, limit_title, name_in_list, text
from clinic.packs.editing.replace import NewTables

ALONE = "-"
PLAIN = ("lexicon", "checks", "conflicts", "policy", "depth_limits")
"""The parts that are changed entry by entry."""

KEPT = ("policy",)
"""The parts of which nothing is taken out: other steps go by each of their numbers."""

BLANK: Mapping[str, tuple[str, Table]] = {
    "lexicon": (
        "entry",
        {"id": "", "category": "", "name": "", "terms": [], "asked_in": [], "sources": []},
    ),
    "conflicts": (
        "conflict",
        {
            "id": "",
            "topic": "",
            "claim_a": "",
            "claim_b": "",
            "resolution": "",
            "reason": "",
            "sources": [],
            "rules": [],
            "bears_on": [],
        },
    ),
}
"""What may be added, by part: its kind and its shape."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One entry with where it stands."""

    kind: str
    name: str
    table: Table

    @property
    def title(self) -> str:
        """What it is called."""
        if self.kind == "limit":
            return limit_title(self.table)
        for key in ("title", "topic", "name"):
            if found := text(self.table, key):
                return found
        return (self.name if self.name != ALONE else self.kind).replace("_", " ")


def listed(tables: Tables, part: str) -> Iterator[Listed]:
    """Every entry of a part, in its order."""
    for kind, value in tables.get(part, {}).items():
        if isinstance(value, Mapping):
            yield Listed(kind=kind, name=ALONE, table=value)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield Listed(kind=kind, name=ALONE, table={kind: value})
        elif isinstance(value, list):
            for one in entries(tables[part], kind):
                yield Listed(kind=kind, name=name_in_list(one), table=one)


def with_listed(tables: Tables, part: str, kind: str, name: str, new: Table | None) -> NewTables:
    """The entry exchanged; None takes it out, which only an entry of a list can be."""
    whole: NewTables = {key: dict(table) for key, table in tables.items()}
    value = whole[part].get(kind)
    if name == ALONE and new is not None:
        whole[part][kind] = dict(new) if isinstance(value, Mapping) else new[kind]
    elif name != ALONE:
        changed = (new if name_in_list(one) == name else one for one in entries(whole[part], kind))
        whole[part][kind] = [one for one in changed if one is not None]
    return whole
