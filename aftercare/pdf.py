"""The sheet as paper: at most two A4 pages, tagged. The renderer itself is `clinic.core.pdf`."""

from itertools import zip_longest
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aftercare import words
from aftercare.fitting import layouts
from aftercare.sheet import Line, Sheet
from clinic.core.letterhead import OWN_MARK, Letterhead
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
    """The same with its number of pages: at most two, unless it is beyond all measure."""
    title = gettext("Aftercare for %(name)s, %(day)s") % {
        "name": sheet.full_name,
        "day": sheet.treated_on,
    }
    letterhead = sheet_letterhead(sheet)
    html = sheet_html(sheet, letterhead)
    for layout in layouts(sheet):
        rendered = render(
            html,
            css=[_static("css/paper.css"), _static("css/sheet-paper.css")],
            title=title,
            lang="en-GB",
            body_class=layout,
            assets=letterhead.assets,
            name_language=letterhead.language,
        )
        if rendered.pages <= PAGES:
            break
    return rendered


def sheet_letterhead(sheet: Sheet) -> Letterhead:
    """Whose sheet it is, for the top of both pages."""
    number = gettext("record no. %(number)s") % {"number": sheet.record_number}
    return Letterhead(
        clinic=sheet.clinic.name,
        name=sheet.full_name,
        born=sheet.date_of_birth,
        client_number=sheet.client_number,
        language=sheet.client_language,
        paper_number=number if sheet.record_number else "",
    )


def sheet_html(sheet: Sheet, letterhead: Letterhead) -> str:
    """The body markup of the sheet."""
    return render_to_string(
        "aftercare/sheet.html",
        {
            "sheet": sheet,
            "letterhead": letterhead,
            "halves": list(zip_longest(_own_first(sheet.do), _own_first(sheet.dont))),
            "modality": MODALITY_NAMES[sheet.modality],
            "areas": words.listed([str(AREA_NAMES[area]) for area in sheet.areas]),
            "depth": f"{sheet.depth_mm:g}",
            "left_out": words.listed(list(sheet.products_left_out) or [""]),
            "hash": sheet.advice_sha256[:_FINGERPRINT_LENGTH],
            "mark": f"cleared:{OWN_MARK}",
        },
    )


def _own_first(lines: tuple[Line, ...]) -> list[Line]:
    """What a dated limit says already comes last, so that leaving it out leaves no gap."""
    return sorted(lines, key=lambda line: line.covered)


def _static(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / name
