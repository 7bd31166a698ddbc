"""Signing in and out, and who works at a site as what."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts import throttle
from clinic.accounts.models import Membership, User
from clinic.accounts.queries import staff_in_scope
from clinic.audit.record import record
from clinic.core.actor import Actor, Role
from clinic.core.edits import must_be_as_opened
from clinic.core.errors import Refused


@transaction.atomic
def note_sign_in(*, user: User, site_id: int | None, at: datetime) -> None:
    """Put on record that somebody has signed in."""
    actor = Actor(kind="staff", id=user.pk, name=user.name, site_id=site_id)
    record(actor=actor, verb="account.sign_in", at=at, subject=user)


@transaction.atomic
def note_sign_out(*, user: User, site_id: int | None, at: datetime) -> None:
    """Put on record that somebody has signed out."""
    actor = Actor(kind="staff", id=user.pk, name=user.name, site_id=site_id)
    record(actor=actor, verb="account.sign_out", at=at, subject=user)


@transaction.atomic
def set_own_password(*, actor: Actor, user: User, password: str, at: datetime) -> None:
    """A person changes their own password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor=actor, verb="account.change_password", at=at, subject=user)


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    at: datetime,
    email: str,
    name: str,
    job_title: str,
    registration: str,
    roles: frozenset[Role],
    password: str,
) -> User:
    """Let a person work at the actor's site. Raises Refused for an e-mail that is taken here.

    Somebody who works at another site keeps their name and password, and gets these roles here.
    """
    _manages(actor)
    user = User.objects.filter(email=email).first()
    if user and user.memberships.exclude(site__organisation__sites=actor.at_site).exists():
        raise Refused(_("This e-mail cannot be used here. Please give another one."))
    if user and user.memberships.filter(site_id=actor.at_site).exists():
        raise Refused(_("Somebody with this e-mail works here already."))
    if user is None:
        user = User.objects.create_user(
            email=email,
            password=password,
            name=name,
            job_title=job_title,
            registration=registration,
        )
    if Role.PRESCRIBER in roles and not user.registration:
        raise Refused(_("A prescriber needs a professional registration."))
    _hold(user, actor.at_site, roles)
    record(actor=actor, verb="staff.add", at=at, subject=user, roles=sorted(roles))
    return user


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    at: datetime,
    user_id: int,
    name: str,
    job_title: str,
    registration: str,
    roles: frozenset[Role],
    password: str = "",
    opened: str = "",
) -> User:
    """Change a person's details and their roles at the actor's site; no role ends their work here.

    Raises User.DoesNotExist out of scope, EditedMeanwhile where the person is not as they were when
    the page was `opened`, Refused when somebody would change their own roles, or set the password
    of a person who works at other sites as well.
    """
    _manages(actor)
    keys = staff_in_scope(actor).filter(pk=user_id).values_list("pk", flat=True)
    user = User.objects.select_for_update(no_key=True).get(pk__in=list(keys))
    held = frozenset(
        Role(role)
        for role in user.memberships.filter(site_id=actor.at_site).values_list("role", flat=True)
    )
    must_be_as_opened(opened, details(user, held))
    if user.pk == actor.id and roles != held:
        raise Refused(_("Nobody changes their own roles. Ask another manager."))
    if Role.PRESCRIBER in roles and not registration:
        raise Refused(_("A prescriber needs a professional registration."))
    user.name, user.job_title, user.registration = name, job_title, registration
    if password:
        _set_password(actor, user, password, at)
    user.save(update_fields=["name", "job_title", "registration", "password"])
    _hold(user, actor.at_site, roles)
    record(
        actor=actor,
        verb="staff.change",
        at=at,
        subject=user,
        roles=sorted(roles),
        roles_before=sorted(held),
        password_set=bool(password),
    )
    return user


def details(user: User, roles: Iterable[Role]) -> dict[str, object]:
    """What a page about a colleague edits, by field."""
    return {
        "name": user.name,
        "job_title": user.job_title,
        "registration": user.registration,
        "roles": [role.value for role in roles],
    }


def _set_password(actor: Actor, user: User, password: str, at: datetime) -> None:
    if user.pk == actor.id:
        raise Refused(_("Change your own password under your name, at the top of the page."))
    if user.memberships.exclude(site_id=actor.at_site).exists():
        raise Refused(_("This person works at other sites too, and changes the password themself."))
    user.set_password(password)
    throttle.forget(user.email, at)


def _hold(user: User, site_id: int, roles: frozenset[Role]) -> None:
    kept = Membership.objects.filter(user=user, site_id=site_id)
    kept.exclude(role__in=roles).delete()
    Membership.objects.bulk_create(
        [Membership(user=user, site_id=site_id, role=role) for role in roles],
        ignore_conflicts=True,
    )


def _manages(actor: Actor) -> None:
    if not actor.has(Role.MANAGER):
        raise Refused(_("A manager decides who works here."))
