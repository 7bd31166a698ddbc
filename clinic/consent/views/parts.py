"""What several pages of this room show or do in the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone

from clinic.accounts.access import StaffRequest
from clinic.clients.actions import open_record
from clinic.consent import queries
from clinic.consent.forms import ConsentForm
from clinic.consent.marks import Mark
from clinic.consent.models import Consent, ConsentDocument
from clinic.consent.standing import can_sign
from clinic.consent.words import TIERS
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.core.fingerprints import bytes_as_kept
from clinic.core.shortcuts import or_404
from clinic.core.stamp import stamped

DESK: Final = (Role.FRONT_DESK, *sorted(CLINICAL_ROLES))
"""Who gives the text and hands over the tablet."""

READERS: Final = (*DESK, Role.AUDITOR)
"""Who may read what was signed."""


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """One part of the text, and its ticks: form fields while signing, else statements."""

    number: int
    part: dict[str, Any]
    ticks: list[Any]


def load(request: StaffRequest, consent_id: int, at: datetime) -> Consent:
    """The consent in the actor's scope, with the reading of the client's record put on record."""
    consent = or_404(queries.consent, request.actor, consent_id)
    open_record(actor=request.actor, client_id=consent.client_id, at=at, verb="consent.read")
    return consent


def shown_parts(consent: Consent, form: ConsentForm | None = None) -> list[ShownPart]:
    """The parts in order, each with its ticks."""
    statements = {ack["id"]: ack for ack in consent.content.get("acknowledgements", [])}

    def ticks(part: dict[str, Any]) -> Iterator[Any]:
        for name in part["acknowledgements"]:
            yield form[name] if form else statements[name]

    parts = enumerate(consent.content.get("parts", []), 1)
    return [ShownPart(number=n, part=part, ticks=list(ticks(part))) for n, part in parts]


def text_context(consent: Consent, form: ConsentForm | None = None) -> dict[str, Any]:
    """What `consent/text.html` needs to show the exact text."""
    return {
        "consent": consent,
        "content": consent.content,
        "tiers": TIERS,
        "parts": shown_parts(consent, form),
        "how_many": len(consent.content.get("parts", [])) + 2,
        "thinking": is_thinking(consent),
    }


def is_thinking(consent: Consent) -> bool:
    """Whether the time to think is running."""
    return consent.given_at is not None and not can_sign(consent.cooling_off_until, timezone.now())


def paper(document: ConsentDocument, mark: Mark | None = None) -> HttpResponse:
    """The stored bytes, or a copy with `mark` on every page; kept by no browser or proxy.

    Raises NotAsKept.
    """
    pdf = bytes_as_kept(
        document.pdf, kept=document.sha256, what=f"paper of consent {document.consent_id}"
    )
    if mark:
        pdf = stamped(pdf, word=mark.word, sentence=mark.sentence)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="consent-{document.consent_id}.pdf"'
    return response
