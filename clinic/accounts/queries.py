"""Where a person works, and as what."""

from dataclasses import dataclass

from clinic.accounts.models import Membership, Site, User
from clinic.core.actor import Role


@dataclass(frozen=True, kw_only=True)
class Place:
    """A site, and the roles one person holds there."""

    site: Site
    roles: frozenset[Role]


def places(user: User) -> list[Place]:
    """Every site where the user works, by name. One query."""
    roles: dict[Site, set[Role]] = {}
    memberships = Membership.objects.filter(user=user).select_related("site")
    for membership in memberships.order_by("site__name", "site_id"):
        roles.setdefault(membership.site, set()).add(Role(membership.role))
    return [Place(site=site, roles=frozenset(held)) for site, held in roles.items()]


def working_place(user: User, site_id: int | None) -> Place | None:
    """The place chosen in the session, or else the first one; None for somebody without any."""
    if not user.is_active:
        return None
    found = places(user)
    chosen = [place for place in found if place.site.pk == site_id]
    return (chosen or found or [None])[0]
