"""One form per section of the rule pack, built from the pack once and kept."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.layout import page_helper
from clinic.intake.forms.dates import WhenField
from clinic.intake.forms.fields import field_for
from clinic.intake.forms.layout import AskedQuestions
from clinic.intake.forms.none import CONTRADICTION
from clinic.intake.going_through import NOTHING, Earlier
from screening.engine import Pack, Problem, Question, QuestionType, Section, visible_questions
from screening.engine.sheet import read_sheet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CHOSEN = frozenset(QuestionType) - {QuestionType.DATE, QuestionType.TEXT}
WORDS = {
    Problem.UNREADABLE: _("We cannot read this answer. Please answer again."),
    Problem.NOT_AN_OPTION: _("Please choose from the list."),
    Problem.NOT_A_DATE: _("Please give a real date, for example 31/12/1985."),
    Problem.DATE_NEEDED: _("Please give a date for each one you ticked."),
    Problem.IN_THE_FUTURE: _("This day has not come yet. Please check the date."),
    Problem.EXCLUSIVE: CONTRADICTION,
    Problem.TOO_LONG_AGO: _("This date is too long ago. Please check the year."),
}
MISSING = {
    QuestionType.DATE: _("Please give a date."),
    QuestionType.TEXT: _("Please write an answer. If there is nothing, write “none”."),
}


class SectionForm(forms.Form):
    """The questions of one section. Made by `section_form`, never by hand.

    `others` are the answers of the other sections, for follow-ups that look across; `given_on` is
    the day of answering; `born` the date of birth in the client's record; `earlier` the answers
    that are in view. After `is_valid()`: `answers` holds what counts, as it is stored; `confirmed`
    those of them that were said to be still true; `wrong` the questions whose answer does not
    count. Shown questions without an answer are errors too, but not `wrong`.
    """

    pack: ClassVar[Pack]
    section: ClassVar[Section]
    layout: ClassVar[Layout]
    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        others: Mapping[str, Any],
        given_on: date,
        born: date,
        earlier: Earlier = NOTHING,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.others = others
        self.earlier = earlier
        self.confirmed: tuple[str, ...] = ()
        self.unconfirmed = False
        self.given_on = given_on
        self.born = born
        self.answers: dict[str, Any] = {}
        self.wrong: frozenset[str] = frozenset()
        for field in self.fields.values():
            if isinstance(field, WhenField):
                field.given_on = given_on

    @property
    def helper(self) -> FormHelper:
        """The crispy helper, with the layout of the section."""
        helper = page_helper()
        helper.layout = self.layout
        return helper

    def shown(self) -> frozenset[str]:
        """The ids of the questions that the answers so far show."""
        given = self.answers if self.is_bound else self.initial
        in_view = {**self.earlier.answers, **self.others, **given}
        return frozenset(q.id for q in visible_questions(self.pack, in_view))

    def standing(self) -> frozenset[str]:
        """The questions whose earlier answer is in view and may be said to be still true."""
        given = self.answers if self.is_bound else self.initial
        in_view = {**self.earlier.answers, **self.others, **given}
        return frozenset(
            question.id
            for question in self.section.questions
            if question.id not in self.initial and self.earlier.may_stand(question, in_view)
        )

    def clean(self) -> dict[str, Any]:
        """Keep what counts, ignore what is not shown, say what is missing or wrong."""
        cleaned = {key: value for key, value in self.cleaned_data.items() if value is not None}
        self.answers = cleaned | self._still_true(cleaned)
        cleaned = self.answers
        shown = self.shown()
        self.answers = {key: value for key, value in cleaned.items() if key in shown}
        for name in set(self.errors) - shown:
            del self.errors[name]
        self.wrong = frozenset(self.errors)
        standing = self.standing()
        sheet = read_sheet(self.pack, {**self.others, **self.answers}, given_on=self.given_on)
        for question in self.section.questions:
            problem = sheet.problems.get(question.id)
            if problem is None or question.id not in shown or question.id in self.errors:
                continue
            if problem is Problem.MISSING and question.id in standing:
                self.unconfirmed = True
            elif problem is Problem.MISSING:
                words = self._missing(question)
                self.add_error(question.id, forms.ValidationError(words, code="required"))
            else:
                self._refuse(question.id, WORDS[problem])
        if self.unconfirmed:
            self.add_error(None, forms.ValidationError(STILL_TRUE, code="required"))
        self._same_birthday()
        return self.answers

    def _still_true(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The earlier answers that the person says still hold, where nothing else was given."""
        if not self.data.get(CONFIRM):
            return {}
        found: dict[str, Any] = {}
        now = {**self.earlier.answers, **self.others, **given}
        for question in self.section.questions:
            given_here = (given, self.errors, self.initial)
            if not any(question.id in here for here in given_here) and self.earlier.may_stand(
                question, now
            ):
                found[question.id] = self.earlier.answers[question.id]
        shown = {q.id for q in visible_questions(self.pack, {**self.others, **given, **found})}
        self.confirmed = tuple(name for name in found if name in shown)
        return found

    def _missing(self, question: Question) -> "_StrPromise":
        if question.needs_text_when is not None and self.answers.get(question.id):
            return _("You ticked that there is something else. Please write what it is.")
        return MISSING.get(question.type, _("Please choose an answer."))

    def _same_birthday(self) -> None:
        question = self.pack.birth_question
        given = self.answers.get(question.id) if question else None
        if question and given and given != self.born.isoformat():
            self._refuse(
                question.id,
                _(
                    "This is not the date of birth in your record. Please check it. "
                    "If it is right, the clinic needs to correct the record first."
                ),
            )

    def _refuse(self, name: str, words: Any) -> None:
        self.add_error(name, forms.ValidationError(words, code="wrong"))
        self.answers.pop(name, None)
        self.wrong |= {name}


CONFIRM: Final = "still_true"
"""The name of the box that says so of everything else on the page."""

STILL_TRUE = _(
    "Please tick the box at the end if every earlier answer is still true, or change what is not."
)


@lru_cache(maxsize=64)
def section_form(pack: Pack, section_id: str) -> type[SectionForm]:
    """The form class of a section; the same class every time. KeyError for an unknown section."""
    section = pack.sections[section_id]
    members: dict[str, Any] = {
        "pack": pack,
        "section": section,
        "layout": Layout(AskedQuestions(pack, section)),
        **{question.id: field_for(question) for question in section.questions},
    }
    return type(f"{section_id.title().replace('_', '')}Form", (SectionForm,), members)
