"""Form fields for the six types of question. Each cleans to the answer as it is stored.

Nothing given is None: whether that is allowed is decided by the section, which knows what is shown.
"""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import DayField, TextArea, say_plainly
from clinic.intake.forms.dates import DatedAnswer, DayAnswer
from clinic.intake.forms.none import CONTRADICTION, NONE
from screening.engine import Question, QuestionType


class TextAnswer(forms.CharField):
    """A text; blanks alone are no answer."""

    widget = TextArea

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


class BirthdayAnswer(DayField):
    """A date of birth, which everybody knows to the day, kept as YYYY-MM-DD."""

    def clean(self, value: Any) -> Any:
        """The date in ISO form."""
        day = super().clean(value)
        return day.isoformat() if day else None


class ListAnswer(forms.MultipleChoiceField):
    """Any number of options, or explicitly none of them (an empty list)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_be_empty = question.allow_empty
        self.alone = question.exclusive | ({NONE} if question.allow_empty else set())

    def clean(self, value: Any) -> list[str] | None:
        """The ticked options in the order of asking."""
        ticked: list[str] = super().clean(value)
        if not self.alone.isdisjoint(ticked) and len(set(ticked)) > 1:
            raise ValidationError(CONTRADICTION, code="contradiction")
        if self.may_be_empty and NONE in ticked:
            return []
        offered = cast("list[tuple[str, str]]", self.choices)
        return [key for key, _label in offered if key in ticked] or None

    def prepare_value(self, value: Any) -> Any:
        """An explicit "none" is shown as its own tick."""
        return [NONE] if value == [] else value


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
            return ListAnswer(question=question, choices=options + none, **common)
        case QuestionType.MULTI_CHOICE_DATED:
            return DatedAnswer(question=question, **common)
        case QuestionType.DATE if question.birth_date:
            return BirthdayAnswer(**common)
        case QuestionType.DATE:
            return DayAnswer(question=question, **common)
        case QuestionType.TEXT:
            return TextAnswer(max_length=2000, **common)
