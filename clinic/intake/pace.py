"""How long a section took, and what of it is frozen with the answers.

A page carries the moment at which it was shown, signed, so that nobody can make one up. A moment
that is missing or forged is unknown: then nothing is made of the time, either way.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core import signing

from clinic.core.actor import Actor
from clinic.intake.models import Intake
from screening.engine import Conduct, Pace

SALT = "clinic.intake.shown"
Saved = Mapping[str, Any]


def stamp(intake: Intake, section: str, *, at: datetime) -> str:
    """What a page carries: this section of this questionnaire was shown at that moment."""
    return signing.dumps([intake.pk, section, at.timestamp()], salt=SALT)


def seconds_since(stamped: str, intake: Intake, section: str, *, at: datetime) -> float | None:
    """Seconds since the page was shown; None where its stamp is missing, forged or of another."""
    try:
        key, name, shown = signing.loads(stamped, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    took = at.timestamp() - float(shown)
    return round(took, 1) if [key, name] == [intake.pk, section] and took >= 0 else None


def with_pace(
    before: Saved, seconds: float | None, actor: Actor, *, changed: bool = True
) -> dict[str, Any]:
    """What is kept of a section's pace when it is saved once more: the time adds up.

    Who saves the answers of somebody else as they are has not given them.
    """
    if not changed and before.get("who", actor.kind) != actor.kind:
        return {"seconds": before.get("seconds"), "who": before["who"]}
    known = seconds is not None and before.get("seconds", 0) is not None
    total = round(before.get("seconds", 0) + seconds, 1) if known else None
    return {"seconds": total, "who": actor.kind}


def frozen_conduct(draft: Intake, sections: Collection[str]) -> dict[str, dict[str, Any]]:
    """How the form was filled in, by section. Answers that were there before and only had to be
    confirmed say nothing about reading: an amended form keeps how they were first given."""
    if draft.amends is not None:
        first: Mapping[str, Saved] = draft.amends.conduct
        return {name: dict(kept) for name, kept in first.items() if name in sections}
    saved: Mapping[str, Saved] = draft.sections_saved
    return {
        name: {"seconds": kept.get("seconds"), "who": kept.get("who", "")}
        for name, kept in saved.items()
        if name in sections
    }


def conduct_of(frozen: Mapping[str, Saved]) -> Conduct:
    """What is frozen, as the engine reads it."""
    return Conduct(
        sections={
            name: Pace(seconds=kept["seconds"], by=kept["who"]) for name, kept in frozen.items()
        }
    )
