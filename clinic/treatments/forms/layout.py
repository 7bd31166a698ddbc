"""Where each field of the record sits on the tablet."""

from collections.abc import Iterable

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.forms.fields import ALL, ALL_WORDS, PRODUCT_ROW, ROWS, SETTINGS, Fields


def record_layout(fields: Fields, areas: Iterable[str]) -> Layout:
    """The groups, in the order in which a treatment is thought of."""
    names = list(fields)
    groups = [
        _group("correction_", _("Correction"), names),
        Fieldset(_("Areas"), *_all(names), *(_area(area) for area in areas), css_class="group"),
        _named(_("Device"), ["device", "cartridge_lot", "cartridge_expiry"]),
        _numbing(names),
        _rows(_("Put on the skin, if anything"), "topical", names),
        _rows(_("To take home, if anything"), "product", names),
        Fieldset(
            _("How it went"),
            "excluded_zones",
            "reaction_seen",
            Div("reactions", css_class="if-yes"),
            "notes",
            "finished_at",
            css_class="group",
        ),
    ]
    return Layout(*(group for group in groups if group))


def _named(legend: object, names: list[str]) -> Fieldset:
    return Fieldset(legend, Div(*names, css_class="in-line"), css_class="group")


def _group(prefix: str, legend: object, names: list[str]) -> Fieldset | None:
    mine = [name for name in names if name.startswith(prefix)]
    return Fieldset(legend, *mine, css_class="group") if mine else None


def _all(names: list[str]) -> list[Fieldset]:
    if f"depth_{ALL}" not in names:
        return []
    words = _("Where an area below is left empty, this counts.")
    settings = [f"{setting}_{ALL}" for setting in SETTINGS]
    return [
        Fieldset(
            ALL_WORDS,
            HTML(format_html('<p class="form-text">{}</p>', words)),
            Div(*settings, css_class="in-line"),
            css_class="row-group",
        )
    ]


def _area(area: str) -> Fieldset:
    return Fieldset(
        AREA_WORDS.get(area, area),
        Div(
            f"treated_{area}",
            *(f"{setting}_{area}" for setting in SETTINGS),
            css_class="in-line if-ticked",
        ),
        css_class="row-group",
    )


def _numbing(names: list[str]) -> Fieldset | HTML:
    if "numbing_used" not in names:
        words = _("Numbing cream is not part of this treatment. Do not use it.")
        return Fieldset(_("Numbing"), HTML(format_html("<p>{}</p>", words)), css_class="group")
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
