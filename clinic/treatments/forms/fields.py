"""The fields of the record, group by group. Nothing clinical is chosen beforehand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import DayField, HourInput, PaperText, TextArea
from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.checks import MOST_PASSES
from clinic.treatments.wording import ENDPOINTS

ROWS = (1, 2, 3)
ALL = "all"
SETTINGS = ("depth", "passes", "energy", "pulse", "endpoints")
OTHERS = ("other_1", "other_2")
"""Rows for areas that were not planned, beside one row for each area that was."""
RIGHT = "_right"
"""The end of a row's name for the right side, where left and right differed."""
DIFFER = "DIFFER"
SIDES = (
    ("", _("Both sides")),
    ("LEFT", _("Left only")),
    ("RIGHT", _("Right only")),
)
MORE_CARTRIDGES = (2, 3)
ALL_WORDS = _("The same on all areas")
OTHER_AREA = _("Another area")
CARTRIDGE_ROW = _("Cartridge %(number)s")
PRODUCT_ROW = _("Product %(number)s")
YES, NO, NOT_SURE = "yes", "no", "not_sure"
YES_NO = ((YES, _("Yes")), (NO, _("No")))

STOP_REASONS = {
    "client": _("The client asked to stop"),
    "reaction": _("A reaction"),
    "equipment": _("A problem with the device"),
    "other": _("Something else"),
}

Fields = dict[str, forms.Field]


def _of(group: Any, label: Any) -> SafeString:
    """A label inside a named row. The row's name shows only where the row is not around it."""
    return format_html('<span class="of">{}: </span>{}', group, label)


def _line(label: Any, *, required: bool = False, most: int = 120, **more: Any) -> forms.CharField:
    return PaperText(label=label, required=required, max_length=most, **more)


def _name(group: Any) -> forms.CharField:
    # An empty placeholder lets the style sheet see which row is the next free one.
    return _line(_of(group, _("Product")), widget=forms.TextInput(attrs={"placeholder": " "}))


def _words(label: Any, *, most: int = 2000, rows: int = 3, **more: Any) -> forms.CharField:
    area = TextArea(attrs={"rows": rows})
    return PaperText(label=label, required=False, max_length=most, widget=area, **more)


def _choice(label: Any, choices: Any, *, required: bool = True, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=forms.RadioSelect, **more
    )


def _amount(label: Any, *, places: int = 2, digits: int = 5, **more: Any) -> forms.DecimalField:
    pad = forms.NumberInput(attrs={"inputmode": "decimal", "min": "0"})
    return forms.DecimalField(
        label=label, required=False, max_digits=digits, decimal_places=places, widget=pad, **more
    )


def _count(label: Any, *, most: int) -> forms.IntegerField:
    pad = forms.NumberInput(attrs={"inputmode": "numeric", "min": "1", "max": str(most)})
    return forms.IntegerField(label=label, required=False, widget=pad, max_value=9999)


def area_fields(areas: Sequence[str], max_depth_mm: Decimal, *, radiofrequency: bool) -> Fields:
    """A row for each planned area; that it was treated is the only thing assumed.

    With several areas, a first row for what was the same on all of them; then a second row of each
    for the right side, where it differed, and rows for areas that were not planned.
    """
    most = _("Cleared: at most %(depth)s") % {"depth": f"{max_depth_mm.normalize():f}"}
    found = _settings(ALL, ALL_WORDS, most, heat=radiofrequency) if len(areas) > 1 else {}
    for area in areas:
        name = AREA_WORDS.get(area, area)
        right = _("%(area)s, right side") % {"area": name}
        treated = forms.BooleanField(label=_("Treated"), required=False, initial=True)
        found |= {
            f"treated_{area}": treated,
            f"side_{area}": _side(name, (*SIDES, (DIFFER, _("Left and right differed")))),
            **_settings(area, name, most, heat=radiofrequency),
            **_settings(f"{area}{RIGHT}", right, most, heat=radiofrequency),
        }
    for row in OTHERS:
        name = OTHER_AREA
        found |= {
            f"area_{row}": _choose(
                _of(name, _("Which")),
                [("", _("No other area"))]
                + [(code, word) for code, word in AREA_WORDS.items() if code not in areas],
            ),
            f"side_{row}": _side(name, SIDES),
            **_settings(row, name, "", heat=radiofrequency),
        }
    return found


