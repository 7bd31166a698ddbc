"""What is asked when somebody signs, says no or takes consent back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.consent.strokes import NotASignature, Stroke, read_strokes
from clinic.core.forms import PaperText, PlainForm, TextArea

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class SignatureForm(PlainForm):
    """A printed name, and a signature drawn or typed."""

    printed_name = PaperText(label=_("Your full name"), max_length=200)
    strokes = forms.CharField(widget=forms.HiddenInput, required=False)
    typed = PaperText(label=_("Or sign by typing your full name"), max_length=200, required=False)
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["printed_name"].widget.attrs["autocomplete"] = "name"
        self.fields["typed"].widget.attrs |= {"autocomplete": "off", "class": "sign-typed"}

    def clean(self) -> dict[str, Any]:
        """Either strokes, or the same name typed again."""
        super().clean()
        given = self.cleaned_data
        given["method"], given["drawn"] = "TYPED", None
        if given.get("strokes"):
            self._read_strokes(given["strokes"])
        elif not given.get("typed"):
            self.add_error("typed", _("Please sign in the box, or type your name here."))
        elif "printed_name" in given and not _same(given["typed"], given["printed_name"]):
            self.add_error("typed", _("Please type the same name as in “Your full name”."))
        return given

    def _read_strokes(self, raw: str) -> None:
        try:
            drawn = read_strokes(raw)
        except NotASignature:
            self.add_error("typed", _("We could not read the drawing. Please sign again."))
        else:
            self.cleaned_data |= {"method": "DRAWN", "drawn": drawn}

    def signature(self) -> dict[str, Any]:
        """The arguments that both signing actions take."""
        drawn: list[Stroke] | None = self.cleaned_data["drawn"]
        return {
            "printed_name": self.cleaned_data["printed_name"],
            "method": self.cleaned_data["method"],
            "strokes": drawn,
        }


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


class ConsentForm(SignatureForm):
    """The client's signature: a tick for every statement, an answer about every kind of photo.

    The fields carry the statements' own ids. Nothing is chosen beforehand.
    """

    content_sha256 = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        self.ticks = [name for part in content["parts"] for name in part["acknowledgements"]]
        self.photos = [photo["id"] for photo in content["photos"]]
        super().__init__(*args, **kwargs)
        for ack in content["acknowledgements"]:
            self.fields[ack["id"]] = forms.BooleanField(
                label=ack["text"],
                error_messages={"required": _("Please tick this if you agree, or ask us.")},
            )
        for photo in content["photos"]:
            self.fields[photo["id"]] = forms.ChoiceField(
                label=photo["title"],
                help_text=photo["text"],
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose yes or no.")},
            )
        # So the summary of errors lists them as they stand on the page.
        self.order_fields([*self.ticks, *self.photos])

    def consent(self) -> dict[str, Any]:
        """The arguments of `sign_client` beside the signature."""
        return {
            "acknowledged": [name for name in self.ticks if self.cleaned_data[name]],
            "choices": {name: self.cleaned_data[name] for name in self.photos},
            "content_sha256": self.cleaned_data["content_sha256"],
        }


class CauseForm(PlainForm):
    """Why, if anybody wants to say so."""

    cause = PaperText(
        label=_("What should we know about it?"),
        help_text=_("You do not have to say anything."),
        max_length=500,
        required=False,
        widget=TextArea(attrs={"rows": 3}),
    )


class ToldForm(CauseForm):
    """The same, asked of the staff member whom the client told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].label = _("What the client said")
        self.fields["cause"].help_text = _("Nobody has to give a reason.")
