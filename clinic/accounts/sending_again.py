"""A form that came too late, or with a token from before a sign-in, comes back as it was sent."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import csrf

from clinic.accounts import typed
from clinic.accounts.working import at_work

TEMPLATE: Final = "accounts/send_again.html"
SIGN_IN: Final = "accounts:sign_in"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing was done. What our own page sent comes back with a new token, one press away.

    Signing in gives the browser a new token, so a page that was open before has the old one. A form
    of another site gets nothing back: the browser itself says where a form comes from.
    """
    if request.method != "POST" or not _from_our_own_page(request) or request.FILES:
        return csrf.csrf_failure(request, reason)
    match = request.resolver_match
    if match is not None and match.view_name == SIGN_IN:
        return HttpResponseRedirect(reverse(SIGN_IN))
    policy = vars(match.func).get("access_policy") if match else None
    if isinstance(policy, frozenset):
        working = at_work(request)
        if working is None:
            return sign_in_first(request)
        if typed.typed_by(request) != working.user.pk:
            return csrf.csrf_failure(request, reason)
    return send_again(request, request.get_full_path(), typed.fields_of(request))


def _from_our_own_page(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    ours = (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
    return ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def send_again(
    request: HttpRequest, path: str, fields: typed.Pairs, *, kept: str = ""
) -> HttpResponse:
    """The page that holds what was sent and sends it by one press."""
    context = {"path": path, "fields": fields, "kept": kept, "kept_field": typed.KEPT}
    status = HTTPStatus.OK if kept else HTTPStatus.FORBIDDEN
    return render(request, TEMPLATE, context, status=status)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back: to the page, or to what was sent from it."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    name = typed.keep(request, timezone.now())
    onward = reverse("accounts:typed", args=[name]) if name else request.get_full_path()
    return redirect_to_login(onward)


def heed_who_typed(request: HttpRequest, user_id: int) -> None:
    """A form is taken from the person its page was made for. Raises PermissionDenied otherwise."""
    if request.method != "POST":
        return
    if typed.typed_by(request) not in (None, user_id):
        raise PermissionDenied
    if name := request.POST.get(typed.KEPT):
        typed.forget(user_id=user_id, name=name)
