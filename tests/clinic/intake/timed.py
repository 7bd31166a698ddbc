"""Sections that were saved in a known time."""

from typing import Any

from clinic.clients.links import client_actor
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.models import Intake
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW

HEALTH = latest().sections["health"].questions


def hand_in(draft: Intake, actor: Actor) -> Any:
    return actions.submit(actor=actor, intake=draft, at=NOW, today=MONDAY)


def save(draft: Intake, actor: Actor, seconds: float | None, **answers: Any) -> None:
    """The section of health once more, with these answers changed."""
    draft.refresh_from_db()
    actions.save_section(
        actor=actor,
        intake=draft,
        answers=draft.answers | answers,
        section="health",
        version=draft.version,
        at=NOW,
        seconds=seconds,
    )


def codes(screening: Any) -> list[str]:
    return [one.code for one in screening.findings.all()]


def fast(draft: Intake, seconds: float | None, by: Actor | None = None) -> None:
    """The section of health, "no" straight down, by the client unless somebody else is named."""
    actions.save_section(
        actor=by or client_actor(draft.client),
        intake=draft,
        answers={
            question.id: ALL_CLEAR[question.id] for question in HEALTH if question.id in ALL_CLEAR
        },
        section="health",
        version=0,
        at=NOW,
        seconds=seconds,
    )
