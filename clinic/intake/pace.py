"""How long a section took, and what of it is frozen with the answers.

A page carries the moment at which it was shown, signed, so that nobody can make one up. A client
whose page has no such moment is shown it once more; at the desk it counts as not read.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core import signing

from clinic.core.actor import Actor
from clinic.intake.models import Intake
from screening.engine import Conduct, Pace, Pack

SALT = "clinic.intake.shown"
KEPT = ("seconds", "who", "paper", "present")
Saved = Mapping[str, Any]


def stamp(intake: Intake, section: str, *, at: datetime, heard: int = 0) -> str:
    """What a page carries: this section of this questionnaire was shown at that moment, to
    somebody who knew all news until `heard`."""
    return signing.dumps([intake.pk, section, at.timestamp(), heard], salt=SALT)


def seconds_since(stamped: str, intake: Intake, section: str, *, at: datetime) -> float | None:
    """Seconds since the page was shown; None where its stamp is missing, forged or of another."""
    carried = _carried(stamped, intake, section)
    if carried is None:
        return None
    took = at.timestamp() - float(carried[0])
    return round(took, 1) if took >= 0 else None


def heard_by(stamped: str, intake: Intake, section: str) -> int:
    """The newest news that the page knew; 0, which is none, where its stamp tells nothing."""
    carried = _carried(stamped, intake, section)
    return 0 if carried is None else int(carried[1])


def _carried(stamped: str, intake: Intake, section: str) -> tuple[float, int] | None:
    try:
        key, name, shown, heard = signing.loads(stamped, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (shown, heard) if [key, name] == [intake.pk, section] else None


def with_pace(
    before: Saved,
    seconds: float | None,
    actor: Actor,
    *,
    changed: bool = True,
    paper: bool = False,
) -> dict[str, Any]:
    """What is kept of a section's pace when it is saved once more: the time that is known adds up.

    Who saves the answers of somebody else as they are has not given them. Nor do staff make up for
    what a client did not read by changing an answer of the part. Staff are timed like a client,
    `present` with them, unless they said that they type from a `paper` form.
    """
    another = before.get("who", actor.kind) != actor.kind
    if another and (not changed or before["who"] == "client"):
        return {name: before[name] for name in KEPT if name in before}
    known = [took for took in (before.get("seconds"), seconds) if took is not None]
    pace: dict[str, Any] = {"seconds": round(sum(known), 1) if known else None, "who": actor.kind}
    if actor.kind == "staff":
        pace["paper" if paper else "present"] = True
    return pace


def frozen_conduct(draft: Intake, pack: Pack) -> dict[str, dict[str, Any]]:
    """How the form was filled in, by section of the pack: how long its page was open, by whom, and
    which earlier answers were said to be still true. Whoever goes through answers again is timed
    like whoever gives them."""
    saved: Mapping[str, Saved] = draft.sections_saved
    return {name: _frozen(kept) for name, kept in saved.items() if name in pack.sections}


def _frozen(kept: Saved) -> dict[str, Any]:
    found = {"seconds": kept.get("seconds"), "who": kept.get("who", "")}
    told = [name for name in ("paper", "present", "confirmed") if kept.get(name)]
    if told:
        found |= {name: kept[name] for name in (*told, "by", "at") if name in kept}
    return found


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
    # The limits of the pack for a client hold for whoever asks one; before it was said who is
    # there, staff were not timed.
    by = "client" if kept.get("present") else kept["who"]
    return Pace(seconds=kept["seconds"], by=by, questions=questions)
