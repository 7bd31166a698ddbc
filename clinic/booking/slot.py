"""A time with a practitioner in a room, and whether the clinic can offer it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.accounts.models import Site, User
from clinic.core.errors import Refused
from clinic.procedures.models import Procedure, Room


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A wished time; it ends after the procedure's duration. `starts_at` is aware."""

    procedure: Procedure
    practitioner: User
    room: Room
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.procedure.duration_minutes)

    @property
    def day(self) -> date:
        """The day at the clinic."""
        return timezone.localdate(self.starts_at)


def must_be_offered(slot: Slot, *, site: Site, at: datetime) -> None:
    """Raise `Refused` unless the site can offer the slot.

    It must lie ahead and inside the opening hours; the practitioner must perform the procedure,
    and room and procedure belong to the site.
    """
    start, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    if slot.starts_at <= at:
        raise Refused(_("This time has passed. Please choose a later one."))
    if start.date() != end.date() or start.time() < site.opens or end.time() > site.closes:
        raise Refused(
            _("The clinic is open from %(opens)s to %(closes)s.")
            % {"opens": site.opens.strftime("%H:%M"), "closes": site.closes.strftime("%H:%M")}
        )
    if not slot.procedure.is_offered or slot.procedure.site_id != site.pk:
        raise Refused(_("This procedure is not offered here any more."))
    if slot.room.site_id != site.pk:
        raise Refused(_("This room belongs to another site."))
    if not slot.room.is_open:
        raise Refused(_("%(room)s is closed.") % {"room": slot.room.name})
    performers = slot.procedure.performers.filter(is_active=True, memberships__site=site)
    if not performers.filter(pk=slot.practitioner.pk).exists():
        raise Refused(_("%(name)s does not do this procedure.") % {"name": slot.practitioner.name})
