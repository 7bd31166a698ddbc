"""Every page says who may open it. A URL without a policy fails the build."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from clinic.accounts.models import User
from clinic.accounts.sending_again import heed_who_typed, sign_in_first
from clinic.accounts.working import at_work
from clinic.core.actor import Actor, Role

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., Any])
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Policy = frozenset[Role] | Literal["public", "client"]


class StaffRequest(HttpRequest):
    """A request of a signed-in staff member at one site."""

    user: User
    actor: Actor


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]


def with_policy(view: V, policy: Policy) -> V:
    """Write down who may open `view`, where the tests of the house look for it."""
    vars(view)["access_policy"] = policy
    return view


def staff(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """Open to staff who hold one of `roles` at the site they work at (any role if none named).

    Sets `request.actor`. Signed out: to the sign-in page, and what was
    sent is kept for whoever typed it. Wrong role, or a form from somebody else's page: 403.
    """
    allowed = frozenset(roles) or frozenset(Role)

    def decorate(view: StaffView[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            working = at_work(request)
            if working is None:
                return sign_in_first(request)
            here = working.here
            if here is None or not here.roles & allowed:
                raise PermissionDenied
            heed_who_typed(request, working.user.pk)
            known = cast(StaffRequest, request)
            known.actor = working.user.as_actor(here.site, here.roles)
            return view(known, *args, **kwargs)

        update_wrapper(guarded, view)
        return with_policy(guarded, allowed)

    return decorate


def public(view: V) -> V:
    """Open to anyone: sign-in and health checks. Nothing about a client may be shown."""
    return with_policy(view, "public")
