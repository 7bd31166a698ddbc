"""A signed consent as paper: the exact text, ticks, signatures, times and hashes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from clinic.consent.models import Consent, Signature
from clinic.consent.strokes import svg
from clinic.consent.words import TIERS
from clinic.core.letterhead import OWN_MARK, Letterhead
from clinic.core.pdf import render

PAGES = 3
SMALLEST = 7
# Above so many characters begin with the next smaller letters.
MOST_CHARACTERS = (8_000, 8_600, 9_800, 10_800, 11_800, 13_000)
_FINGERPRINT_LENGTH = 16
TICK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">'
    b'<rect x="1" y="1" width="14" height="14" fill="none" stroke="#1b2426" stroke-width="1.2"/>'
    b'<path d="M3.5 8.5l3 3 6-7" fill="none" stroke="#1b2426" stroke-width="2"/></svg>'
)


def consent_pdf(consent: Consent, signatures: Sequence[Signature]) -> bytes:
    """The PDF/A of a consent with `signatures`, in order. The same rows give the same bytes."""
    assets = {"tick.svg": TICK}
    for one in signatures:
        if one.strokes:
            assets[f"{one.kind.lower()}.svg"] = svg(one.strokes, label=one.printed_name).encode()
    letterhead = consent_letterhead(consent)
    assets.update(letterhead.assets)
    title = _("Consent of %(client)s to %(procedure)s") % {
        "client": consent.client.full_name,
        "procedure": consent.procedure.name,
    }
    context = document_context(consent, signatures) | {"letterhead": letterhead}
    html = render_to_string("consent/document.html", context)
    for size in _sizes(html):
        rendered = render(
            html,
            css=[_style("paper.css"), _style("consent-paper.css")],
            title=title,
            lang="en-GB",
            body_class=size,
            assets=assets,
            name_language=letterhead.language,
        )
        if rendered.pages <= PAGES:
            break
    return rendered.data


def consent_letterhead(consent: Consent) -> Letterhead:
    """Whose consent it is, as it was when the text was given; for the top of every page."""
    given = consent.content
    return Letterhead(
        clinic=given["clinic"]["name"],
        name=given["client"]["name"],
        born=date.fromisoformat(given["client"]["date_of_birth"]),
        client_number=str(consent.client_id),
        paper_number=_("consent no. %(number)s") % {"number": consent.pk},
        language=given["client"].get("language", ""),
    )


def _sizes(html: str) -> Iterator[str]:
    """Body classes of `paper.css` from 11 points down, beginning where it is likely to fit."""
    first = sum(len(strip_tags(html)) > most for most in MOST_CHARACTERS)
    return (f"size-{step}" for step in range(first, SMALLEST + 1))


def document_context(consent: Consent, signatures: Sequence[Signature]) -> dict[str, Any]:
    """What `consent/document.html` shows: only what is frozen, never today's records."""
    content: Mapping[str, Any] = consent.content
    client = next((s for s in signatures if s.kind == Signature.Kind.CLIENT), None)
    return {
        "consent": consent,
        "content": content,
        "signatures": signatures,
        "ticked": frozenset(client.acknowledged) if client else frozenset(),
        "acknowledgements": {ack["id"]: ack for ack in content.get("acknowledgements", [])},
        "choices": client.choices if client else {},
        "tiers": TIERS,
        "mark": f"cleared:{OWN_MARK}",
        "text_hash": content["text"]["sha256"][:_FINGERPRINT_LENGTH],
        "hash": consent.content_sha256[:_FINGERPRINT_LENGTH],
        "tick": "cleared:tick.svg",
    }


def _style(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / "css" / name
