"""Beginning a draft, setting it aside, approving it."""

from collections.abc import Collection
from itertools import count
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, say_plainly
from clinic.packs.forms.fields import PlainText


class StartForm(PlainForm):
    """The version of a new draft and why it is begun."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = PlainText(
            label=_("Version"),
            help_text=_("Three numbers, above the version in force."),
            longest=20,
        )
        self.fields["why"] = PlainText(
            label=_("What is the reason for new rules?"), longest=500, lines=3
        )
        for field in self.fields.values():
            say_plainly(field)


class ReasonForm(PlainForm):
    """Why something is done: to set a draft aside, to accept a test case as it is now."""

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = PlainText(label=label, longest=300)
        say_plainly(self.fields["why"])


class ApproveForm(PlainForm):
    """A second person's word: what they looked at. `seen` is the hash of what was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = PlainText(
            label=_("What did you look at, and why do you agree?"), longest=1000, lines=3
        )
        say_plainly(self.fields["note"])


def next_version(version: str, taken: Collection[str] = ()) -> str:
    """The first version above that is not taken: 1.1.0 after 1.0.0. Empty where the version is
    not three numbers."""
    try:
        major, minor, _patch = map(int, version.split("."))
    except ValueError:
        return ""
    free = (f"{major}.{number}.0" for number in count(minor + 1))
    return next(one for one in free if one not in taken)
