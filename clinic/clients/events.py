"""Adverse events: opening one holds every appointment, closing the last one lets booking go on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.clients.models import AdverseEvent, Client, EventEntry
from clinic.clients.queries import in_scope
from clinic.core.acting import tell_database
from clinic.core.actor import WRITING_ROLES, Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by

ALONE = _(
    "You reported this severe event yourself. Write down first what was done and seen, or let a "
    "colleague close it."
)


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
        site_id=actor.at_site,
        what=what,
        onset=onset,
        severity=severity,
        reported_at=at,
        **acted_by(actor),
    )
    record(actor=actor, verb="event.report", at=at, subject=event, client_id=known.pk)
    return event


@transaction.atomic
def close_event(
    *, actor: Actor, event: AdverseEvent, cause: str, follows: str, at: datetime
) -> AdverseEvent:
    """End an adverse event, in a clinician's words, and say what follows: AGAIN, DOCTOR or NEVER.

    Only AGAIN frees the client, once no other event holds. Raises Refused for a role that may not
    judge it, when it is closed already, and where who reported a severe event alone would close
    it with nothing written about it.
    """
    if not actor.is_clinical:
        raise Refused(_("A practitioner decides that an adverse event is over."))
    if follows not in AdverseEvent.Follows.values:
        raise Refused(_("Say what follows."))
    client = in_scope(actor).select_for_update().get(pk=event.client_id)
    if _waves_away(actor, event):
        raise Refused(ALONE)
    tell_database(actor, at)  # what it says may end the client's clearances
    ended = AdverseEvent.objects.filter(pk=event.pk, client=client, live=True).update(
        ended_at=at, ended_by=actor.name, ended_cause=cause, follows=follows
    )
    if not ended:
        raise Refused(_("Somebody has already closed this adverse event."))
    _free(client)
    event.refresh_from_db()
    record(
        actor=actor,
        verb="event.close",
        at=at,
        subject=event,
        client_id=client.pk,
        follows=follows,
    )
    return event


@transaction.atomic
def add_entry(
    *, actor: Actor, event: AdverseEvent, kind: str, words: str, at: datetime
) -> EventEntry:
    """Add what was done, seen or told about an event, open or closed.

    A doctor's word (WORD) is recorded by a clinician; it frees a client who waited only for that.
    """
    if not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    if not words.strip():
        raise Refused(_("Please fill this in."))
    word = kind == EventEntry.Kind.WORD
    if word and not actor.is_clinical:
        raise Refused(_("A practitioner records a doctor’s word."))
    client = in_scope(actor).select_for_update().get(pk=event.client_id)
    entry = EventEntry.objects.create(
        event=event, kind=kind, words=words.strip(), at=at, **acted_by(actor)
    )
    if word:
        AdverseEvent.objects.filter(pk=event.pk).update(word_given=True)
        _free(client)
    record(actor=actor, verb="event.entry", at=at, subject=event, client_id=client.pk, kind=kind)
    return entry


def _waves_away(actor: Actor, event: AdverseEvent) -> bool:
    """Who reported a severe event is alone with it, and nothing was written about it since."""
    own = (event.actor_kind, event.actor_id) == (actor.kind, actor.id)
    return own and event.severity == "SEVERE" and not event.entries.exists()


def _free(client: Client) -> None:
    """Let the client be booked again, unless an event still holds."""
    follows = AdverseEvent.Follows
    waits = Q(follows=follows.DOCTOR, word_given=False)
    holding = client.adverse_events.filter(Q(live=True) | Q(follows=follows.NEVER) | waits)
    if not holding.exists() and not client.event_free:
        client.event_free = True
        client.save(update_fields=["event_free"])
