"""What every action on appointments begins with."""

from django.utils.translation import gettext as _

from clinic.booking.locks import lock_evidence
from clinic.booking.models import Appointment
from clinic.core.actor import CLINICAL_ROLES, Actor, Role
from clinic.core.errors import Refused

BOOKING_ROLES = CLINICAL_ROLES | {Role.FRONT_DESK, Role.MANAGER}


def must_be_allowed(actor: Actor, *, site_id: int) -> None:
    """Raise `Refused` unless the actor books at that site."""
    if not actor.has(*BOOKING_ROLES) or actor.site_id != site_id:
        raise Refused(_("You may look at appointments here, and not change them."))


def locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now, held until the transaction ends.

    Client and clearance are locked before it: whoever ends a clearance takes it before its
    appointments, and two who wait for each other would both lose.
    """
    lock_evidence(client_id=appointment.client_id, clearance_ids=[appointment.clearance_id])
    rows = Appointment.objects.select_related("client", "procedure", "site", "clearance")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=appointment.pk)
