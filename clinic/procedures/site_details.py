"""What a site says of itself: its country, its hours, and which rooms are in use."""

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.countries import COUNTRIES
from clinic.accounts.models import Site
from clinic.audit.record import record
from clinic.core.actor import Actor, Role
from clinic.core.edits import must_be_as_opened
from clinic.core.errors import Refused
from clinic.procedures.models import Room
from clinic.procedures.queries import rooms_of

COLUMNS = ("country", "opens", "closes")


def details(site: Site) -> dict[str, object]:
    """What a page about the site edits, by field."""
    in_use = [room for room in rooms_of(site.pk) if room.is_open]
    return {**{name: getattr(site, name) for name in COLUMNS}, "rooms": in_use}


@transaction.atomic
def change_site(
    *,
    actor: Actor,
    country: str,
    opens: time,
    closes: time,
    rooms: Collection[Room],
    at: datetime,
    opened: str = "",
) -> Site:
    """Change the actor's own site from now on: a key of `COUNTRIES`, its hours, its open rooms.

    What was screened or booked before keeps what it was judged by. Raises Refused; EditedMeanwhile
    where somebody else changed it since the page with the mark `opened`.
    """
    if not actor.has(Role.MANAGER, Role.CLINICAL_LEAD):
        raise Refused(_("A manager or clinical lead decides about a site."))
    if country not in COUNTRIES:
        raise Refused(_("Please choose a country from the list."))
    if closes <= opens:
        raise Refused(_("The clinic closes after it opens. Please check both times."))
    site = Site.objects.select_for_update(no_key=True).get(pk=actor.at_site)
    before = details(site)
    must_be_as_opened(opened, before)
    given = {"country": country, "opens": opens, "closes": closes}
    changed = [name for name in COLUMNS if getattr(site, name) != given[name]]
    for name in changed:
        setattr(site, name, given[name])
    if changed:
        site.save(update_fields=changed)
    moved = _open_and_close(site, {room.pk for room in rooms})
    if changed or moved:
        old = {name: str(before[name]) for name in changed}
        new = {name: str(given[name]) for name in changed}
        record(
            actor=actor, verb="site.change", at=at, subject=site, now=new, before=old, rooms=moved
        )
    return site


def _open_and_close(site: Site, in_use: set[int]) -> list[int]:
    """Ids of the rooms whose being open has changed."""
    moved = [room for room in rooms_of(site.pk) if room.is_open != (room.pk in in_use)]
    for room in moved:
        room.is_open = not room.is_open
        room.save(update_fields=["is_open"])
    return [room.pk for room in moved]
