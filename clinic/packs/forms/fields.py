"""Fields of bounded, readable text, of waits and of lists written one a line."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import TextArea
from clinic.packs.editing.plain_text import BadText, tidy
from screening.engine import Level

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONGEST_WAIT = {"days": 3_650, "months": 120}
LEVEL_WORDS = {
    Level.ADVISE: _("Advise: goes ahead, with advice"),
    Level.REVIEW: _("Review: a practitioner decides first"),
    Level.DEFER: _("Defer: not before a date"),
    Level.CONTRAINDICATED: _("Contraindicated: not treated"),
}


class PlainText(forms.CharField):
    """A text of at most `longest` characters; over several lines where `lines` is given."""

    def __init__(self, *, longest: int, lines: int = 0, **kwargs: Any) -> None:
        if lines:
            kwargs["widget"] = TextArea(attrs={"rows": lines})
        super().__init__(strip=False, **kwargs)
        self.longest, self.lines = longest, lines
        # `tidy` says the same, and more, in plain words.
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Tidied, or refused with the reason in words."""
        try:
            return tidy(str(value or ""), longest=self.longest, lines=self.lines > 1)
        except BadText as refused:
            raise ValidationError(str(refused)) from refused


class Lines(PlainText):
    """A list of texts, one a line, without repetition; an empty line counts for nothing."""

    def __init__(self, *, longest: int, most: int, **kwargs: Any) -> None:
        super().__init__(longest=(longest + 1) * most, lines=6, **kwargs)
        self.one, self.most = longest, most

    def to_python(self, value: Any) -> Any:
        """The texts as a list."""
        found: list[str] = []
        for line in super().to_python(value).split("\n"):
            try:
                text = tidy(line, longest=self.one)
            except BadText as refused:
                raise ValidationError(f"“{line[:40]}”: {refused}") from refused
            if text and text not in found:
                found.append(text)
        if len(found) > self.most:
            raise ValidationError(_("At most %(most)s lines.") % {"most": self.most})
        return found

    def prepare_value(self, value: Any) -> Any:
        """Back to lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class Ticks(forms.MultipleChoiceField):
    """Any of some choices, as ticks."""

    widget = forms.CheckboxSelectMultiple


class OneOf(forms.ChoiceField):
    """One of some choices, with nothing chosen where there is no answer yet."""

    def __init__(self, words: Mapping[Any, Any], *, empty: Any = None, **kwargs: Any) -> None:
        choices = [(str(key), word) for key, word in words.items()]
        if empty is not None:
            choices.insert(0, ("", empty))
        super().__init__(choices=choices, **kwargs)


def levels(allowed: Iterable[Level]) -> dict[str, Any]:
    """Levels by name, in words, for a choice."""
    return {level.name: LEVEL_WORDS[level] for level in allowed}


def level_field(label: "_StrOrPromise", allowed: Iterable[Level], **kwargs: Any) -> OneOf:
    """A choice of a level."""
    return OneOf(levels(allowed), label=label, **kwargs)


def number_field(label: "_StrOrPromise", **kwargs: Any) -> forms.IntegerField:
    """A whole number of days or months; the greatest depends on the unit."""
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=LONGEST_WAIT["days"],
        error_messages={
            "min_value": _("At least 1."),
            "max_value": _("At most ten years."),
        },
        **kwargs,
    )


UNITS = {"days": _("days"), "months": _("calendar months")}
