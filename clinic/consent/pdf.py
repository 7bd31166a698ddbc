"""A signed consent as paper: the exact text, ticks, signatures, times and hashes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clinic.consent.models import Consent, Signature
from clinic.consent.strokes import svg
from clinic.consent.words import TIERS
from clinic.core.pdf import render_pdf

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
    title = _("Consent of %(client)s to %(procedure)s") % {
        "client": consent.client.full_name,
        "procedure": consent.procedure.name,
    }
    return render_pdf(
        render_to_string("consent/document.html", document_context(consent, signatures)),
        css=[_style("paper.css"), _style("consent-paper.css")],
        title=title,
        lang="en-GB",
        assets=assets,
    )


def document_context(consent: Consent, signatures: Sequence[Signature]) -> dict[str, Any]:
    """What `consent/document.html` shows: only what is frozen, never today's records."""
    content: Mapping[str, Any] = consent.content
    client = next((s for s in signatures if s.kind == Signature.Kind.CLIENT), None)
    statements = [
        *(line for part in content.get("parts", []) for line in part["lines"]),
        *(risk for risks in content.get("risks", {}).values() for risk in risks),
        *content.get("alternatives", []),
        *content.get("acknowledgements", []),
        *content.get("photos", []),
    ]
    return {
        "consent": consent,
        "content": content,
        "signatures": signatures,
        "ticked": frozenset(client.acknowledged) if client else frozenset(),
        "acknowledgements": {ack["id"]: ack for ack in content.get("acknowledgements", [])},
        "choices": client.choices if client else {},
        "tiers": TIERS,
        "sources": sorted({key for one in statements for key in one["sources"]}),
        "tick": "cleared:tick.svg",
    }


def _style(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / "css" / name
