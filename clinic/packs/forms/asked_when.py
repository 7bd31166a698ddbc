"""When a question is asked: always, or after certain answers to an earlier one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, say_plainly
from clinic.packs.editing.names import Names, Table, Tables, entries, names_of, options_of, text
from clinic.packs.forms.fields import Ticks
from clinic.packs.forms.saving import SavingForm

CHOICES = frozenset({"yes_no", "single_choice"})
LISTS = frozenset({"multi_choice", "multi_choice_dated"})


class DependsForm(PlainForm):
    """Which question's answers decide; the next page asks which answers."""

    def __init__(self, *args: Any, tables: Tables, besides: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"] = forms.ChoiceField(
            label=_("Question"), choices=list(questions_with_answers(tables, besides))
        )
        say_plainly(self.fields["question"])


class AskedWhenForm(SavingForm):
    """Which answers to `other` bring the question up; None: it is asked always."""

    def __init__(
        self, *args: Any, tables: Tables, question: Table, other: str | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question, self.other = question, other
        self.names = names_of(tables)
        if other is not None:
            asked = self.names.questions[other]
            self.kind = text(asked, "type")
            self.fields["values"] = Ticks(
                label=self.names.question(other),
                choices=list(options_of(asked).items()),
                initial=_present(question.get("show_when"), other),
                error_messages={"required": _("Please tick at least one answer.")},
            )

    def rebuilt(self) -> dict[str, object]:
        """The question's new table."""
        new = {key: value for key, value in self.question.items() if key != "show_when"}
        if self.other is not None:
            new["show_when"] = condition_on(self.other, self.kind, self.cleaned_data["values"])
        return new


def condition_on(question: str, kind: str, values: list[str]) -> dict[str, object]:
    """The condition that a question was answered with one of these."""
    if kind in LISTS:
        return {"q": question, "op": "contains_any", "value": values}
    if len(values) == 1:
        return {"q": question, "op": "eq", "value": values[0]}
    return {"q": question, "op": "in", "value": values}


def questions_with_answers(
    tables: Tables, besides: str = "", kinds: frozenset[str] = CHOICES | LISTS
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Questions that have answers to tick, grouped by section, for a choice."""
    names: Names = names_of(tables)
    for section in entries(tables.get("questions", {}), "section"):
        group = [
            (name, names.question(name))
            for question in entries(section, "question")
            if (name := text(question, "id")) != besides and text(question, "type") in kinds
        ]
        if group:
            yield text(section, "title"), group


def _present(condition: object, other: str) -> list[str]:
    if isinstance(condition, dict) and condition.get("q") == other:
        value = condition.get("value")
        return list(map(str, value)) if isinstance(value, list) else [str(value)]
    return []
