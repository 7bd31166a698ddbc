"""What is typed about a client, and how it is worded."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.clients import birth_dates, phones
from clinic.clients.languages import LANGUAGES
from clinic.clients.models import AdverseEvent, EventEntry
from clinic.clients.names import fold
from clinic.core.edits import EditForm
from clinic.core.forms import DayField, PaperText, PlainForm, TextArea
from clinic.core.layout import page_helper

SEVERITIES = [
    ("MILD", _("Mild: a nuisance, no treatment needed")),
    ("MODERATE", _("Moderate: needs advice or treatment")),
    ("SEVERE", _("Severe: needs a doctor soon, or went to hospital")),
]
OLDEST = 120
"""Years. Nobody is older; a date before that is a slip of the finger."""


class BirthField(forms.CharField):
    """A date of birth, typed as people write it, day first. Cleans to a date in the past."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Date of birth"))
        kwargs.setdefault("help_text", _("For example 12/04/1990"))
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs |= {"autocomplete": "bday", "inputmode": "text"}
        self.error_messages["required"] = _("Please give the date of birth.")
        self.today: date | None = None

    def prepare_value(self, value: Any) -> Any:
        """A stored date is shown the way it is typed."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The date. `today` is set by the form."""
        text = super().clean(value)
        if not text:
            return None
        today = self.today or date.max
        born = birth_dates.birthday(text, today)
        if born is None:
            raise ValidationError(_("Please give a real date, for example 12/04/1990."))
        if born > today:
            raise ValidationError(_("This date is still to come. Please check the year."))
        if born.year < today.year - OLDEST:
            raise ValidationError(_("This date is more than 120 years ago. Please check the year."))
        return born


class TodayForm(PlainForm):
    """A form that knows today's date, for the days in it that must have been."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, BirthField):
                field.today = today


class BirthdayForm(TodayForm):
    """The one question before a link opens. Its name clashes with no question of an intake."""

    born_field = "link_date_of_birth"
    link_date_of_birth = BirthField(label=_("Your date of birth"))

    @property
    def born(self) -> date:
        """The date given, once the form is valid."""
        born: date = self.cleaned_data[self.born_field]
        return born


class ClientForm(TodayForm):
    """Who a client is, and how to reach them: a phone number or an e-mail at least."""

    first_name = PaperText(label=_("First name"), max_length=80)
    last_name = PaperText(
        label=_("Last name"),
        help_text=_("Leave this empty for somebody who has one name only."),
        max_length=80,
        required=False,
    )
    date_of_birth = BirthField()
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("A phone number or an e-mail address is needed."),
        max_length=40,
        required=False,
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Names on papers are written as this language writes them."),
        choices=[("", _("Not asked")), *LANGUAGES.items()],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = _(
            "Please give a whole e-mail address, for example maya@example.com."
        )
        for name in ("first_name", "last_name", "phone", "email", "date_of_birth"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.input_type = "tel"

    def clean_first_name(self) -> str:
        """A name that can be read aloud; a hyphen alone cannot."""
        name: str = self.cleaned_data["first_name"]
        if not fold(name):
            raise ValidationError(_("Please give a name with at least one letter."))
        return name

    def clean_phone(self) -> str:
        """A number that can be called, as people of the country write it."""
        phone: str = self.cleaned_data["phone"]
        if not phone:
            return ""
        number = phones.parse(phone)
        if number is None:
            raise ValidationError(
                _(
                    "Please give a whole phone number, for example 07700 900123,"
                    " or +48 512 345 678 for one abroad."
                )
            )
        return phones.as_written(number)

    def clean_email(self) -> str:
        """In lower case, as mail is delivered."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """The clinic must be able to reach everybody it treats."""
        given = super().clean() or self.cleaned_data
        missing = not given.get("phone") and not given.get("email")
        if missing and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("Please give a phone number or an e-mail address."))
        return given


class EditClientForm(EditForm, ClientForm):
    """A client's details, put right."""


class NewClientForm(ClientForm):
    """As above; the tick appears only when the person may be known already."""

    different_person = forms.BooleanField(
        label=_("This is a different person"),
        help_text=_("Tick only after checking the records above."),
        required=False,
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    """Sent back with the tick's page, because a tick left empty sends nothing."""

    def __init__(self, *args: Any, ask_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_again:
            del self.fields["different_person"], self.fields["asked"]
            self.helper = page_helper(self)

    def say_untouched(self) -> None:
        """The tick was offered and left empty, and the person may still be known."""
        self.add_error(
            "different_person",
            _("Open the record above, or tick this if it is a different person."),
        )


class EventForm(TodayForm):
    """What went wrong after a treatment."""

    what = forms.CharField(
        label=_("What happened"),
        help_text=_("In the client's own words where you can."),
        max_length=1000,
        widget=TextArea(attrs={"rows": 4}),
    )
    onset = DayField(label=_("When it began"))
    severity = forms.ChoiceField(
        label=_("How bad it is now"), choices=SEVERITIES, widget=forms.RadioSelect
    )

    def clean_onset(self) -> date:
        """What is reported has begun."""
        onset: date = self.cleaned_data["onset"]
        if onset > self.today:
            raise ValidationError(_("This date is still to come. Please check it."))
        return onset


class CloseEventForm(PlainForm):
    """Why an adverse event is over."""

    cause = forms.CharField(
        label=_("How it ended"),
        help_text=_("What you saw or were told, and the reason for what follows."),
        max_length=500,
        widget=TextArea(attrs={"rows": 4}),
    )
    follows = forms.ChoiceField(
        label=_("What follows"),
        choices=AdverseEvent.Follows.choices,
        widget=forms.RadioSelect,
    )


class EntryForm(PlainForm):
    """What was done, seen or told about an adverse event. A doctor's word: only a clinician."""

    kind = forms.ChoiceField(
        label=_("What is it"), choices=EventEntry.Kind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_("With the time, if it matters: what was done and when."),
        max_length=2000,
        widget=TextArea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, clinical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not clinical:
            kinds = EventEntry.Kind.choices
            asked = cast("forms.ChoiceField", self.fields["kind"])
            asked.choices = [one for one in kinds if one[0] != EventEntry.Kind.WORD]
