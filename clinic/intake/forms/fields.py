"""Form fields for the six types of question. Each cleans to the answer as it is stored.

Nothing given is None: whether that is allowed is decided by the section, which knows what is shown.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import DayField, say_plainly
from screening.engine import Question, QuestionType

NONE = "none"
"""The value of the explicit "none of these"; no list of a pack may use it for an option."""

CONTRADICTION = _("You ticked “none” and something else. Please keep only what is right.")


class TextAnswer(forms.CharField):
    """A text; blanks alone are no answer."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str | None:
        """The text without the spaces around it."""
        text: str = super().clean(value)
        return text or None


class ChoiceAnswer(forms.ChoiceField):
    """One option; nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> str | None:
        """The option's value."""
        choice: str = super().clean(value)
        return choice or None


class DayAnswer(DayField):
    """A date, kept as YYYY-MM-DD."""

    def clean(self, value: Any) -> Any:
        """The date in ISO form."""
        day = super().clean(value)
        return day.isoformat() if day else None


class ListAnswer(forms.MultipleChoiceField):
    """Any number of options, or explicitly none of them (an empty list)."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str] | None:
        """The ticked options in the order of asking."""
        ticked: list[str] = super().clean(value)
        if NONE in ticked and len(set(ticked)) > 1:
            raise ValidationError(CONTRADICTION, code="contradiction")
        if NONE in ticked:
            return []
        offered = cast("list[tuple[str, str]]", self.choices)
        return [key for key, _label in offered if key in ticked] or None

    def prepare_value(self, value: Any) -> Any:
        """An explicit "none" is shown as its own tick."""
        return [NONE] if value == [] else value


class DatedInput(forms.Widget):
    """Ticks named `<question>__<option>` with dates named `<question>__<option>__date`."""

    use_fieldset = True
    options: tuple[str, ...] = ()

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str | None]:
        """What was ticked, with each date as it was typed; None for a date alone, unticked.

        Dates of what is not ticked come under `<option>__date`.
        """
        found: dict[str, str | None] = {}
        for option in (*self.options, NONE):
            typed = str(data.get(f"{name}__{option}__date") or "").strip()
            if data.get(f"{name}__{option}"):
                found[option] = typed
            elif typed:
                found[f"{option}__date"] = typed
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Unticked boxes are not sent at all."""
        return False


class DatedAnswer(forms.Field):
    """Options with a date each, or explicitly none of them (an empty object)."""

    widget = DatedInput

    def __init__(self, *, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.widget.options = tuple(option.value for option in question.options)

    def clean(self, value: Any) -> dict[str, str | None] | None:
        """ISO dates by option; None as date where it is optional and was left out."""
        ticked = {key: day for key, day in value.items() if not key.endswith("__date")}
        if NONE in ticked and len(value) > 1:
            raise ValidationError(CONTRADICTION, code="contradiction")
        if len(ticked) < len(value):
            raise ValidationError(
                _("There is a date for something that is not ticked. Tick it or clear the date."),
                code="contradiction",
            )
        if NONE in ticked:
            return {}
        return {key: self._day(key, day) for key, day in ticked.items()} or None

    def _day(self, option: str, typed: str) -> str | None:
        try:
            day = DayField(required=False).clean(typed)
        except ValidationError:
            raise ValidationError(
                _("Please give a real date for “%(label)s”."),
                code="invalid",
                params={"label": self.question.option(option).label},
            ) from None
        if day is None and self.question.option(option).date == "required":
            raise ValidationError(
                _(
                    "Please give the date for “%(label)s”. "
                    "If you are not sure, give the latest day it can have been."
                ),
                code="date_needed",
                params={"label": self.question.option(option).label},
            )
        return day.isoformat() if day else None

    def prepare_value(self, value: Any) -> Any:
        """An explicit "none" is shown as its own tick."""
        return {NONE: ""} if value == {} else value


def field_for(question: Question) -> forms.Field:
    """The form field of one question: never required by itself, nothing chosen beforehand."""
    field = _field(question)
    say_plainly(field)
    for code in ("invalid_choice", "invalid_list"):
        field.error_messages[code] = _("Please choose from the list.")
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = _("This is too long. Please keep to the most important.")
    return field


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help,
        "required": False,
    }
    options = [(option.value, option.label) for option in question.options]
    match question.type:
        case QuestionType.YES_NO | QuestionType.SINGLE_CHOICE:
            return ChoiceAnswer(choices=options, **common)
        case QuestionType.MULTI_CHOICE:
            none = [(NONE, question.none_label)] if question.allow_empty else []
            return ListAnswer(choices=options + none, **common)
        case QuestionType.MULTI_CHOICE_DATED:
            return DatedAnswer(question=question, **common)
        case QuestionType.DATE:
            return DayAnswer(**common)
        case QuestionType.TEXT:
            return TextAnswer(max_length=2000, **common)
