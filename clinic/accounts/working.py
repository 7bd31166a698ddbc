"""Who is at work in this request, and where: asked of the database once a request."""

from typing import NamedTuple

from django.http import HttpRequest

from clinic.accounts.models import User
from clinic.accounts.queries import Place, chosen_place, places

KEPT_AS = "cleared.working"


class Working(NamedTuple):
    """A signed-in person, every place where they work, and the one where they work now."""

    user: User
    here: Place | None
    everywhere: list[Place]


def at_work(request: HttpRequest) -> Working | None:
    """Who is signed in; None for a visitor. One query, kept on the request."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    kept = request.META.get(KEPT_AS)
    if isinstance(kept, Working) and kept.user == user:
        return kept
    found = places(user)
    here = chosen_place(user, found, request.session.get("site_id"))
    request.META[KEPT_AS] = working = Working(user, here, found)
    return working
