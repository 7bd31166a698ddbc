"""Fields for numbers with bounds, each told beside the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.packs.editing.names import Table, text

UNITS = {
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
    "minutes": gettext_lazy("minutes"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
    "mm": gettext_lazy("mm"),
    "areas": gettext_lazy("areas"),
}


def number_field(*, least: float, most: float, initial: Any, required: bool = True) -> forms.Field:
    """A number that need not be whole."""
    return forms.FloatField(
        min_value=least,
        max_value=most,
        step_size=0.05,
        initial=initial,
        required=required,
        error_messages=_said(least, most, ""),
    )


def policy_field(policy: Table) -> forms.Field:
    """The number of a policy, within what a clinic may set."""
    least, most = _number(policy.get("min")), _number(policy.get("max"))
    unit = str(UNITS.get(text(policy, "unit"), ""))
    if least == most:
        told = _("Always %(number)s %(unit)s: law, rules and texts use the same number.") % {
            "number": f"{least:g}",
            "unit": unit,
        }
    else:
        told = _("From %(least)s to %(most)s %(unit)s.") % {
            "least": f"{least:g}",
            "most": f"{most:g}",
            "unit": unit,
        }
    given: dict[str, Any] = {
        "initial": policy.get("value"),
        "help_text": told,
        "error_messages": _said(least, most, unit),
    }
    if policy.get("type") == "integer":
        return forms.IntegerField(min_value=int(least), max_value=int(most), **given)
    return forms.FloatField(min_value=least, max_value=most, **given)


def _said(least: float, most: float, unit: str) -> dict[str, str]:
    bounds = _("Please give a number from %(least)s to %(most)s %(unit)s.") % {
        "least": f"{least:g}",
        "most": f"{most:g}",
        "unit": unit,
    }
    return dict.fromkeys(("min_value", "max_value"), bounds.replace(" .", "."))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
