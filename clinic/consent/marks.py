"""What a signed paper says about itself once its consent no longer counts."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.consent.models import Consent
from clinic.consent.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One word in capitals, and a sentence without names."""

    word: str
    sentence: str


def mark_of(consent: Consent, standing: Standing) -> Mark | None:
    """The mark for where a consent stands; None while it counts, or still may."""
    known = {
        Standing.WITHDRAWN: (_("WITHDRAWN"), _("The client took this consent back.")),
        Standing.REFUSED: (_("REFUSED"), _("The client did not agree.")),
        Standing.SUPERSEDED: (_("REPLACED"), _("A newer text was given.")),
        Standing.OUTDATED: (
            _("OUT OF DATE"),
            _("The text, the answers, the plan or the rules have changed since."),
        ),
        Standing.EXPIRED: (_("EXPIRED"), _("It was given too long ago.")),
    }.get(standing)
    if known is None:
        return None
    word, why = known
    when = f"{_when(consent)}. " if consent.ended_at else ""
    return Mark(word=word, sentence=f"{when}{why} {_('Nobody may be treated on it.')}")


def _when(consent: Consent) -> str:
    return date_format(timezone.localtime(consent.ended_at), "j F Y, H:i")
