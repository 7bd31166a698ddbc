"""A pack's tables with one thing exchanged, added or taken out. What is given stays as it is."""

from collections.abc import Callable, Mapping

from clinic.packs.editing.names import Table, Tables, entries, text

NewTables = dict[str, dict[str, object]]
Exchange = Callable[[Table], Table | None]


def with_question(tables: Tables, name: str, new: Table | None) -> NewTables:
    """The question `name` exchanged; None takes it out, and an empty section with it."""

    def section(old: Table) -> Table | None:
        changed = _exchanged(old, "question", "id", name, new)
        return changed if list(entries(changed, "question")) else None

    return _in_part(tables, "questions", lambda part: _each(part, "section", section))


def with_new_question(tables: Tables, *, after: str, new: Table) -> NewTables:
    """A question added behind the question `after`, in the same section."""
    return _in_part(
        tables,
        "questions",
        lambda part: _each(part, "section", lambda one: _behind(one, "question", "id", after, new)),
    )


def with_head(tables: Tables, values: Table) -> NewTables:
    """What the pack says about itself, with these values exchanged."""

    def change(part: Table) -> Table:
        head = part.get("pack")
        return {**part, "pack": {**(head if isinstance(head, Mapping) else {}), **values}}

    return _in_part(tables, "questions", change)


def with_section_titles(tables: Tables, titles: Mapping[str, str]) -> NewTables:
    """The sections of questions under these titles, by their ids."""

    def titled(section: Table) -> Table:
        name = text(section, "id")
        return {**section, "title": titles[name]} if name in titles else section

    return _in_part(tables, "questions", lambda part: _each(part, "section", titled))


def with_rule(tables: Tables, code: str, new: Table | None) -> NewTables:
    """The rule or combination `code` exchanged; None takes it out."""

    def change(part: Table) -> Table:
        for kind in ("rule", "combination"):
            part = _exchanged(part, kind, "code", code, new)
        return part

    return _in_part(tables, "rules", change)


def with_entry(tables: Tables, part: str, kind: str, name: str, new: Table | None) -> NewTables:
    """An entry of a plain list (`sources`, `lexicon`, …), known by its `id`, exchanged."""
    return _in_part(tables, part, lambda table: _exchanged(table, kind, "id", name, new))


def with_new_entry(tables: Tables, part: str, kind: str, new: Table) -> NewTables:
    """An entry added at the end of a plain list, such as `rules`, `rule`."""
    return _in_part(tables, part, lambda table: {**table, kind: [*entries(table, kind), new]})


def _in_part(tables: Tables, part: str, change: Callable[[Table], Table]) -> NewTables:
    whole = {name: dict(table) for name, table in tables.items()}
    return {**whole, part: dict(change(whole.get(part, {})))}


def _each(table: Table, kind: str, change: Exchange) -> Table:
    if not isinstance(table.get(kind), list):
        return table
    changed = (change(entry) for entry in entries(table, kind))
    return {**table, kind: [entry for entry in changed if entry is not None]}


def _exchanged(table: Table, kind: str, key: str, name: str, new: Table | None) -> Table:
    return _each(table, kind, lambda entry: new if entry.get(key) == name else entry)


def _behind(table: Table, kind: str, key: str, after: str, new: Table) -> Table:
    listed: list[Table] = []
    for entry in entries(table, kind):
        listed.append(entry)
        if entry.get(key) == after:
            listed.append(new)
    return {**table, kind: listed}