def _choose(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _side(name: Any, choices: Any) -> forms.ChoiceField:
    return _choose(_of(name, _("Side")), choices)


def _settings(area: str, name: Any, most: str, *, heat: bool) -> Fields:
    pulses = {
        f"energy_{area}": _line(
            _of(name, _("Energy")), most=40, help_text=_("As the device shows it: 20 mJ")
        ),
        f"pulse_{area}": _line(_of(name, _("Pulse")), most=40, help_text=_("For example 50 ms")),
    }
    return {
        f"depth_{area}": _amount(_of(name, _("Depth in mm")), digits=4, help_text=most),
        f"passes_{area}": _count(_of(name, _("Passes")), most=MOST_PASSES),
        **(pulses if heat else {}),
        f"endpoints_{area}": forms.MultipleChoiceField(
            label=_of(name, _("What you saw")),
            choices=list(ENDPOINTS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    }


def device_fields(*, radiofrequency: bool = False) -> Fields:
    kind = _("Tip") if radiofrequency else _("Cartridge type")
    example = _("For example 49 insulated pins") if radiofrequency else _("For example 12 needles")
    found: Fields = {
        "skin_preparation": _line(
            _("How the skin was cleaned"),
            most=200,
            help_text=_("What was used; for example an alcohol-free wash, then saline."),
        ),
        "device": _line(_("Device"), required=True),
        "cartridge_kind": _line(kind, required=radiofrequency, most=60, help_text=example),
        "cartridge_lot": _line(_("Cartridge lot"), required=True, most=60),
        "cartridge_expiry": DayField(label=_("Cartridge use by")),
    }
    for row in MORE_CARTRIDGES:
        group = CARTRIDGE_ROW % {"number": row}
        blank = forms.TextInput(attrs={"placeholder": " "})
        found |= {
            f"cartridge_{row}_lot": _line(_of(group, _("Lot")), most=60, widget=blank),
            f"cartridge_{row}_expiry": DayField(label=_of(group, _("Use by")), required=False),
            f"cartridge_{row}_kind": _line(_of(group, _("Type (optional)")), most=60),
        }
    return found


def numbing_fields(*, cleared: bool) -> Fields:
    words = "" if cleared else _("Numbing cream is not cleared for this treatment. Do not use it.")
    return {
        "numbing_used": _choice(
            _("Was numbing cream used?"), YES_NO, required=cleared, help_text=words
        ),
        "numbing_product": _line(_("Product")),
        "numbing_strength": _amount(
            _("Strength in %"), help_text=_("Lidocaine. Over the counter: at most 4 %.")
        ),
        "numbing_grams": _amount(_("Grams")),
        "numbing_minutes": _count(_("Minutes on the skin"), most=999),
        "numbing_removed": _choice(_("Was it wiped off before needling?"), YES_NO, required=False),
    }


def topical_fields() -> Fields:
    found: Fields = {}
    for row in ROWS:
        group = PRODUCT_ROW % {"number": row}
        found |= {
            f"topical_{row}_name": _name(group),
            f"topical_{row}_lot": _line(_of(group, _("Lot")), most=60),
            f"topical_{row}_expiry": DayField(label=_of(group, _("Use by")), required=False),
        }
    return found


def product_fields(reacts_to: str) -> Fields:
    """`reacts_to`: in words, what this client may react to; empty: no such question."""
    found: Fields = {}
    for row in ROWS:
        group = PRODUCT_ROW % {"number": row}
        found |= {
            f"product_{row}_name": _name(group),
            f"product_{row}_how_often": _line(_of(group, _("How often"))),
        }
        if reacts_to:
            found[f"product_{row}_contains"] = _choice(
                _of(group, _("Does it contain %(what)s?") % {"what": reacts_to}),
                (*YES_NO, (NOT_SURE, _("Not sure"))),
                required=False,
            )
    return found


def deviation_fields(kind: str) -> Fields:
    """Why something was done otherwise than cleared, and what was done about it."""
    return {
        f"why_{kind}": _words(_("Why"), most=1000, rows=2),
        f"action_{kind}": _words(_("What you did about it"), most=1000, rows=2),
    }


def closing_fields(*, zones_left_out: bool) -> Fields:
    not_left_out = forms.BooleanField(label=_("The spots were not left out"), required=False)
    zones = _words(
        _("Spots you left out") if zones_left_out else _("Spots you left out (optional)"),
        most=300,
        rows=2,
        help_text=_("For example: mole on the chin, tattoo. The client's sheet names them."),
    )
    return {
        "excluded_zones": zones,
        **({"spots_treated": not_left_out} if zones_left_out else {}),
        "reaction_seen": _choice(_("Was there any reaction?"), YES_NO),
        "reactions": _words(_("What reaction, and what you did")),
        "notes": _words(_("Notes (optional)")),
        "started_at": forms.TimeField(
            label=_("Began at (only if the recorded time is wrong)"),
            required=False,
            widget=HourInput,
        ),
        "finished_at": forms.TimeField(
            label=_("Finished at (optional)"),
            required=False,
            widget=HourInput,
            help_text=_("Leave empty if you have just finished. The client's times count from it."),
        ),
    }


def stop_fields() -> Fields:
    return {
        "stop_reason": _choice(_("Why did you stop?"), STOP_REASONS.items(), required=False),
        "stop_words": _words(_("In a few words"), most=400, rows=2),
        "needled": _choice(
            _("Was any skin needled?"),
            ((YES, _("Yes: I fill in the record above")), (NO, _("No, nothing was needled"))),
            required=False,
        ),
    }


def correction_fields() -> Fields:
    return {"correction_reason": _line(_("What is corrected, and why"), required=True, most=500)}
