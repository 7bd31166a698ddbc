"""Who acts: the one value every action is given, so that nothing happens without a name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """The stable names of the staff roles (see the contract in the README)."""

    FRONT_DESK = "front_desk"
    PRACTITIONER = "practitioner"
    PRESCRIBER = "prescriber"
    CLINICAL_LEAD = "clinical_lead"
    MANAGER = "manager"
    AUDITOR = "auditor"


CLINICAL_ROLES = frozenset({Role.PRACTITIONER, Role.PRESCRIBER, Role.CLINICAL_LEAD})
"""Roles that may decide about a client's health answers."""

WRITING_ROLES = frozenset(Role) - {Role.AUDITOR}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A staff member at one site, a client on a link, or the system itself.

    `id` is the user's or the client's primary key; the system has none.
    """

    kind: Literal["staff", "client", "system"]
    id: int | None
    name: str
    site_id: int | None
    roles: frozenset[Role] = frozenset()

    @property
    def is_clinical(self) -> bool:
        return bool(self.roles & CLINICAL_ROLES)

    @property
    def may_prescribe(self) -> bool:
        return Role.PRESCRIBER in self.roles

    @property
    def at_site(self) -> int:
        """The site whose records the actor may see. Raises ValueError for the system."""
        if self.site_id is None:
            raise ValueError(f"{self.name} works at no site")
        return self.site_id

    @property
    def own_id(self) -> int:
        """The user's or client's key. Raises ValueError for the system."""
        if self.id is None:
            raise ValueError(f"{self.name} has no account")
        return self.id

    def has(self, *roles: Role) -> bool:
        return bool(self.roles & frozenset(roles))


SYSTEM = Actor(kind="system", id=None, name="Cleared", site_id=None)
