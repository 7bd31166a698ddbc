"""What lies ahead and rests on people, procedures, rooms and hours: a later room tells it.

This room changes those things, and the room of booking knows the appointments: it registers here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.accounts.access import StaffRequest
from clinic.core.actor import Actor

NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Touched:
    """An appointment ahead that no longer stands as it was booked; `line` names it in words."""

    id: int
    line: str


Find = Callable[[Actor, datetime], list[Touched]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """Called once, when the application starts."""
    _finders.append(find)


def touched(actor: Actor, at: datetime) -> list[Touched]:
    """Every appointment ahead at the actor's site that something no longer allows."""
    return [one for find in _finders for one in find(actor, at)]


def warn_of_touched(request: StaffRequest, before: list[Touched]) -> None:
    """Say which appointments ahead a change that is saved now has touched; `before` had others."""
    known = {one.id for one in before}
    new = [one for one in touched(request.actor, timezone.now()) if one.id not in known]
    if not new:
        return
    words = ngettext(
        "%(count)d appointment ahead no longer stands as booked. Today lists it: %(list)s.",
        "%(count)d appointments ahead no longer stand as booked. Today lists them: %(list)s.",
        len(new),
    )
    named = [one.line for one in new[:NAMED]]
    if len(new) > NAMED:
        named.append(_("and %(count)d more") % {"count": len(new) - NAMED})
    messages.warning(request, words % {"count": len(new), "list": "; ".join(named)})
