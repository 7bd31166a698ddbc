"""What is planned: procedure, depth, areas, day, numbing. Nothing is chosen beforehand."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import DayField, PlainForm
from clinic.procedures.areas import AREA_WORDS, NEVER_OFFERED
from clinic.procedures.models import Procedure

FARTHEST = timedelta(days=366)
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class YesNoField(forms.TypedChoiceField):
    """Yes or no as buttons, neither chosen beforehand; cleans to a bool."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda value: value == "yes", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A bool is shown as its button."""
        return {True: "yes", False: "no"}.get(value, value)


class ChangePlanForm(PlainForm):
    """Depth, areas, day and numbing of one procedure. `today` bounds the day."""

    depth_mm = forms.DecimalField(
        label=_("Greatest depth in mm"), max_digits=3, decimal_places=2, localize=False
    )
    areas = forms.MultipleChoiceField(label=_("Areas"), widget=forms.CheckboxSelectMultiple)
    planned_date = DayField(
        label=_("Planned day"),
        help_text=_("The answers are judged for this day. An estimate is enough."),
    )
    anaesthetic_planned = YesNoField(label=_("Will numbing cream be used?"))

    def __init__(
        self, data: Any = None, *, procedures: Iterable[Procedure], today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.procedures = list(procedures)
        offered = {area for one in self.procedures for area in one.areas} - NEVER_OFFERED
        words = [(area, word) for area, word in AREA_WORDS.items() if area in offered]
        self._choices("areas", words)
        self.fields["depth_mm"].help_text = self._range()
        self.fields["depth_mm"].widget.attrs |= {"step": "0.05", "inputmode": "decimal"}

    def clean_planned_date(self) -> date:
        """Today or later, within a year."""
        day: date = self.cleaned_data["planned_date"]
        if day < self.today:
            raise ValidationError(_("This day has passed. Please choose today or a later day."))
        if day > self.today + FARTHEST:
            raise ValidationError(_("This is more than a year away. Please check the year."))
        return day

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _range(self) -> str:
        return "; ".join(
            str(
                _("%(name)s: %(least)s to %(most)s mm")
                % {"name": one.name, "least": one.min_depth_mm, "most": one.max_depth_mm}
            )
            for one in self.procedures
        )


class DraftPlanForm(ChangePlanForm):
    """The plan of an open questionnaire: what was asked on the test patch can still change."""

    test_patch_ok = YesNoField(
        label=_("Was a test patch done at least 28 days ago, and checked since?"),
        help_text=_("If you are not sure, choose no."),
    )


class PlanForm(DraftPlanForm):
    """A new questionnaire: the procedure comes first."""

    procedure = forms.TypedChoiceField(label=_("Procedure"), widget=forms.RadioSelect, coerce=int)
    field_order = ["procedure", "areas", "depth_mm", "planned_date", "anaesthetic_planned"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._choices("procedure", [(one.pk, one.name) for one in self.procedures])

    def chosen(self) -> tuple[Procedure, dict[str, Any]]:
        """The procedure, and the rest of the plan as `start` takes it. Only of a valid form."""
        plan = dict(self.cleaned_data)
        key = plan.pop("procedure")
        return next(one for one in self.procedures if one.pk == key), plan
