"""What is asked when somebody signs, says no or takes consent back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.consent.errors import CAPACITY_IN_DOUBT, NAME_TO_EXPLAIN
from clinic.consent.saying import CAPACITY, PRESENT, Beside, same_name
from clinic.consent.strokes import NotASignature, Stroke, read_strokes
from clinic.core.forms import PaperText, PlainForm, TextArea

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
PRESENT_LABELS = {
    "interpreter": _("Interpreter: name and language"),
    "supporter": _("Somebody who helps: name"),
    "witness": _("Witness, if the client cannot write: name"),
}


class SignatureForm(PlainForm):
    """A printed name, and a signature drawn or typed."""

    printed_name = PaperText(label=_("Your full name"), max_length=200)
    name_explained = PaperText(
        label=_("Why your name is written in another way"), max_length=300, required=False
    )
    strokes = forms.CharField(widget=forms.HiddenInput, required=False)
    typed = PaperText(label=_("Or sign by typing your full name"), max_length=200, required=False)
    mark_optional = False

    def __init__(self, *args: Any, on_record: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_record = on_record
        for role, label in PRESENT_LABELS.items():
            self.fields[f"with_{role}"] = PaperText(label=label, max_length=200, required=False)
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
        self._compare(given)
        return given

    def _compare(self, given: dict[str, Any]) -> None:
        printed, why = given.get("printed_name"), given.get("name_explained")
        if printed and not why and not same_name(printed, self.on_record):
            self.add_error("name_explained", NAME_TO_EXPLAIN % {"name": self.on_record})

    @property
    def asks_for_the_name(self) -> bool:
        """Whether the name differs, so that the page asks why."""
        return bool(self["name_explained"].errors or self["name_explained"].value())

    @property
    def somebody_is_there(self) -> list[Any]:
        """The fields about who is present."""
        return [self[f"with_{role}"] for role in PRESENT]

    def beside(self) -> Beside:
        """What is written down beside the signature."""
        given = self.cleaned_data
        return Beside(
            name_explained=given["name_explained"],
            present={role: given[f"with_{role}"] for role in PRESENT},
        )

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
            "beside": self.beside(),
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
        super().__init__(*args, on_record=content["client"]["name"], **kwargs)
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


class CountersignForm(SignatureForm):
    """The practitioner's: four statements about capacity, each ticked by them, and what was asked.

    Nothing is chosen beforehand; with doubt nobody signs.
    """

    asked = forms.ChoiceField(
        label=_("Did the client ask anything?"), choices=YES_NO, widget=forms.RadioSelect
    )
    questions = PaperText(
        label=_("What the client asked"),
        max_length=2000,
        required=False,
        widget=TextArea(attrs={"rows": 3}),
    )
    answers = PaperText(
        label=_("What you answered"),
        max_length=2000,
        required=False,
        widget=TextArea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, statement in CAPACITY.items():
            self.fields[name] = forms.BooleanField(
                label=statement, error_messages={"required": CAPACITY_IN_DOUBT}
            )
        self.order_fields([*CAPACITY, "asked", "questions", "answers"])

    @property
    def capacity(self) -> list[Any]:
        """The four statements."""
        return [self[name] for name in CAPACITY]

    def clean(self) -> dict[str, Any]:
        """Questions come with their answers."""
        given = super().clean()
        if given.get("asked") == "yes":
            for name in ("questions", "answers"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Please write it down in a few words."))
        return given

    def beside(self) -> Beside:
        """The same, with capacity and what was asked."""
        given = self.cleaned_data
        return replace(
            super().beside(),
            capacity=[name for name in CAPACITY if given[name]],
            asked=given["asked"] == "yes",
            questions=given["questions"],
            answers=given["answers"],
        )


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
