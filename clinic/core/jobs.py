"""The queue: work is put in with what caused it, and done once that is committed.

A job and what its handler writes are one transaction, so the database sees it done once. What goes
outside (a mail) may happen twice, when the machine fails between sending and committing.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from clinic.core.models import Job

Handler = Callable[..., None]

ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)

logger = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}


class OutsideTransactionError(Exception):
    """A job must stand or fall with what caused it."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Mark the function that does jobs of `kind` ("room.verb").

    It is called with the job's arguments and `at`, by keyword. Keep it in the room's `jobs.py`.
    """

    def remember(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return remember


def enqueue(kind: str, *, at: datetime, due: datetime | None = None, **arguments: Any) -> None:
    """Queue a job, in the transaction of what caused it; `due` later than now, if it must wait.

    Raises `OutsideTransactionError`. Pass ids and codes, never health answers.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(kind)
    Job.objects.create(kind=kind, arguments=arguments, queued_at=at, due_at=due or at)


def do_one(*, at: datetime) -> bool:
    """Do the job that has been due longest and that no other worker holds. False if none is."""
    waiting = Job.objects.filter(done_at__isnull=True, gave_up_at__isnull=True, due_at__lte=at)
    with transaction.atomic():
        # Other columns than these may not change: see the migration.
        job = waiting.select_for_update(skip_locked=True).order_by("due_at", "id").first()
        if job is None:
            return False
        try:
            with transaction.atomic():
                _handlers[job.kind](**job.arguments, at=at)
                # A promise that is checked at the end counts as the handler's failure too.
                transaction.get_connection().check_constraints()
        except Exception as error:
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            _try_later(job, type(error).__name__, at=at)
        else:
            job.done_at = at
            job.save(update_fields=["done_at"])
    return True


def _try_later(job: Job, error: str, *, at: datetime) -> None:
    """Wait twice as long each time; after the last attempt wait for a person."""
    job.attempts += 1
    job.last_error = error
    job.due_at = at + FIRST_WAIT * 2 ** (job.attempts - 1)
    if job.attempts >= ATTEMPTS:
        job.gave_up_at = at
    job.save(update_fields=["attempts", "last_error", "due_at", "gave_up_at"])
