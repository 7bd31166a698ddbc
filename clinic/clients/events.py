"""Adverse events: opening one holds every appointment, closing the last one lets booking go on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.clients.models import AdverseEvent, Client
from clinic.clients.queries import in_scope
from clinic.core.acting import tell_database
from clinic.core.actor import WRITING_ROLES, Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by


@transaction.atomic
def report_event(
    *, actor: Actor, client: Client, what: str, onset: date, severity: str, at: datetime
) -> AdverseEvent:
    """Open an adverse event. The database stops a running treatment and puts appointments on hold.

    `severity` is MILD, MODERATE or SEVERE. Raises Refused for an auditor and Client.DoesNotExist
    out of scope.
    """
    if not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    known = in_scope(actor).select_for_update().get(pk=client.pk)
    # First the client, then the event: an open event refers to a client who is not event free,
    # and the change itself is what holds the appointments.
    if known.event_free:
        tell_database(actor, at)
        known.event_free = False
        known.save(update_fields=["event_free"])
    event = AdverseEvent.objects.create(
        client=known,
        what=what,
        onset=onset,
        severity=severity,
        reported_at=at,
        **acted_by(actor),
    )
    record(actor=actor, verb="event.report", at=at, subject=event, client_id=known.pk)
    return event


@transaction.atomic
def close_event(*, actor: Actor, event: AdverseEvent, cause: str, at: datetime) -> AdverseEvent:
    """End an adverse event, in a clinician's words. With the last one, booking is free again.

    Raises Refused for a role that may not judge it, or when it is closed already.
    """
    if not actor.is_clinical:
        raise Refused(_("A practitioner decides that an adverse event is over."))
    client = in_scope(actor).select_for_update().get(pk=event.client_id)
    ended = AdverseEvent.objects.filter(pk=event.pk, client=client, live=True).update(
        ended_at=at, ended_by=actor.name, ended_cause=cause
    )
    if not ended:
        raise Refused(_("Somebody has already closed this adverse event."))
    if not client.adverse_events.filter(live=True).exists():
        client.event_free = True
        client.save(update_fields=["event_free"])
    event.refresh_from_db()
    record(actor=actor, verb="event.close", at=at, subject=event, client_id=client.pk)
    return event
