"""Every page says who may open it. A URL without a policy fails the build."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from clinic.accounts.models import User
from clinic.accounts.queries import working_place
from clinic.core.actor import Actor, Role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class StaffRequest(HttpRequest):
    """A request of a signed-in staff member at one site."""

    user: User
    actor: Actor


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]


def staff(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """Open to staff who hold one of `roles` at the site they work at (any role if none named).

    Sets `request.actor`. Signed out: to the sign-in page. Wrong role: 403.
    """
    allowed = frozenset(roles) or frozenset(Role)

    def decorate(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            place = working_place(request.user, request.session.get("site_id"))
            if place is None or not place.roles & allowed:
                raise PermissionDenied
            request.actor = request.user.as_actor(place.site, place.roles)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.access_policy = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Open to anyone: sign-in and health checks. Nothing about a client may be shown."""
    view.access_policy = "public"  # type: ignore[attr-defined]
    return view
