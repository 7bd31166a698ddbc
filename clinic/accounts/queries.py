"""Where a person works, and as what."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clinic.accounts.models import ROLE_LABELS, Membership, Site, User
from clinic.core.actor import Actor, Role


@dataclass(frozen=True, kw_only=True)
class Place:
    """A site, and the roles one person holds there."""

    site: Site
    roles: frozenset[Role]


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """One person of the staff list, with what they are at this site."""

    user: User
    roles: tuple[Role, ...]

    @property
    def role_words(self) -> str:
        """The roles as words, "Front desk, Manager"."""
        return say_roles(frozenset(self.roles))


def say_roles(roles: frozenset[Role]) -> str:
    """Roles as words, always in the same order."""
    return ", ".join(str(ROLE_LABELS[role]) for role in Role if role in roles)


def places(user: User) -> list[Place]:
    """Every site where the user works, by name. One query."""
    roles: dict[Site, set[Role]] = {}
    memberships = Membership.objects.filter(user=user).select_related("site")
    for membership in memberships.order_by("site__name", "site_id"):
        roles.setdefault(membership.site, set()).add(Role(membership.role))
    return [Place(site=site, roles=frozenset(held)) for site, held in roles.items()]


def chosen_place(user: User, found: list[Place], site_id: int | None) -> Place | None:
    """The place chosen in the session, or else the first one; None for somebody without any."""
    if not user.is_active or not found:
        return None
    return next((place for place in found if place.site.pk == site_id), found[0])


def colleagues(actor: Actor) -> list[Colleague]:
    """Everybody who works at the actor's site, by name. Two queries."""
    held: dict[int, list[Role]] = {}
    for user_id, role in Membership.objects.filter(site_id=actor.at_site).values_list(
        "user_id", "role"
    ):
        held.setdefault(user_id, []).append(Role(role))
    people = User.objects.filter(pk__in=held).order_by("name", "pk")
    return [Colleague(user=user, roles=tuple(held[user.pk])) for user in people]


def colleague(actor: Actor, user_id: int) -> Colleague:
    """One of them. Raises User.DoesNotExist for somebody who does not work at the site."""
    user = staff_in_scope(actor).get(pk=user_id)
    held = user.memberships.filter(site_id=actor.at_site).values_list("role", flat=True)
    return Colleague(user=user, roles=tuple(Role(role) for role in held))


def staff_in_scope(actor: Actor) -> QuerySet[User]:
    """Everybody who works at the actor's site."""
    return User.objects.filter(memberships__site_id=actor.at_site).distinct()
