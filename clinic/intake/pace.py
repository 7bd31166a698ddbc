"""How long a section took, and what of it is frozen with the answers.

A page carries the moment at which it was shown, signed, so that nobody can make one up. A client
whose page has no such moment is shown it once more; of staff it is then unknown.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core import signing

from clinic.core.actor import Actor
from clinic.intake.models import Intake
from screening.engine import Conduct, Pace, Pack

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
    """What is kept of a section's pace when it is saved once more: the time that is known adds up.

    Who saves the answers of somebody else as they are has not given them. Nor do staff, who are
    not timed, make up for what a client did not read by changing an answer of the part.
    """
    another = before.get("who", actor.kind) != actor.kind
    if another and (not changed or before["who"] == "client"):
        return {"seconds": before.get("seconds"), "who": before["who"]}
    known = [took for took in (before.get("seconds"), seconds) if took is not None]
    return {"seconds": round(sum(known), 1) if known else None, "who": actor.kind}


def frozen_conduct(
    draft: Intake, pack: Pack, answers: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """How the form was filled in, by section of the pack.

    Answers that were there before and only had to be confirmed say nothing about reading: an
    amended form keeps how they were first given, and beside it how those were that it changed.
    """
    saved: Mapping[str, Saved] = draft.sections_saved
    taken = {
        name: {"seconds": kept.get("seconds"), "who": kept.get("who", "")}
        for name, kept in saved.items()
        if name in pack.sections
    }
    if draft.amends is None:
        return taken
    first: Mapping[str, Saved] = draft.amends.conduct
    frozen = {name: _as_asked(kept, name, draft.amends.wording) for name, kept in first.items()}
    for name, pace in taken.items():
        if changed := _changed(pack, name, draft.amends.answers, answers):
            kept = frozen.setdefault(name, {"seconds": None, "who": ""})
            kept["amended"] = [*kept.get("amended", ()), pace | {"questions": changed}]
    return {name: kept for name, kept in frozen.items() if name in pack.sections}


def _as_asked(kept: Saved, section: str, wording: list[dict[str, Any]]) -> dict[str, Any]:
    """A first pace with the questions that were shown then: changed answers may show others."""
    asked = [one["id"] for one in wording if one["section"] == section]
    return {"questions": asked, **kept} if asked else dict(kept)


def _changed(
    pack: Pack, section: str, before: Mapping[str, Any], answers: Mapping[str, Any]
) -> list[str]:
    """The questions of a section with another answer than before, or with their first."""
    asked = (question.id for question in pack.sections[section].questions)
    return [name for name in asked if name in answers and answers[name] != before.get(name)]


def conduct_of(frozen: Mapping[str, Saved]) -> Conduct:
    """What is frozen, as the engine reads it; submissions from before lack `amended`."""
    return Conduct(
        sections={name: _pace(kept) for name, kept in frozen.items()},
        amended={
            name: tuple(_pace(one) for one in kept["amended"])
            for name, kept in frozen.items()
            if "amended" in kept
        },
    )


def _pace(kept: Saved) -> Pace:
    questions = frozenset(kept["questions"]) if "questions" in kept else None
    return Pace(seconds=kept["seconds"], by=kept["who"], questions=questions)
