"""The decision form: a verdict and a reason for every flag, then the word on the whole."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.actor import Role
from clinic.core.forms import DayField, PlainForm, TextArea
from clinic.intake.conditions import Conditions, Planned
from clinic.procedures.areas import AREA_WORDS
from clinic.review import verdicts, wording
from clinic.review.verdicts import Case, Flag, Outcome, Problem, Problems, Verdict

LONGEST_KEY: Final = 19


def _verdict_field(flag: Flag, role: Role | None) -> forms.ChoiceField:
    choices = [(one.value, wording.VERDICT_WORDS[one]) for one in verdicts.allowed(flag, role)]
    return forms.ChoiceField(
        label=_("Your decision"), choices=choices, widget=forms.RadioSelect, required=False
    )


def _reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=TextArea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )


def _outcome_field(case: Case, role: Role | None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Overall decision"),
        choices=[(one.value, wording.OUTCOME_WORDS[one]) for one in verdicts.outcomes(case, role)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an overall decision."),
            "invalid_choice": wording.PROBLEM_WORDS[Problem.HARD_STOP],
        },
    )


class ConditionsForm(PlainForm):
    """What may be attached to “May be booked”, by the names of the columns."""

    greatest_depth_mm = forms.DecimalField(
        label=_("Greatest depth in mm"),
        max_digits=3,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        localize=False,
    )
    areas_left_out = forms.MultipleChoiceField(
        label=_("Areas left out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    no_anaesthetic = forms.BooleanField(label=_("No numbing cream"), required=False)
    look_again_on = DayField(label=_("Look again on"), required=False)
    patch_test_first = forms.BooleanField(label=_("A patch test first"), required=False)

    def __init__(self, *args: Any, plan: Planned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        depth = self.fields["greatest_depth_mm"]
        depth.help_text = _("The plan is %(depth)s mm.") % {"depth": f"{plan.depth_mm:.2f}"}
        depth.widget.attrs |= {"step": "0.05", "inputmode": "decimal"}
        self.fields["areas_left_out"].choices = [  # type: ignore[attr-defined]
            (area, AREA_WORDS.get(area, area)) for area in plan.areas
        ]
        self.fields["look_again_on"].help_text = _(
            "From that day on nothing can be booked, and the case comes back to review."
        )
        if not plan.anaesthetic_planned:
            del self.fields["no_anaesthetic"]

    @property
    def conditions(self) -> Conditions:
        """What was set, as the action takes it."""
        given = self.cleaned_data
        return Conditions(
            greatest_depth_mm=given["greatest_depth_mm"],
            areas_left_out=frozenset(given["areas_left_out"]),
            no_anaesthetic=given.get("no_anaesthetic", False),
            look_again_on=given["look_again_on"],
            patch_test_first=given["patch_test_first"],
        )


class DecisionForm(ConditionsForm):
    """`verdict_<id>` and `reason_<id>` for each flag, `outcome`, `reason`, `defer_until`.

    What must be there is judged by `verdicts.problems`, so that the page and the action agree.
    """

    defer_until = DayField(label=_("Not before (only for “Not before a date”)"), required=False)
    reason = _reason_field(_("Your reason for the overall decision"))
    latest = forms.IntegerField(widget=forms.HiddenInput, required=False)
    news = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    mark_optional = False

    def __init__(
        self, *args: Any, case: Case, role: Role | None, told: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if told:
            self.fields["news_considered"] = forms.BooleanField(
                label=_("I have taken into account what was told since the answers were given."),
                error_messages={"required": _("Read what was told, then tick this.")},
            )
        self.flags = flags = case.flags
        self.titles: dict[str, str] = {}
        self.fields["outcome"] = _outcome_field(case, role)
        for flag in flags:
            self.fields[f"verdict_{flag.id}"] = _verdict_field(flag, role)
            self.fields[f"reason_{flag.id}"] = _reason_field(_("Your reason"))
            for name in (f"verdict_{flag.id}", f"reason_{flag.id}"):
                self.titles[name] = flag.title

    @property
    def overall(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

    @property
    def said(self) -> dict[int, tuple[Verdict, str]]:
        """What was chosen, by finding id; a flag without a verdict is left out."""
        found = {}
        for flag in self.flags:
            verdict = self.cleaned_data.get(f"verdict_{flag.id}")
            if verdict:
                found[flag.id] = (Verdict(verdict), self.cleaned_data[f"reason_{flag.id}"])
        return found

    @property
    def heard(self) -> frozenset[int]:
        """The numbers of the news that the page showed."""
        parts = self.cleaned_data["news"].split()
        return frozenset(int(one) for one in parts if one.isdecimal() and len(one) < LONGEST_KEY)

    def take(self, problems: Problems) -> None:
        """Show each problem beside what it is about."""
        for about, problem in problems.items():
            self.add_error(self._place(about, problem), str(wording.PROBLEM_WORDS[problem]))
        self._say_what_is_empty()

    def clean(self) -> dict[str, Any]:
        """Without an overall decision nothing can be judged, but what is empty can be told."""
        given = super().clean() or self.cleaned_data
        if self.has_error("outcome"):
            self._say_what_is_empty()
        return given

    def _say_what_is_empty(self) -> None:
        """All at once, so that nobody is sent back for one field after another."""
        needed = [("reason", Problem.NO_REASON)]
        for flag in self.flags:
            needed.append((f"verdict_{flag.id}", Problem.UNDECIDED))
            needed.append((f"reason_{flag.id}", Problem.NO_REASON))
        for name, problem in needed:
            if not self.has_error(name) and not self.cleaned_data.get(name):
                self.add_error(name, str(wording.PROBLEM_WORDS[problem]))

    def _place(self, about: int | str | None, problem: Problem) -> str:
        if isinstance(about, str):
            return about
        if about is not None:
            return f"{'reason' if problem is Problem.NO_REASON else 'verdict'}_{about}"
        if problem is Problem.NO_REASON:
            return "reason"
        dates = {Problem.DATE_NEEDED, Problem.DATE_IS_PAST}
        return "defer_until" if problem in dates else "outcome"


class ConfirmationForm(PlainForm):
    """A second clinician's word."""

    agreed = forms.ChoiceField(
        label=_("Do you agree with this decision?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, it must be decided again"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Your reason"),
        widget=TextArea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": wording.PROBLEM_WORDS[Problem.NO_REASON]},
    )


def decision_form(
    data: Any,
    case: Case,
    role: Role | None,
    latest: int | None,
    news: Sequence[int] = (),
    *,
    plan: Planned,
) -> DecisionForm:
    """The form for `case`, with nothing chosen beforehand. `news`: what was told since. `plan`:
    what was screened."""
    seen = {"latest": latest, "news": " ".join(map(str, news))}
    return DecisionForm(data, case=case, role=role, told=bool(news), initial=seen, plan=plan)
