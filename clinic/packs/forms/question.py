"""One question: its wording, its answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.core.forms import say_plainly
from clinic.packs.editing.labels import QUESTION_TYPES
from clinic.packs.editing.names import Table, entries, text
from clinic.packs.editing.slugs import slug
from clinic.packs.forms.fields import OneOf, PlainText
from clinic.packs.forms.places import place_in_question
from clinic.packs.forms.saving import SavingForm

LISTS = frozenset({"multi_choice", "multi_choice_dated"})
DATES = {"required": gettext_lazy("Asked"), "optional": gettext_lazy("May be left out")}
NEW = 2
"""Empty rows for new answers; saving brings more."""


def moves_with_time(*, initial: bool = False) -> forms.BooleanField:
    """Whether the question is asked afresh although it was answered before."""
    return forms.BooleanField(
        label=gettext_lazy("Asked afresh each time"),
        help_text=gettext_lazy(
            "For what changes with time: “now”, “in the last 7 days”, plans. An earlier answer"
            " never stands for it."
        ),
        required=False,
        initial=initial,
    )


class QuestionForm(SavingForm):
    """Changes one question. `rebuilt` is its new table; its kind and id stay."""

    mark_optional = False

    def __init__(self, *args: Any, question: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.kind = text(question, "type")
        self._add("text", gettext_lazy("Question"), 300, lines=2)
        self._add("help", gettext_lazy("Help below the question"), 300, required=False)
        self.answers = list(entries(question, "options"))
        for number, option in enumerate(self.answers):
            self._add_answer(f"o{number}", option)
        self.adds = range(NEW if self.answers else 0)
        for number in self.adds:
            self._add_answer(f"n{number}", None)
        if self.kind in LISTS:
            self._add("none_label", gettext_lazy("Wording of “none of these”"), 120, required=False)
        if self.kind in ("date", "multi_choice_dated"):
            self.fields["allow_future"] = forms.BooleanField(
                label=gettext_lazy("The date may lie in the future"),
                required=False,
                initial=question.get("allow_future") is True,
            )
        if self.kind != "date":
            self.fields["moves_with_time"] = moves_with_time(
                initial=question.get("moves_with_time") is True
            )

    def _add(self, key: str, label: Any, longest: int, **kwargs: Any) -> None:
        self.fields[key] = field = PlainText(
            label=label, longest=longest, initial=text(self.question, key), **kwargs
        )
        say_plainly(field)

    def _add_answer(self, prefix: str, option: Table | None) -> None:
        label = _("New answer") if option is None else _("Answer")
        initial = text(option or {}, "label")
        self.fields[f"{prefix}_label"] = PlainText(
            label=label, longest=160, required=False, initial=initial
        )
        if self.kind == "multi_choice_dated":
            self.fields[f"{prefix}_date"] = OneOf(
                DATES,
                label=_("Date"),
                initial=text(option or {}, "date") or "required",
                required=False,
            )
        if option is not None:
            self.fields[f"{prefix}_remove"] = forms.BooleanField(
                label=_("Take out “%s”") % initial, required=False
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each answer's bound fields, the new ones last."""
        prefixes = [f"o{n}" for n in range(len(self.answers))] + [f"n{n}" for n in self.adds]
        return [
            {key: self[f"{p}_{key}"] for key in _KEYS if f"{p}_{key}" in self.fields}
            for p in prefixes
        ]

    @property
    def kind_in_words(self) -> str:
        """How it is answered."""
        return str(QUESTION_TYPES.get(self.kind, self.kind))

    def clean(self) -> dict[str, Any]:
        """An answer has words, unless it is taken out; a choice keeps two answers, a list one."""
        given = super().clean() or self.cleaned_data
        for number in range(len(self.answers)):
            gone = given.get(f"o{number}_remove")
            name = f"o{number}_label"
            if not gone and not given.get(name) and not self.has_error(name):
                self.add_error(name, _("Please give the answer words, or tick “take out”."))
        if self.answers and len(self._answers()) < (1 if self.kind in LISTS else 2):
            self.add_error(None, _("A question needs answers to choose from."))
        return given

    def rebuilt(self) -> dict[str, object]:
        """The question's new table."""
        given = self.cleaned_data
        new: dict[str, object] = {**self.question, "text": given["text"]}
        _keep(new, "help", given["help"])
        if self.answers:
            new["options"] = self._answers()
        if self.kind in LISTS:
            _keep(new, "none_label", given["none_label"])
            _keep(new, "allow_empty", bool(given["none_label"]))
        if "allow_future" in self.fields:
            _keep(new, "allow_future", given["allow_future"])
        if "moves_with_time" in self.fields:
            _keep(new, "moves_with_time", given["moves_with_time"])
        return new

    def _answers(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for number, option in enumerate(self.answers):
            if not self.cleaned_data.get(f"o{number}_remove"):
                found.append(self._answer(f"o{number}", option))
        taken = {text(option, "value") for option in self.answers}
        for number in self.adds:
            if label := self.cleaned_data.get(f"n{number}_label"):
                value = slug(label, taken)
                taken.add(value)
                found.append(self._answer(f"n{number}", {"value": value}))
        return found

    def _answer(self, prefix: str, option: Table) -> dict[str, object]:
        new: dict[str, object] = {**option, "label": self.cleaned_data.get(f"{prefix}_label", "")}
        if self.kind == "multi_choice_dated":
            new["date"] = self.cleaned_data.get(f"{prefix}_date") or "required"
        return new

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about."""
        return place_in_question(line, self.question)


_KEYS = ("label", "date", "remove")


def _keep(table: dict[str, object], key: str, value: object) -> None:
    if value:
        table[key] = value
    elif table.get(key):
        del table[key]
