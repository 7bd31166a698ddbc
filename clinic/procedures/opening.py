"""Opening a site: its address, its rooms, what it offers, and the manager who sets up the rest."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.accounts.countries import COUNTRIES
from clinic.accounts.models import Membership, Organisation, Site, User
from clinic.audit.record import record
from clinic.core.actor import SYSTEM, Role
from clinic.core.drawable import validate_drawable
from clinic.core.errors import Refused
from clinic.procedures.models import Procedure, Room
from clinic.procedures.standard import standard_procedures


@dataclass(frozen=True, kw_only=True)
class NewSite:
    """What a site needs before anybody can work there."""

    organisation: str
    name: str
    address: str
    phone: str
    emergency_phone: str
    opens: time
    closes: time
    rooms: int
    country: str = "GB"


@transaction.atomic
def open_site(
    *, new: NewSite, manager_email: str, manager_name: str, password: str, at: datetime
) -> Site:
    """Make a site with the standard procedures, its rooms, and its first manager.

    `new.organisation` is made where there is none of that name; where it is empty, the site joins
    the only one there is, or begins one of its own name. Raises Refused where several leave open
    which is meant, without an emergency number (no aftercare sheet could be issued), for a name
    that is taken in the organisation, or for an e-mail that already signs in; ValidationError for
    letters that no paper can draw.
    """
    for words in (new.name, new.address, new.phone, new.emergency_phone, manager_name):
        validate_drawable(words)
    if not new.emergency_phone.strip():
        raise Refused(_("Give the number that clients call in an emergency."))
    if new.country not in COUNTRIES:
        raise Refused(
            _("The country is one of: %(codes)s.") % {"codes": ", ".join(sorted(COUNTRIES))}
        )
    organisation = _organisation(new.organisation.strip(), new.name.strip())
    if organisation.sites.filter(name__iexact=new.name.strip()).exists():
        raise Refused(_("There is a site with this name already."))
    if User.objects.filter(email=manager_email.strip().lower()).exists():
        raise Refused(_("Somebody signs in with this e-mail already."))
    site = Site.objects.create(
        organisation=organisation,
        name=new.name.strip(),
        address=new.address,
        phone=new.phone,
        emergency_phone=new.emergency_phone,
        opens=new.opens,
        closes=new.closes,
        country=new.country,
    )
    for number in range(1, new.rooms + 1):
        Room.objects.create(site=site, name=f"Room {number}")
    for columns in standard_procedures():
        Procedure.objects.create(site=site, **columns)
    manager = User.objects.create_user(email=manager_email, password=password, name=manager_name)
    Membership.objects.create(user=manager, site=site, role=Role.MANAGER)
    record(actor=SYSTEM, verb="site.open", at=at, subject=site, manager=manager.pk)
    return site


def _organisation(name: str, site: str) -> Organisation:
    if name:
        return Organisation.objects.get_or_create(name=name)[0]
    known = list(Organisation.objects.all()[:2])
    if len(known) > 1:
        raise Refused(_("Say which organisation the site belongs to."))
    return known[0] if known else Organisation.objects.create(name=site)
