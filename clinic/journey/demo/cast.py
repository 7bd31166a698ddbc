"""Makes the sites, the people and what is offered, and finds them again."""

from dataclasses import dataclass
from datetime import datetime

from clinic.accounts.actions import add_person
from clinic.accounts.models import Membership, Organisation, Site, User
from clinic.core.actor import CLINICAL_ROLES, Actor, Role
from clinic.journey.demo import places
from clinic.journey.demo.words import password
from clinic.procedures.models import Procedure, Room
from clinic.procedures.standard import standard_procedures


@dataclass(frozen=True, kw_only=True)
class Worker:
    """One person of the staff, and as whom they act."""

    user: User
    actor: Actor

    @property
    def role(self) -> Role:
        return min(self.actor.roles)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One site of the demo. Each performer has the room of the same number."""

    site: Site
    staff: tuple[Worker, ...]
    procedures: dict[str, Procedure]
    rooms: tuple[Room, ...]

    def worker(self, role: Role) -> Worker:
        """The first who holds a role."""
        return next(one for one in self.staff if one.role is role)

    @property
    def desk(self) -> Actor:
        return self.worker(Role.FRONT_DESK).actor

    @property
    def performers(self) -> tuple[Worker, ...]:
        return tuple(one for one in self.staff if one.role in CLINICAL_ROLES)


def email(site_name: str, mailbox: str) -> str:
    """ "front.desk@riverside.example": an address that can never be delivered (RFC 2606)."""
    return f"{mailbox}@{site_name.lower()}.example"


def build(seed: int, at: datetime) -> tuple[Place, ...]:
    """Make everything that was there before the first client came."""
    organisation = Organisation.objects.create(name=places.ORGANISATION)
    return tuple(_place(seed, words, organisation, at) for words in places.SITES)


def _place(seed: int, words: dict[str, str], organisation: Organisation, at: datetime) -> Place:
    site = Site.objects.create(organisation=organisation, **words, **places.HOURS)
    manager, *others = places.STAFF[site.name]
    staff = [_first(seed, site, manager)]
    for name, mailbox, title, registration, roles in others:
        mail = email(site.name, mailbox)
        user = add_person(
            actor=staff[0].actor,
            at=at,
            email=mail,
            name=name,
            job_title=title,
            registration=registration,
            roles=roles,
            password=password(seed, mail),
        )
        staff.append(Worker(user=user, actor=user.as_actor(site, roles)))
    performers = [one.user for one in staff if one.role in CLINICAL_ROLES]
    rooms = [
        Room.objects.create(site=site, name=f"Room {number}")
        for number in range(1, len(performers) + 1)
    ]
    procedures = {}
    for columns in standard_procedures():
        procedure = Procedure.objects.create(site=site, **columns)
        procedure.performers.set(performers)
        procedures[procedure.modality] = procedure
    return Place(site=site, staff=tuple(staff), procedures=procedures, rooms=tuple(rooms))


def _first(seed: int, site: Site, who: places.Person) -> Worker:
    """The manager, whom nobody was there to add."""
    name, mailbox, title, registration, roles = who
    mail = email(site.name, mailbox)
    user = User.objects.create_user(
        email=mail,
        password=password(seed, mail),
        name=name,
        job_title=title,
        registration=registration,
    )
    Membership.objects.create(user=user, site=site, role=Role.MANAGER)
    return Worker(user=user, actor=user.as_actor(site, roles))
