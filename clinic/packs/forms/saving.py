"""What every change of a draft asks for: why, and why it is safe where the rules get softer."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, say_plainly
from clinic.packs.editing.difference import Change
from clinic.packs.forms.fields import PlainText

_WHERE = re.compile(r"^\w+\.toml: (?:\w+ '[^']*': )*")
"""Where in the files an error is; beside the field that says itself."""


class SavingForm(PlainForm):
    """A form that ends in "Save": `seen` is the hash of the revision that the page showed.

    `softer` is asked only after a save that may let somebody through who was stopped before.
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = PlainText(
            label=_("Why do you change this?"),
            help_text=_("One line for whoever approves it and for the record."),
            longest=300,
            error_messages={"required": _("Please say in one line why.")},
        )
        self.fields["softer"] = PlainText(
            label=_("Why is the softer rule safe?"), longest=500, required=False, lines=2
        )
        self.asks_softer = bool(self.data.get(self.add_prefix("softer")))

    def full_clean(self) -> None:
        """Every field, also one that was added late, says in plain words what is wrong."""
        for field in self.fields.values():
            say_plainly(field)
        super().full_clean()

    @property
    def reason(self) -> str:
        """What was typed as the reason, both parts."""
        why: str = self.cleaned_data["why"]
        softer: str = self.cleaned_data.get("softer", "")
        return (
            _("%(why)s Softer, because: %(softer)s") % {"why": why, "softer": softer}
            if (softer)
            else why
        )

    def ask_why_softer(self, changes: Iterable[Change]) -> bool:
        """Whether a reason is still missing for what gets softer; asks for it then."""
        softer = [change for change in changes if change.softer]
        if not softer or self.cleaned_data.get("softer"):
            return False
        self.asks_softer = True
        told = "; ".join(_said(change) for change in softer[:3])
        self.add_error(
            "softer",
            _(
                "This may let somebody through who is stopped now (%(what)s). Please say why that "
                "is safe."
            )
            % {"what": told},
        )
        return True

    def seen_is(self, sha256: str) -> None:
        """From now on the page shows this revision."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = sha256
        self.data = data

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about; None for the whole form."""
        return None

    def take(self, line: str) -> None:
        """Show a pack's error beside the field that it belongs to."""
        place = self.place_of(line)
        known = place if place in self.fields else None
        reason = _WHERE.sub("", line) if known else line
        self.add_error(known, _("This cannot be kept: %(reason)s") % {"reason": reason})


def _said(change: Change) -> str:
    if change.old == change.new:
        return change.where if change.what in change.where else f"{change.where}, {change.what}"
    return f"{change.what}: {change.old} → {change.new}"[:160]
