"""What the clinic types about a procedure, with its least values in words."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clinic.accounts.countries import COUNTRIES
from clinic.accounts.models import User
from clinic.core.edits import EditForm
from clinic.core.forms import HourInput, PaperText
from clinic.core.layout import page_helper
from clinic.procedures.areas import AREA_WORDS, NEVER_OFFERED
from clinic.procedures.models import Room
from clinic.procedures.policy import Floors

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

AREAS = [(code, words) for code, words in AREA_WORDS.items() if code not in NEVER_OFFERED]
DEEPEST = Decimal("9.99")
LONGEST_DAYS = 365


def _days(label: "StrOrPromise") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        max_value=LONGEST_DAYS,
        error_messages={"max_value": _("Please give at most a year, 365 days.")},
    )


def _depth(label: "StrOrPromise") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_value=DEEPEST,
        decimal_places=2,
        error_messages={
            "min_value": _("Please give a depth above 0 mm."),
            "max_value": _("Please give a depth below 10 mm."),
            "max_decimal_places": _("Please give at most two places, for example 0.25."),
        },
    )


class SiteForm(EditForm):
    """Where a site is, when it is open, and which of its rooms are in use."""

    country = forms.ChoiceField(label=_("Country"), choices=[*COUNTRIES.items()])
    opens = forms.TimeField(label=_("Opens"), widget=HourInput)
    closes = forms.TimeField(label=_("Closes"), widget=HourInput)

    def __init__(self, *args: Any, rooms: QuerySet[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"] = forms.ModelMultipleChoiceField(
            label=_("Rooms in use"),
            help_text=_("Nothing can be booked into a room without a tick."),
            queryset=rooms,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.helper = page_helper(self)

    def clean(self) -> dict[str, Any]:
        """It closes after it opens."""
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes <= opens:
            self.add_error(
                "closes", _("The clinic closes after it opens. Please check both times.")
            )
        return given


class ProcedureForm(EditForm):
    """Everything about a procedure that a clinic decides for itself; the modality is not."""

    name = PaperText(label=_("Name"), max_length=120)
    min_depth_mm = _depth(_("Least depth, in mm"))
    max_depth_mm = _depth(_("Greatest depth, in mm"))
    areas = forms.MultipleChoiceField(
        label=_("Areas"), choices=AREAS, widget=forms.CheckboxSelectMultiple
    )
    duration_minutes = forms.IntegerField(label=_("Duration, in minutes"))
    interval_days = _days(_("Days between sessions"))
    deep_interval_days = _days(_("Days after a deep session"))
    cooling_off_hours = forms.IntegerField(label=_("Hours to think before signing"))
    is_offered = forms.BooleanField(
        label=_("Offered for new bookings"),
        required=False,
    )

    def __init__(
        self, *args: Any, least: Floors, clinicians: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.least = least
        self.fields["performers"] = forms.ModelMultipleChoiceField(
            label=_("Who may perform it"),
            queryset=clinicians,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Clinicians of this site. With nobody chosen it cannot be booked."),
        )
        self.fields["interval_days"].help_text = _("At least %(days)s.") % {
            "days": least.interval_days
        }
        self.fields["deep_interval_days"].help_text = _(
            "After RF, or 1.5 mm and deeper: at least %(days)s."
        ) % {"days": least.deep_interval_days}
        self.fields["cooling_off_hours"].help_text = _(
            "Between getting the consent text and signing it: at least %(hours)s. A first session "
            "or a deep one always takes 48."
        ) % {"hours": least.cooling_off_hours}
        self.helper.layout = Layout(
            "opened",
            "name",
            "is_offered",
            Fieldset(_("Depth"), "min_depth_mm", "max_depth_mm", css_class="group"),
            "areas",
            Fieldset(
                _("Time"),
                "duration_minutes",
                "interval_days",
                "deep_interval_days",
                "cooling_off_hours",
                css_class="group",
            ),
            "performers",
        )

    def clean_duration_minutes(self) -> int:
        """Between five minutes and eight hours."""
        minutes: int = self.cleaned_data["duration_minutes"]
        if not 5 <= minutes <= 480:
            raise ValidationError(_("Please give between 5 and 480 minutes."))
        return minutes

    def clean_interval_days(self) -> int:
        """Not below policy."""
        return self._at_least("interval_days", self.least.interval_days)

    def clean_deep_interval_days(self) -> int:
        """Not below policy."""
        return self._at_least("deep_interval_days", self.least.deep_interval_days)

    def clean_cooling_off_hours(self) -> int:
        """Not below policy, and within a consent's life."""
        hours = self._at_least("cooling_off_hours", self.least.cooling_off_hours)
        if hours > 24 * 60:
            raise ValidationError(_("Please give at most 60 days, 1440 hours."))
        return hours

    def _at_least(self, name: str, least: int) -> int:
        value: int = self.cleaned_data[name]
        if value < least:
            message = _("The skin and the client need this time: please give %(least)s or more.")
            raise ValidationError(message, params={"least": least})
        return value

    def clean(self) -> dict[str, Any]:
        """The pairs fit together."""
        given = super().clean() or self.cleaned_data
        shallow, deep = given.get("min_depth_mm"), given.get("max_depth_mm")
        if shallow is not None and deep is not None and deep < shallow:
            self.add_error("max_depth_mm", _("This is less than the least depth."))
        short, long = given.get("interval_days"), given.get("deep_interval_days")
        if short is not None and long is not None and long < short:
            self.add_error(
                "deep_interval_days", _("After a deep session the skin rests at least as long.")
            )
        return given
