"""The clinical lead sees what was done otherwise than cleared."""

from datetime import datetime

from django.db import IntegrityError, transaction

from clinic.accounts.models import User
from clinic.audit.record import record as audit
from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.treatments import wording
from clinic.treatments.models import Deviation, DeviationSeen


@transaction.atomic
def acknowledge(
    *, actor: Actor, user: User, deviation: Deviation, note: str, at: datetime
) -> DeviationSeen:
    """Put on record that the clinical lead has seen a deviation, with a note.

    Raises Refused for any other role, without a note, and a second time.
    """
    if not actor.has(Role.CLINICAL_LEAD) or actor.id != user.pk:
        raise Refused(wording.LEADS_ONLY)
    if not note.strip():
        raise Refused(wording.NO_NOTE)
    try:
        with transaction.atomic():
            seen = DeviationSeen.objects.create(
                deviation=deviation,
                note=note.strip(),
                seen_by=user,
                seen_at=at,
                **acted_by(actor),
            )
    except IntegrityError as error:
        raise refusal_for(error, {"deviation_id": wording.SEEN_ALREADY}) from error
    audit(
        actor=actor,
        verb="treatment.deviation_seen",
        at=at,
        subject=deviation,
        client_id=deviation.record.client_id,
    )
    return seen
