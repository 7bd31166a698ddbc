"""Bringing rules in from a file."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, say_plainly
from clinic.packs.forms.fields import PlainText
from screening.exchange.formats import MAX_BYTES

MEGABYTES: Final = MAX_BYTES // (1024 * 1024)


class BringInForm(PlainForm):
    """A file with a pack, and why it is brought in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_(
                "A pack that was saved as files (.zip), or a FHIR Questionnaire, R4B or R5 "
                "(.json). A Questionnaire replaces the questions of the rules in force."
            ),
            allow_empty_file=True,
            max_length=None,
            error_messages={"required": _("Please choose a file.")},
        )
        self.fields["version"] = PlainText(
            label=_("Version"),
            help_text=_("Three numbers. Leave it empty to take the version in the file."),
            required=False,
            longest=20,
        )
        self.fields["why"] = PlainText(
            label=_("What is the reason for new rules?"), longest=500, lines=3
        )
        for field in self.fields.values():
            say_plainly(field)

    def clean_file(self) -> bytes:
        """The content of the file, looked at no further than its size."""
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than %(number)s MB."), params={"number": MEGABYTES}
            )
        content: bytes = given.read()
        return content
