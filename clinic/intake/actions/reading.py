"""Opening what a client told us: every reading is on record."""

from datetime import datetime

from django.db import transaction

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.intake.models import Intake, Screening, Submission
from clinic.intake.packs import is_newest, newest, pack_of
from clinic.intake.queries import intakes, screenings, submissions
from screening.engine.carrying import still_mean


@transaction.atomic
def read_intake(*, actor: Actor, intake_id: int, at: datetime) -> Intake:
    """A questionnaire with client, procedure, pack and site. DoesNotExist out of scope.

    An open one goes over to the newest pack: its answers stay, but for those that mean something
    else by now; new questions are unanswered.
    """
    found = intakes(actor).get(pk=intake_id)
    if found.is_open and not is_newest(found.pack):
        _renew(found)
    record(actor=actor, verb="intake.read", at=at, subject=found, client_id=found.client_id)
    return found


def _renew(draft: Intake) -> None:
    locked = Intake.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    rules, under = newest(), draft.pack.version
    draft.pack = rules
    draft.answers = still_mean(pack_of(rules), locked.answers, given_under=under)
    draft.earlier = still_mean(pack_of(rules), locked.earlier, given_under=under)
    draft.save(update_fields=["pack", "answers", "earlier"])


@transaction.atomic
def read_screening(*, actor: Actor, screening_id: int, at: datetime) -> Screening:
    """A screening with its client, procedure and answers. DoesNotExist out of scope."""
    found = screenings(actor).get(pk=screening_id)
    record(actor=actor, verb="screening.read", at=at, subject=found, client_id=found.client_id)
    return found


@transaction.atomic
def read_answers(*, actor: Actor, submission_id: int, at: datetime) -> Submission:
    """Frozen answers with their client. DoesNotExist out of scope."""
    found = submissions(actor).get(pk=submission_id)
    record(actor=actor, verb="answers.read", at=at, subject=found, client_id=found.client_id)
    return found
