"""Writing down what was told: how, in which words, and which questions it touches."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, TextArea
from clinic.intake.models import News
from screening.engine import Pack

HOW = (News.Kind.PHONE, News.Kind.MESSAGE, News.Kind.IN_PERSON, News.Kind.AFTERCARE)
ALL = "*"
WHOLE = "part:"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the questionnaire with the questions that can be chosen one by one."""

    value: str
    title: str
    questions: list[tuple[str, str]]
    chosen: bool


class NewsForm(PlainForm):
    """Nothing is chosen beforehand. `touches` holds parts, single questions, or "I cannot say"."""

    kind = forms.ChoiceField(
        label=_("How was it told?"),
        choices=[(one.value, one.label) for one in HOW],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What was told?"),
        help_text=_("In the words that were used."),
        max_length=2000,
        widget=TextArea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what was told.")},
    )
    told_by = forms.CharField(
        label=_("Who told it, if not the client?"), max_length=200, required=False
    )
    touches = forms.MultipleChoiceField(
        label=_("Which questions does it touch?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose what it touches, or “I cannot say”."),
            "invalid_choice": _("Please choose from the list."),
        },
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack = pack
        offered = [ALL, *(f"{WHOLE}{one}" for one in pack.sections)]
        offered += [q.id for q in pack.questions if q.show_when is None]
        touches = cast(forms.MultipleChoiceField, self.fields["touches"])
        touches.choices = [(value, value) for value in offered]

    def parts(self) -> list[Part]:
        """Every part of the questionnaire, in the order of asking."""
        ticked = set(self["touches"].value() or ())
        return [
            Part(
                value=f"{WHOLE}{section.id}",
                title=section.title,
                questions=[(q.id, q.text) for q in section.questions if q.show_when is None],
                chosen=any(q.id in ticked for q in section.questions),
            )
            for section in self.pack.sections.values()
        ]

    def questions(self) -> list[str]:
        """The questions that were chosen; none where nobody can say, which touches all."""
        chosen = set(self.cleaned_data["touches"])
        if ALL in chosen:
            return []
        return [
            question.id
            for question in self.pack.questions
            if question.id in chosen or f"{WHOLE}{question.section}" in chosen
        ]
