"""What the actor's site offers, and who may perform it."""

from django.db.models import QuerySet

from clinic.accounts.models import Site, User
from clinic.core.actor import CLINICAL_ROLES, Actor
from clinic.procedures.models import Procedure, Room


def in_scope(actor: Actor) -> QuerySet[Procedure]:
    """The procedures of the actor's site, by name, with those who perform them."""
    found = Procedure.objects.filter(site_id=actor.at_site)
    return found.prefetch_related("performers").order_by("name", "pk")


def one(actor: Actor, procedure_id: int, *, lock: bool = False) -> Procedure:
    """One of them, locked where it is to be changed. Raises Procedure.DoesNotExist out of scope."""
    found = in_scope(actor)
    return (found.select_for_update(no_key=True) if lock else found).get(pk=procedure_id)


def own_site(actor: Actor) -> Site:
    """The site that the actor works at."""
    return Site.objects.get(pk=actor.at_site)


def possible_performers(actor: Actor) -> QuerySet[User]:
    """Clinicians of the site: only they may be named as performing a procedure."""
    roles = [role.value for role in CLINICAL_ROLES]
    working = User.objects.filter(
        memberships__site_id=actor.at_site, memberships__role__in=roles, is_active=True
    )
    return working.distinct().order_by("name", "pk")


def rooms_of(site_id: int) -> QuerySet[Room]:
    """The rooms of a site, open or closed, by name."""
    return Room.objects.filter(site_id=site_id).order_by("name")
