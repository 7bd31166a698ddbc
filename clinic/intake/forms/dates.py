"""Form fields for dates that may be known in part. Each cleans to the answer as it is stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from clinic.intake.forms.none import CONTRADICTION, NONE
from clinic.intake.forms.when import When
from screening.engine import Question


class WhenField(forms.Field):
    """What dates need to know. The section that asks sets `given_on`, the day of answering."""

    given_on: date

    def __init__(self, *, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question

    def told(self, when: When) -> str | None:
        """One date as it is stored."""
        return when.answer(today=self.given_on, ahead=self.question.allow_future)


class WhenInput(forms.Widget):
    """One date and how well it is known."""

    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> When:
        """What was typed."""
        return When.posted(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Each part may be left out."""
        return False


class DayAnswer(WhenField):
    """A date, whole or known in part."""

    widget = WhenInput

    def clean(self, value: Any) -> str | None:
        """The date as it is stored."""
        return self.told(value)


class DatedInput(forms.Widget):
    """Ticks named `<question>__<option>` with dates named `<question>__<option>__date`."""

    use_fieldset = True
    options: tuple[str, ...] = ()

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, When]:
        """What was ticked, with each date as it was typed.

        Dates of what is not ticked come under `<option>__date`.
        """
        found: dict[str, When] = {}
        for option in (*self.options, NONE):
            when = When.posted(data, f"{name}__{option}__date")
            if data.get(f"{name}__{option}"):
                found[option] = when
            elif when.given:
                found[f"{option}__date"] = when
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Unticked boxes are not sent at all."""
        return False


class DatedAnswer(WhenField):
    """Options with a date each, or explicitly none of them (an empty object)."""

    widget = DatedInput

    def __init__(self, *, question: Question, **kwargs: Any) -> None:
        super().__init__(question=question, **kwargs)
        self.widget.options = tuple(option.value for option in question.options)

    def clean(self, value: Any) -> dict[str, str | None] | None:
        """Dates by option; None as date where it is optional and was left out."""
        ticked = {key: when for key, when in value.items() if not key.endswith("__date")}
        if NONE in ticked and len(value) > 1:
            raise ValidationError(CONTRADICTION, code="contradiction")
        if len(ticked) < len(value):
            raise ValidationError(
                _("There is a date for something that is not ticked. Tick it or clear the date."),
                code="contradiction",
            )
        if NONE in ticked:
            return {}
        found: dict[str, str | None] = {}
        wrong: list[ValidationError] = []
        for key, when in ticked.items():
            try:
                found[key] = self._day(key, when)
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return found or None

    def _day(self, option: str, when: When) -> str | None:
        label = self.question.option(option).label
        try:
            day = self.told(when)
        except ValidationError as error:
            told = [f"{label}: {message}" for message in error.messages]
            raise ValidationError([ValidationError(one, code="invalid") for one in told]) from None
        if day is None and self.question.option(option).date == "required":
            raise ValidationError(
                _(
                    "Please give the date for “%(label)s”. If you do not know the day, "
                    "choose how well you know it."
                ),
                code="date_needed",
                params={"label": label},
            )
        return day

    def prepare_value(self, value: Any) -> Any:
        """An explicit "none" is shown as its own tick."""
        return {NONE: When()} if value == {} else value
