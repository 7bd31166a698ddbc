"""What a pack's questions, options, rules and sources are called, read from its plain tables.

Forgiving: tables of a draft, or of two packs that are compared, need not be sound.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.procedures.areas import say_areas

Table = Mapping[str, object]
Tables = Mapping[str, Table]


@dataclass(frozen=True, kw_only=True)
class Names:
    """Tables by id. What is not there is called by its own id."""

    questions: Mapping[str, Table]
    rules: Mapping[str, Table]
    sources: Mapping[str, Table]
    sections: Mapping[str, Table]
    others: Mapping[tuple[str, str], str]
    """The titles of recognised words, checks, conflicts and cases, by kind and id."""

    def question(self, name: str) -> str:
        """How the question is worded."""
        return _worded(self.questions, name, "text")

    def option(self, question: str, value: str) -> str:
        """How one answer of a question is worded."""
        return options_of(self.questions.get(question, {})).get(value, value)

    def rule(self, code: str) -> str:
        """The title of a rule or combination."""
        return _worded(self.rules, code, "title")

    def source(self, name: str) -> str:
        """The title of a source."""
        return _worded(self.sources, name, "title")

    def section(self, name: str) -> str:
        """The title of a section of questions."""
        return _worded(self.sections, name, "title")


def names_of(tables: Tables) -> Names:
    """The names in a pack's tables."""
    return Names(
        questions=_by("id", questions_in(tables)),
        rules=_by("code", rules_in(tables)),
        sources=_by("id", entries(tables.get("sources", {}), "source")),
        sections=_by("id", entries(tables.get("questions", {}), "section")),
        others=dict(_others(tables)),
    )


def _others(tables: Tables) -> Iterator[tuple[tuple[str, str], str]]:
    for part in ("lexicon", "checks", "conflicts", "cases", "policy", "depth_limits"):
        table = tables.get(part, {})
        for kind in table:
            for entry in entries(table, kind):
                title = next(filter(None, (text(entry, key) for key in _TITLES)), "")
                yield (kind, name_in_list(entry)), limit_title(entry) if kind == "limit" else title


_TITLES = ("title", "topic", "name")


def questions_in(tables: Tables) -> Iterator[Table]:
    """Every question, in the order of asking."""
    for section in entries(tables.get("questions", {}), "section"):
        yield from entries(section, "question")


def rules_in(tables: Tables) -> Iterator[Table]:
    """Every rule, then every combination."""
    for kind in ("rule", "combination"):
        yield from entries(tables.get("rules", {}), kind)


def entries(table: Table, key: str) -> Iterator[Table]:
    """The tables of a list inside a table."""
    found = table.get(key)
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, Mapping))


def name_in_list(entry: Table) -> str:
    """By what an entry is known in its list: its id, or a depth limit by its device and areas."""
    if "stop_above_mm" in entry:
        return f"{text(entry, 'modality')} {text(entry, 'group')}"
    return text(entry, "id")


def limit_title(limit: Table) -> str:
    """A depth limit by its areas and its device, in words."""
    device = _("radiofrequency") if limit.get("modality") == "RF" else _("pen and roller")
    return f"{say_areas(texts(limit, 'areas'))}: {device}"


def options_of(question: Table) -> dict[str, str]:
    """The wording of each answer, by value. A yes-or-no question brings its own three."""
    found = {
        str(option.get("value", "")): str(option.get("label", ""))
        for option in entries(question, "options")
    }
    if not found and question.get("type") == "yes_no":
        return {"yes": _("Yes"), "no": _("No"), "not_sure": _("Not sure")}
    return found


def texts(table: Table, key: str) -> tuple[str, ...]:
    """A list of texts inside a table; empty where there is none."""
    found = table.get(key)
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()


def text(table: Table, key: str) -> str:
    """A text inside a table; empty where there is none."""
    found = table.get(key)
    return found if isinstance(found, str) else ""


def _by(key: str, items: Iterator[Table]) -> dict[str, Table]:
    return {str(item[key]): item for item in items if key in item}


def _worded(tables: Mapping[str, Table], name: str, key: str) -> str:
    return text(tables.get(name, {}), key) or name
