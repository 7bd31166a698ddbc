"""Reading what was done and read, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clinic.audit.models import Event
from clinic.core.actor import Actor

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which events: of one client, one staff member, and from one moment up to another."""

    client_id: int | None = None
    person_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """One page, newest first, and whether there are newer and older ones."""

    events: list[Event]
    newer: bool
    older: bool


def events(
    actor: Actor,
    wanted: Wanted,
    *,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> EventPage:
    """The events of the actor's site, those just before or after the event with that key.

    One query.
    """
    found = _wanted(Event.objects.filter(site_id=actor.at_site), wanted)
    if after is not None and before is None:
        later = list(found.filter(pk__gt=after).order_by("pk")[: size + 1])
        shown = later[:size][::-1]
        return EventPage(events=shown, newer=len(later) > size, older=bool(shown))
    if before is not None:
        found = found.filter(pk__lt=before)
    earlier = list(found.order_by("-pk")[: size + 1])
    shown = earlier[:size]
    return EventPage(
        events=shown, newer=before is not None and bool(shown), older=len(earlier) > size
    )


def _wanted(found: QuerySet[Event], wanted: Wanted) -> QuerySet[Event]:
    if wanted.client_id is not None:
        found = found.filter(client_id=wanted.client_id)
    if wanted.person_id is not None:
        found = found.filter(actor_kind="staff", actor_id=wanted.person_id)
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    return found
