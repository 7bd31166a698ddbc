"""What of a signed record stands on the sheet in words: one line for each, in this order.

To put more of a record on paper, add a line here; the sheet and its layout take what comes.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftercare.treatmentfile import LONGEST_WORDS
from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.models import TreatedArea, TreatmentRecord
from clinic.treatments.showing import cartridges_shown

Line = dict[str, str]


def details(record: TreatmentRecord) -> list[Line]:
    """Label and text of each line, as `treatmentfile` reads them."""
    return [{"label": label, "text": shortened(text)} for label, text in _lines(record) if text]


def shortened(text: str) -> str:
    """At most as long as a sheet takes, cut at a word. The record itself keeps the whole."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_WORDS:
        return text
    return f"{text[: LONGEST_WORDS - 1].rpartition(' ')[0] or text[: LONGEST_WORDS - 1]}…"


def _lines(record: TreatmentRecord) -> Iterator[tuple[str, str]]:
    yield _("Device"), record.device
    for one in cartridges_shown(record):
        yield (
            _("Cartridge"),
            ", ".join(filter(None, [one["kind"], _lot(one["lot"], one["expiry"])])),
        )
    yield _("Skin cleaned with"), record.skin_preparation
    yield _("Settings"), "; ".join(filter(None, map(_settings, record.areas.all())))
    put_on = [
        f"{one['name']} ({_lot(one['lot'], date.fromisoformat(one['expiry']))})"
        for one in record.topicals
    ]
    yield _("Put on your skin"), "; ".join(put_on)
    yield _("Numbing cream"), _numbing(record)
    yield _("Done otherwise than planned"), "; ".join(one.what for one in record.deviations.all())


def _settings(area: TreatedArea) -> str:
    """Side, energy and pulse of one row; nothing where none was recorded."""
    told = [str(area.get_side_display()) if area.side else "", area.energy, area.pulse]
    if not any(told):
        return ""
    depth = _("%(depth)s mm") % {"depth": area.depth_mm.normalize()}
    return ", ".join(filter(None, [str(AREA_WORDS.get(area.area, area.area)), *told, depth]))


def _lot(lot: str, expiry: date) -> str:
    day = date_format(expiry, "j F Y")
    return _("lot %(lot)s, use by %(day)s") % {"lot": lot, "day": day} if lot else ""


def _numbing(record: TreatmentRecord) -> str:
    cream = record.anaesthetic
    if not cream:
        return ""
    words: str = _("%(product)s, %(strength_percent)s %%, for %(minutes)s minutes") % cream
    return words
