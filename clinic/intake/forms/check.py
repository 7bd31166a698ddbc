"""Handing in: one statement, ticked by the person who makes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm


class DeskCheckForm(PlainForm):
    """The front desk answers for having asked."""

    confirmed = forms.BooleanField(
        label=_("The client confirmed these answers."),
        error_messages={"required": _("Please read the answers to the client, then tick this.")},
    )


class PaperForm(PlainForm):
    """Where the answers come from; neither is chosen beforehand."""

    source = forms.ChoiceField(
        label=_("How are these answers entered?"),
        choices=[
            ("now", _("The client answers now")),
            ("paper", _("I type from a paper form, and the paper is kept")),
        ],
        widget=forms.RadioSelect,
    )


class ClientCheckForm(PlainForm):
    """The client answers for themself."""

    confirmed = forms.BooleanField(
        label=_("My answers are true, and I will tell you if anything changes."),
        error_messages={"required": _("Please tick this to send your answers.")},
    )
