"""The content of one consent as plain JSON: exactly what is shown, signed and printed."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from clinic.accounts.countries import call_for_help
from clinic.accounts.models import User
from clinic.consent.selection import Selection, ShownRisk
from clinic.consent.text import TIERS, Statement, Text
from clinic.intake.models import Screening
from clinic.procedures.areas import say_areas
from clinic.procedures.models import Modality

Json = dict[str, Any]


def frozen_content(
    *, text: Text, chosen: Selection, screening: Screening, performers: Iterable[User]
) -> Json:
    """Everything that the client sees: who, where, the plan, the parts and what to tick."""
    client, site, procedure = screening.client, screening.site, screening.procedure
    return {
        "text": {"name": text.name, "version": text.version, "sha256": text.sha256},
        "language": text.language,
        "client": {
            "name": client.full_name,
            "date_of_birth": client.date_of_birth.isoformat(),
            "language": client.language,
        },
        "clinic": {
            "name": site.name,
            "address": site.address,
            "phone": site.phone,
            "emergency": call_for_help(site.country).emergency,
            "emergency_phone": site.emergency_phone,
            "out_of_hours": site.out_of_hours,
        },
        "plan": {
            "procedure": procedure.name,
            "modality": procedure.modality,
            "modality_name": str(Modality(procedure.modality).label),
            "depth_mm": f"{screening.depth_mm.normalize():f}",
            "areas": list(screening.areas),
            "areas_in_words": say_areas(screening.areas),
            "anaesthetic_planned": screening.anaesthetic_planned,
        },
        "people": [
            {"name": one.name, "job_title": one.job_title, "registration": one.registration}
            for one in performers
        ],
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "lines": [_said(line, site.country) for line in part.lines],
                "shows": list(part.shows),
                "acknowledgements": [a.id for a in chosen.acknowledgements if a.part == part.id],
            }
            for part in chosen.parts
        ],
        "risks": {tier: [_risk(r) for r in chosen.risks if r.risk.tier == tier] for tier in TIERS},
        "personal": [_statement(one) for one in chosen.personal],
        "benefits_intro": _statement(text.benefits_intro),
        "benefits": [_statement(one) | {"limits": one.limits} for one in chosen.benefits],
        "alternatives": [_statement(one) for one in chosen.alternatives],
        "acknowledgements": [_statement(ack) for ack in chosen.acknowledgements],
        "photos": [_statement(photo) for photo in chosen.photos],
        "cooling_off": {
            "hours": chosen.hours,
            "reasons": [_statement(wait) for wait in chosen.waits],
        },
    }


def content_sha256(content: Json) -> str:
    """SHA-256 in hex of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _statement(one: Statement) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "text": one.text,
        "sources": list(one.sources),
        "evidence": one.evidence,
        "awaits_sign_off": one.awaits_sign_off,
    }


def _said(line: Statement, country: str) -> Json:
    """A line with the number of the site's country."""
    text = line.text.replace("{emergency}", call_for_help(country).emergency)
    return _statement(line) | {"text": text}


def _risk(shown: ShownRisk) -> Json:
    return _statement(shown.risk) | {"text": shown.text, "duration": shown.duration}
