"""Saying that a record is of another client, and that a deviation has been seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, TextArea


def _words(label: Any, help_text: Any) -> forms.CharField:
    area = TextArea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=1000, widget=area)


class VoidForm(PlainForm):
    """Why the record is of another client, and what was done about it."""

    reason = _words(
        _("How it happened"), _("Who was really treated, and how the records were mixed up.")
    )
    action = _words(
        _("What you did about it"),
        _(
            "For example: told both clients, recorded the treatment of the other one, took back "
            "the sheet."
        ),
    )


class SeenForm(PlainForm):
    """What the clinical lead notes about a deviation."""

    note = _words(_("Your note"), _("What you think of it, and what follows."))
