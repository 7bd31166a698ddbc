"""The one way to write an audit row: an explicit call inside the action's own transaction."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from clinic.audit.models import Event
from clinic.core.actor import Actor
from clinic.core.fields import acted_by


class AnonymousActError(Exception):
    """Somebody tried to act without a name."""


class OutsideTransactionError(Exception):
    """An audit row must stand or fall with what it tells of."""


def record(
    *,
    actor: Actor,
    verb: str,
    at: datetime,
    subject: models.Model,
    client_id: int | None = None,
    **detail: Any,
) -> None:
    """Add one audit row for `subject` (verb as "room.verb", e.g. "client.read").

    Raises `AnonymousActError` for a nameless actor and `OutsideTransactionError` outside a
    transaction. Pass ids, codes and counts as `detail`, never health answers.
    """
    if actor.kind != "system" and actor.id is None:
        raise AnonymousActError(verb)
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(verb)
    Event.objects.create(
        at=at,
        verb=verb,
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        client_id=client_id,
        site_id=actor.site_id,
        detail=detail,
        **acted_by(actor),
    )
