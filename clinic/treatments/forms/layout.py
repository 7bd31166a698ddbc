"""Where each field of the record sits on the tablet."""

from collections.abc import Iterable

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.forms.fields import (
    ALL,
    ALL_WORDS,
    CARTRIDGE_ROW,
    MORE_CARTRIDGES,
    OTHER_AREA,
    OTHERS,
    PRODUCT_ROW,
    RIGHT,
    ROWS,
    SETTINGS,
    Fields,
)


def record_layout(fields: Fields, areas: Iterable[str]) -> Layout:
    """The groups, in the order in which a treatment is thought of."""
    names = list(fields)
    groups = [
        _group("correction_", _("Correction"), names),
        Fieldset(
            _("Areas"),
            *_all(names),
            *(_area(area, names) for area in areas),
            *(_other(row, names) for row in OTHERS),
            css_class="group",
        ),
        _device(),
        _numbing(),
        _rows(_("Put on the skin, if anything"), "topical", names),
        _rows(_("To take home, if anything"), "product", names),
        Fieldset(
            _("How it went"),
            *(name for name in ("excluded_zones", "spots_treated") if name in names),
            "reaction_seen",
            Div("reactions", css_class="if-yes"),
            "notes",
            Div("started_at", "finished_at", css_class="in-line"),
            css_class="group",
        ),
    ]
    return Layout(*(group for group in groups if group))


def _device() -> Fieldset:
    first = ("device", "cartridge_kind", "cartridge_lot", "cartridge_expiry")
    more = [
        Fieldset(
            CARTRIDGE_ROW % {"number": row},
            Div(
                *(f"cartridge_{row}_{part}" for part in ("lot", "expiry", "kind")),
                css_class="in-line",
            ),
            css_class="row-group",
        )
        for row in MORE_CARTRIDGES
    ]
    return Fieldset(
        _("Skin and device"),
        "skin_preparation",
        Div(*first, css_class="in-line"),
        *more,
        css_class="group",
    )


def _group(prefix: str, legend: object, names: list[str]) -> Fieldset | None:
    mine = [name for name in names if name.startswith(prefix)]
    return Fieldset(legend, *mine, css_class="group") if mine else None


def _all(names: list[str]) -> list[Fieldset]:
    if f"depth_{ALL}" not in names:
        return []
    words = _("Where an area below is left empty, this counts.")
    settings = _of_row(ALL, names)
    return [
        Fieldset(
            ALL_WORDS,
            HTML(format_html('<p class="form-text">{}</p>', words)),
            Div(*settings, css_class="in-line"),
            css_class="row-group",
        )
    ]


def _of_row(row: str, names: list[str]) -> list[str]:
    return [name for setting in SETTINGS if (name := f"{setting}_{row}") in names]


def _area(area: str, names: list[str]) -> Fieldset:
    right = Fieldset(
        _("Right side"),
        Div(*_of_row(f"{area}{RIGHT}", names), css_class="in-line"),
        css_class="row-group right-side",
    )
    return Fieldset(
        AREA_WORDS.get(area, area),
        Div(
            f"treated_{area}",
            f"side_{area}",
            *_of_row(area, names),
            css_class="in-line if-ticked",
        ),
        right,
        css_class="row-group",
    )


def _other(row: str, names: list[str]) -> Fieldset:
    return Fieldset(
        OTHER_AREA,
        Div(f"area_{row}", f"side_{row}", *_of_row(row, names), css_class="in-line other-area"),
        css_class="row-group",
    )


def _numbing() -> Fieldset:
    details = ("product", "strength", "grams", "minutes")
    return Fieldset(
        _("Numbing"),
        "numbing_used",
        Div(
            Div(*(f"numbing_{name}" for name in details), css_class="in-line"),
            "numbing_removed",
            css_class="if-yes",
        ),
        css_class="group",
    )


def _rows(legend: object, kind: str, names: list[str]) -> Fieldset:
    rows = [
        Fieldset(
            PRODUCT_ROW % {"number": row},
            Div(*(n for n in names if n.startswith(f"{kind}_{row}_")), css_class="in-line"),
            css_class="row-group",
        )
        for row in ROWS
    ]
    return Fieldset(legend, *rows, css_class="group")
