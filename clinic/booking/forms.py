"""Shape and wording of what is typed or chosen about appointments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.booking.same_day import QUESTIONS, SAID_WORDS
from clinic.clients.models import Client
from clinic.core.forms import PlainForm, TextArea
from clinic.core.layout import page_helper

YEARS = range(2000, 2200)
"""Beyond these, somebody is trying what the calendar can bear."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A time, a practitioner and a room, as a button sent them."""

    starts_at: datetime
    practitioner_id: int
    room_id: int


class SlotForm(PlainForm):
    """`slot` as "2026-06-16T09:30/3/2": local time, practitioner, room."""

    slot = forms.CharField(max_length=60, error_messages={"required": _("Please choose a time.")})

    def clean_slot(self) -> Chosen:
        """The choice, with an aware time."""
        try:
            start, practitioner, room = self.cleaned_data["slot"].split("/")
            moment = timezone.make_aware(datetime.fromisoformat(start))
            who, where = int(practitioner), int(room)
            if moment.year not in YEARS:
                raise ValueError(moment.year)
        except ValueError as error:
            raise forms.ValidationError(_("Please choose one of the times.")) from error
        return Chosen(starts_at=moment, practitioner_id=who, room_id=where)


class CheckInForm(PlainForm):
    """Identity, and one field for each question of the day. Nothing is preselected."""

    identity_confirmed = forms.BooleanField(
        error_messages={
            "required": _("Ask for name and date of birth first. Both must match the record.")
        }
    )

    def __init__(self, *args: Any, client: Client, born: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identity_confirmed"].label = _(
            "The client said name and date of birth aloud: %(name)s, %(born)s"
        ) % {"name": client.full_name, "born": born}
        for name, words in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=words,
                choices=[(said.value, word) for said, word in SAID_WORDS.items()],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Please ask this and choose an answer."),
                    "invalid_choice": _("Please choose one of the answers."),
                },
            )

        self.fields["words"] = forms.CharField(
            label=_("What did the client say?"),
            help_text=_("In their own words, if any answer is not “no”."),
            max_length=2000,
            required=False,
            widget=TextArea(attrs={"rows": 2}),
        )
        self.helper = page_helper(self)

    def answers(self) -> dict[str, str]:
        """The questions of the day with what was said."""
        return {name: self.cleaned_data[name] for name in QUESTIONS}


class CancelForm(PlainForm):
    """Why an appointment is cancelled."""

    cause = forms.CharField(
        label=_("Why?"),
        help_text=_("One line that a colleague can understand. No health details."),
        max_length=300,
        error_messages={"required": _("Please say why it is cancelled.")},
    )
