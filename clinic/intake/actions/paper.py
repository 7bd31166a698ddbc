"""Typing answers in from a paper form: said by somebody, and then not timed."""

from datetime import datetime

from django.db import transaction

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.intake.actions.drafts import locked_draft
from clinic.intake.models import Intake


@transaction.atomic
def from_paper(*, actor: Actor, intake: Intake, paper: bool, at: datetime) -> Intake:
    """Say that the answers are typed from a paper form, which is kept; or that they no longer are.

    Whoever types in a form is not timed, for that takes less than answering; the reviewer sees
    whose word it is. Everybody else is. Raises NotOpen.
    """
    locked = locked_draft(intake)
    locked.paper_by = actor.name if paper else ""
    locked.paper_at = at if paper else None
    locked.save(update_fields=["paper_by", "paper_at"])
    record(
        actor=actor,
        verb="intake.paper",
        at=at,
        subject=locked,
        client_id=locked.client_id,
        paper=paper,
    )
    return locked
