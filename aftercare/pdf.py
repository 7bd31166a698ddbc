"""The sheet as paper: two A4 pages, tagged. The renderer itself is `clinic.core.pdf`."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aftercare import words
from aftercare.fitting import LAYOUTS, Layout, first_layout
from aftercare.sheet import Sheet
from clinic.core.pdf import Rendered, render

PAGES = 2
_FINGERPRINT_LENGTH = 12

MODALITY_NAMES = {
    "MN_PEN": _("Pen microneedling"),
    "MN_ROLLER": _("Roller microneedling"),
    "RF_MN": _("Radiofrequency microneedling"),
}
AREA_NAMES = {
    "forehead": _("forehead"),
    "periorbital": _("around the eyes"),
    "cheeks": _("cheeks"),
    "nose": _("nose"),
    "perioral": _("around the mouth"),
    "chin_jaw": _("chin and jaw"),
    "neck": _("neck"),
    "chest": _("chest"),
    "abdomen": _("tummy"),
    "back": _("back"),
    "arms": _("arms"),
    "hands": _("hands"),
    "legs": _("legs"),
    "scalp": _("scalp"),
    "eyelid": _("eyelid"),
    "lip_red": _("lips"),
    "inside_mouth": _("inside the mouth"),
    "nipple": _("nipple"),
    "genital": _("intimate area"),
}


def sheet_pdf(sheet: Sheet) -> bytes:
    """The PDF/A of one sheet. The same sheet gives the same bytes."""
    return sheet_rendered(sheet).data


def sheet_rendered(sheet: Sheet) -> Rendered:
    """The same with its number of pages: two, unless names and products are beyond all measure."""
    title = gettext("Aftercare for %(name)s, %(day)s") % {
        "name": sheet.full_name,
        "day": sheet.treated_on,
    }
    logo = _logo()
    for layout in LAYOUTS[first_layout(sheet) :]:
        rendered = render(
            sheet_html(sheet, layout),
            css=[_static("css/paper.css")],
            title=title,
            lang="en-GB",
            body_class=layout.name,
            assets={"logo.svg": logo} if logo else {},
        )
        if rendered.pages <= PAGES:
            break
    return rendered


def sheet_html(sheet: Sheet, layout: Layout) -> str:
    """The body markup of the sheet."""
    return render_to_string(
        "aftercare/sheet.html",
        {
            "sheet": sheet,
            "layout": layout,
            "modality": MODALITY_NAMES[sheet.modality],
            "areas": words.listed([str(AREA_NAMES[area]) for area in sheet.areas]),
            "depth": f"{sheet.depth_mm:g}",
            "left_out": words.listed(list(sheet.products_left_out) or [""]),
            "hash": sheet.advice_sha256[:_FINGERPRINT_LENGTH],
            "sources": " ".join(sheet.sources),
            "logo": "cleared:logo.svg" if _logo() else "",
        },
    )


def _static(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / name


def _logo() -> bytes:
    path = _static("img/logo.svg")
    return path.read_bytes() if path.is_file() else b""
