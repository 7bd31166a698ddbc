"""Pages that a client opens by a private link, on their own phone."""

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from clinic.accounts.access import View, with_policy
from clinic.accounts.sending_again import send_again
from clinic.accounts.typed import Pairs, fields_of
from clinic.clients import links
from clinic.clients.forms import BirthdayForm
from clinic.clients.models import ClientLink
from clinic.core.actor import Actor

P = ParamSpec("P")
LANDING: Final = "clients/landing.html"


class LinkRequest(HttpRequest):
    """A request of a client who has opened their link."""

    actor: Actor
    link: ClientLink


LinkView = Callable[Concatenate[LinkRequest, P], HttpResponse]


def client_link(purpose: str) -> Callable[[LinkView[P]], View[P]]:
    """Open to the client of a live link for `purpose`; the URL brings `token`.

    Asks for the date of birth on the same address until it is right in this browser's session;
    then sets `request.actor` (kind "client") and `request.link`, with its client and site.
    A link that is unknown, old or ended gets a page that says whom to call.
    """

    def decorate(view: LinkView[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            token = str(kwargs["token"])
            try:
                link = links.look_up(token, timezone.now())
                if link.purpose != purpose:
                    raise links.LinkClosed(None)
                known = cast(LinkRequest, request)
                known.link = link
                if not request.session.get(_confirmed(link)):
                    return _ask_birthday(known, token)
            except links.LinkClosed as closed:
                return closed_page(request, closed.link)
            known.actor = links.client_actor(link.client, link.site_id)
            return view(known, *args, **kwargs)

        update_wrapper(guarded, view)
        return with_policy(guarded, "client")

    return decorate


def _confirmed(link: ClientLink) -> str:
    return f"client_link_{link.pk}"


@sensitive_variables()
def _ask_birthday(request: LinkRequest, token: str) -> HttpResponse:
    asked = request.method == "POST" and BirthdayForm.born_field in request.POST
    today = timezone.localdate()
    form = BirthdayForm(request.POST, today=today) if asked else BirthdayForm(today=today)
    if asked and form.is_valid():
        try:
            links.open_link(token, form.born, timezone.now())
        except links.WrongDate as wrong:
            form.add_error(BirthdayForm.born_field, str(wrong.message))
        else:
            request.session.cycle_key()
            request.session[_confirmed(request.link)] = True
            fields = _sent_before(request)
            if fields:
                return send_again(request, request.get_full_path(), fields, kept="link")
            return HttpResponseRedirect(request.path)
    # What was sent without a confirmed date was not taken: it goes along, and is not called saved.
    lost = request.method == "POST" and not asked
    context: dict[str, Any] = {"form": form, "lost": lost, "fields": _sent_before(request)}
    status = HTTPStatus.FORBIDDEN if lost else HTTPStatus.OK
    return render(request, LANDING, context, status=status)


def _sent_before(request: HttpRequest) -> Pairs:
    """What this browser sent before it was asked for the date; only the browser holds it."""
    return [pair for pair in fields_of(request) if pair[0] != BirthdayForm.born_field]


def closed_page(request: HttpRequest, link: ClientLink | None) -> HttpResponse:
    """ "This link does not open any more", with whom to call where that is known."""
    site = link.site if link else None
    status = HTTPStatus.GONE if link else HTTPStatus.NOT_FOUND
    context = {"clinic": {"name": site.name, "phone": site.phone} if site else None}
    return render(request, "clients/link_closed.html", context, status=status)
