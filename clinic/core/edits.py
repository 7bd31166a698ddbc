"""Two people have one page open, and both save: the second is told what the first saved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clinic.core.errors import Refused
from clinic.core.forms import PlainForm

MARK = "opened"


class EditedMeanwhile(Refused):
    """The row is no longer as the page showed it; `current` holds what it says now, by field."""

    def __init__(self, current: Mapping[str, object]) -> None:
        super().__init__(
            _(
                "Somebody else saved this page after you opened it. What you typed is still here, "
                "and what they saved stands beside it. Save again to keep yours."
            )
        )
        self.current = current


def fingerprint(values: Mapping[str, object]) -> str:
    """SHA-256 of a row's values as a page shows them; the order of a list says nothing."""
    plain = {name: _plain(value) for name, value in values.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def must_be_as_opened(opened: str, current: Mapping[str, object]) -> None:
    """Raise EditedMeanwhile unless the row still is as the page showed it.

    Call it with the row locked. `opened` is the page's mark, empty where no page was open.
    """
    if opened and opened != fingerprint(current):
        raise EditedMeanwhile(current)


class EditForm(PlainForm):
    """A form that edits one row; `initial` holds what the row says, every field of it.

    `cleaned_data["opened"]` goes to the action, which hands it to `must_be_as_opened`.
    """

    opened = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, initial: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={**initial, MARK: fingerprint(initial)}, **kwargs)

    def show_theirs(self, meanwhile: EditedMeanwhile) -> None:
        """Keep what was typed, and say beside each field that differs what was saved meanwhile."""
        typed = dict(self.cleaned_data)
        self.add_error(None, str(meanwhile.message))
        for name, value in meanwhile.current.items():
            if name in self.fields and _plain(typed.get(name)) != _plain(value):
                said = _in_words(self.fields[name], value)
                self.add_error(name, _("Saved meanwhile: %(value)s") % {"value": said})
        # A page is shown again with everything that was posted, but for the mark.
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(MARK)] = fingerprint(meanwhile.current)
        self.data = data


def _plain(value: object) -> object:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        key = getattr(value, "pk", value)
        return key if isinstance(key, bool | int | None) else str(key)
    return sorted(str(_plain(one)) for one in value)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        words = [str(one) for one in value]
    elif isinstance(field, forms.MultipleChoiceField):
        labels = dict(cast("Iterable[tuple[str, Any]]", field.choices))
        words = [str(labels.get(one, one)) for one in value]
    elif isinstance(value, bool):
        return _("yes") if value else _("no")
    else:
        words = [str(field.prepare_value(value))] if value not in (None, "") else []
    return ", ".join(words) or str(NOTHING)


NOTHING = _lazy("nothing")
