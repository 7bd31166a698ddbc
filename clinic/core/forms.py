"""Forms that say what is wrong in plain words, and sit in `partials/form.html`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.drawable import validate_drawable
from clinic.core.layout import page_helper

CHOSEN = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)


def say_plainly(field: forms.Field) -> None:
    """Replace Django's own messages; a message given with the field stays."""
    _reword(field, "required", _missing(field))
    if isinstance(field, forms.DateField):
        _reword(field, "invalid", _("Please give a real date, for example 31/12/1985."))
    elif isinstance(field, forms.DecimalField | forms.FloatField):
        _reword(field, "invalid", _("Please give a number, for example 1.5."))
    elif isinstance(field, forms.IntegerField):
        _reword(field, "invalid", _("Please give a whole number."))


def _missing(field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return _("Please tick this box to go on.")
    if isinstance(field.widget, CHOSEN):
        return _("Please choose an answer.")
    if isinstance(field, forms.DateField):
        return _("Please give a date.")
    return _("Please fill this in.")


def _reword(field: forms.Field, code: str, words: Any) -> None:
    own = next(
        (c for c in type(field).__mro__ if code in vars(c).get("default_error_messages", {})), None
    )
    default = own and vars(own)["default_error_messages"][code]
    if field.error_messages.get(code) is default:
        field.error_messages[code] = words


class PlainWords(forms.BaseForm):
    """Mix in before `forms.ModelForm`: plain messages, and the crispy helper of our pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)
        self.helper = page_helper(self)


class PlainForm(PlainWords, forms.Form):
    """A form with plain messages, ready for `partials/form.html`."""


class TextArea(forms.Textarea):
    """Several lines. Browsers send a line break as two letters and count it as one; so do we."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text with one letter a line break."""
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class PaperText(forms.CharField):
    """Text that stands on a paper one day: refused here if no letter of ours can draw it."""

    default_validators = [validate_drawable]


class DayInput(forms.DateInput):
    """The browser's own date input, which always speaks ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """The browser's own time input."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DayField(forms.DateField):
    """A day, given with the browser's date input or typed as 31/12/1985."""

    widget = DayInput
