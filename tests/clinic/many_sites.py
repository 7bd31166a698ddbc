"""Maya, whom Riverside registered, and the sister site that links her."""

from datetime import date
from typing import Any

from django.test import Client as Browser

from clinic.accounts.models import User
from clinic.clients import actions
from clinic.clients.models import Client
from tests.factories import NOW, Cast

MAYA: dict[str, Any] = {
    "first_name": "Maya",
    "last_name": "Lind",
    "date_of_birth": date(1990, 4, 12),
    "phone": "07700 900123",
    "email": "maya@example.com",
}
STOP = {"code": "pregnancy", "level": 4, "override_by": "never"}


def registered(cast: Cast) -> Client:
    """By the desk of Riverside."""
    return actions.register(actor=cast.actor(cast.fred), at=NOW, **MAYA)


def link(cast: Cast, maya: Client) -> Client:
    """By the desk of Hilltop."""
    return actions.link_to_site(actor=cast.actor(cast.hana), client_id=maya.pk, at=NOW, **MAYA)


def browser(user: User) -> Browser:
    """One in which that person is signed in."""
    opened = Browser()
    opened.force_login(user)
    return opened
