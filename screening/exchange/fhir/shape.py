"""What FHIR needs to know of a question, from its plain table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import ExchangeError
from .names import YES_NO, options_of

YES_NO_OPTIONS: tuple[Mapping[str, object], ...] = (
    {"value": "yes", "label": "Yes"},
    {"value": "no", "label": "No"},
    {"value": "not_sure", "label": "Not sure"},
)
LISTS = ("multi_choice", "multi_choice_dated")
CHOICES = ("yes_no", "single_choice", *LISTS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as conditions refer to it. ``hides``: it is not always shown;
    ``show_when``: when it is."""

    id: str
    kind: str
    values: tuple[str, ...] = ()
    none_label: str = ""
    show_when: Mapping[str, object] | None = None

    @property
    def hides(self) -> bool:
        return self.show_when is not None

    @property
    def system(self) -> str:
        """The code system of its options."""
        return YES_NO if self.kind == "yes_no" else options_of(self.id)


def as_table(value: object) -> Mapping[str, object]:
    """A table; ExchangeError for anything else."""
    if not isinstance(value, Mapping):
        raise ExchangeError("questions.toml: a condition or a question should be a table")
    return value


def as_list(value: object) -> list[object]:
    """A list; ExchangeError for anything else."""
    if not isinstance(value, list):
        raise ExchangeError("questions.toml: should be a list")
    return value


def all_questions(table: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every question of a table of questions, in the order of asking."""
    for section in as_list(table["section"]):
        yield from map(as_table, as_list(as_table(section)["question"]))


def options_in(question: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The options of a question, with those that go without saying."""
    listed = [as_table(option) for option in as_list(question.get("options", []))]
    return listed or (list(YES_NO_OPTIONS) if question["type"] == "yes_no" else [])


def asked_of(question: Mapping[str, object]) -> Asked:
    """One question as conditions refer to it."""
    shown = question.get("show_when")
    return Asked(
        id=str(question["id"]),
        kind=str(question["type"]),
        values=tuple(str(option["value"]) for option in options_in(question)),
        none_label=str(question.get("none_label", "")),
        show_when=None if shown is None else as_table(shown),
    )


def asked_in(table: Mapping[str, object]) -> dict[str, Asked]:
    """Every question by its id."""
    return {found.id: found for found in map(asked_of, all_questions(table))}


def plain(table: Mapping[str, object]) -> dict[str, object]:
    """The same questions without what goes without saying: empty help, a flag that is false,
    the usual three options of a yes-no question. Two tables that are equal so far mean the same."""
    sections = []
    for section in map(as_table, as_list(table["section"])):
        asked = [_plain(as_table(question)) for question in as_list(section["question"])]
        sections.append({**section, "question": asked})
    return {**table, "section": sections}


def _plain(question: Mapping[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in question.items() if value not in ("", False, [])}
    if kept["type"] == "yes_no" and kept.get("options") == list(YES_NO_OPTIONS):
        del kept["options"]
    if "options" in kept:
        listed = [as_table(option) for option in as_list(kept["options"])]
        kept["options"] = [{k: v for k, v in option.items() if v != ""} for option in listed]
    return kept
