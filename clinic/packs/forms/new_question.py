"""A new question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import say_plainly
from clinic.packs.editing.labels import QUESTION_TYPES
from clinic.packs.editing.names import Table, Tables, entries, names_of, text
from clinic.packs.editing.slugs import slug
from clinic.packs.forms.asked_when import questions_with_answers
from clinic.packs.forms.fields import Lines, OneOf, PlainText
from clinic.packs.forms.question import LISTS, moves_with_time
from clinic.packs.forms.saving import SavingForm

LISTED = LISTS | {"single_choice"}


class NewQuestionForm(SavingForm):
    """The wording, the kind and the answers of a question that is not there yet.

    `new` is its table, `after` the question that it comes behind.
    """

    def __init__(self, *args: Any, tables: Tables, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names_of(tables)
        self.fields["text"] = PlainText(label=_("Question"), longest=300, lines=2)
        self.fields["help"] = PlainText(
            label=_("Help below the question"), longest=300, required=False
        )
        self.fields["type"] = OneOf(
            QUESTION_TYPES, label=_("How it is answered"), widget=forms.RadioSelect
        )
        self.fields["answers"] = Lines(
            label=_("Answers to choose from"),
            help_text=_("One a line. Leave empty for yes or no, a date, or free text."),
            longest=160,
            most=30,
            required=False,
        )
        self.fields["none_label"] = PlainText(
            label=_("Wording of “none of these”"),
            help_text=_("For “any of several answers”, where nothing may fit."),
            longest=120,
            required=False,
        )
        self.fields["harmless"] = PlainText(
            label=_("The answer of somebody whom it does not concern"),
            help_text=_("For “one of several answers”: one of the lines above."),
            longest=160,
            required=False,
        )
        self.fields["moves_with_time"] = moves_with_time()
        every = frozenset(QUESTION_TYPES)
        self.fields["after"] = forms.ChoiceField(
            label=_("Asked behind"), choices=list(questions_with_answers(tables, kinds=every))
        )
        for field in self.fields.values():
            say_plainly(field)
        self.order_fields(
            [
                *("text", "help", "type", "answers", "none_label", "harmless"),
                *("moves_with_time", "after", "why", "softer"),
            ]
        )

    def clean(self) -> dict[str, Any]:
        """Answers belong to choices."""
        given = super().clean() or self.cleaned_data
        kind, answers = given.get("type"), given.get("answers") or []
        least = 2 if kind == "single_choice" else 1
        if kind in LISTED and len(answers) < least and not self.has_error("answers"):
            self.add_error("answers", _("Please give the answers to choose from, one a line."))
        if kind and kind not in LISTED and answers:
            self.add_error("answers", _("This kind of question has no answers of its own."))
        if kind == "single_choice" and given.get("harmless") not in answers:
            self.add_error("harmless", _("Please repeat one of the answers."))
        if given.get("moves_with_time") and kind == "date":
            self.add_error("moves_with_time", _("A date stays true: tick the question it follows."))
        if given.get("none_label") and kind and kind not in LISTS:
            self.add_error("none_label", _("This goes only with “any of several answers”."))
        return given

    @property
    def after(self) -> str:
        """The question it comes behind."""
        return str(self.cleaned_data["after"])

    def new(self) -> dict[str, object]:
        """The new question's table."""
        given = self.cleaned_data
        table: dict[str, object] = {
            "id": slug(given["text"], set(self.names.questions)),
            "text": given["text"],
            "type": given["type"],
        }
        if given["help"]:
            table["help"] = given["help"]
        if given["answers"]:
            table["options"] = _options(given["answers"], dated=given["type"].endswith("dated"))
        if given["none_label"]:
            table |= {"allow_empty": True, "none_label": given["none_label"]}
        if given["moves_with_time"]:
            table["moves_with_time"] = True
        return table

    def harmless(self, new: Table) -> object | None:
        """The answer that the pack's own test cases give; None where there is none."""
        options = [text(one, "value") for one in entries(new, "options")]
        answers: list[str] = self.cleaned_data["answers"]
        match self.cleaned_data["type"]:
            case "yes_no":
                return "no"
            case "text":
                return "none"
            case "single_choice":
                return options[answers.index(self.cleaned_data["harmless"])]
            case "multi_choice" if self.cleaned_data["none_label"]:
                return []
            case "multi_choice_dated" if self.cleaned_data["none_label"]:
                return {}
        return None

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about."""
        return "answers" if "option" in line else None


def _options(answers: list[str], *, dated: bool) -> list[dict[str, str]]:
    taken: set[str] = set()
    found = []
    for label in answers:
        value = slug(label, taken)
        taken.add(value)
        found.append({"value": value, "label": label} | ({"date": "required"} if dated else {}))
    return found
