"""What of a signed record stands on the sheet in words: one line for each, in this order.

To put more of a record on paper, add a line here; the sheet and its layout take what comes.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftercare.treatmentfile import LONGEST_WORDS
from clinic.treatments.models import TreatmentRecord

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
    yield _("Cartridge"), _lot(record.cartridge_lot, record.cartridge_expiry)
    put_on = [
        f"{one['name']} ({_lot(one['lot'], date.fromisoformat(one['expiry']))})"
        for one in record.topicals
    ]
    yield _("Put on your skin"), "; ".join(put_on)
    yield _("Numbing cream"), _numbing(record)


def _lot(lot: str, expiry: date) -> str:
    day = date_format(expiry, "j F Y")
    return _("lot %(lot)s, use by %(day)s") % {"lot": lot, "day": day} if lot else ""


def _numbing(record: TreatmentRecord) -> str:
    cream = record.anaesthetic
    if not cream:
        return ""
    words: str = _("%(product)s, %(strength_percent)s %%, for %(minutes)s minutes") % cream
    return words
