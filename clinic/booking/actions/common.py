"""What every action on appointments begins with."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.booking.locks import lock_evidence
from clinic.booking.models import Appointment
from clinic.core.actor import CLINICAL_ROLES, Actor, Role
from clinic.core.edits import fingerprint
from clinic.core.errors import Refused
from clinic.core.words import say_moment

BOOKING_ROLES = CLINICAL_ROLES | {Role.FRONT_DESK, Role.MANAGER}


def must_be_allowed(actor: Actor, *, site_id: int) -> None:
    """Raise `Refused` unless the actor books at that site."""
    if not actor.has(*BOOKING_ROLES) or actor.site_id != site_id:
        raise Refused(_("You may look at appointments here, and not change them."))


def as_shown(appointment: Appointment) -> dict[str, object]:
    """What a page about the appointment shows and its buttons change."""
    return {
        "status": appointment.status,
        "starts_at": appointment.starts_at.isoformat(),
        "practitioner": appointment.practitioner_id,
        "room": appointment.room_id,
    }


def must_be_as_shown(appointment: Appointment, opened: str, *, at: datetime) -> None:
    """Raise `Refused` where the appointment is not as it was when the page was opened.

    `opened` is the page's mark, empty where no page was open.
    """
    if not opened or opened == fingerprint(as_shown(appointment)):
        return
    raise Refused(
        _(
            "Somebody else changed this appointment after you opened this page. "
            "It is now %(when)s with %(practitioner)s, “%(status)s”. Please look again."
        )
        % {
            "when": say_moment(timezone.localtime(appointment.starts_at), timezone.localtime(at)),
            "practitioner": appointment.practitioner.name,
            "status": Appointment.Status(appointment.status).label,
        }
    )


def locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now, held until the transaction ends.

    Client and clearance are locked before it: whoever ends a clearance takes it before its
    appointments, and two who wait for each other would both lose.
    """
    lock_evidence(client_id=appointment.client_id, clearance_ids=[appointment.clearance_id])
    rows = Appointment.objects.select_related("client", "procedure", "site", "clearance")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=appointment.pk)


def locked_as_read(appointment: Appointment) -> Appointment:
    """As `locked`. Raises `Refused` where somebody has changed it since it was read."""
    now = locked(appointment)
    if as_shown(now) != as_shown(appointment):
        raise Refused(_("Somebody else has just changed this appointment. Please look again."))
    return now
