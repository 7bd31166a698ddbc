"""Finding, adding and correcting clients."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.clients import actions, queries, search
from clinic.clients.duplicates import Shared
from clinic.clients.forms import EditClientForm, NewClientForm
from clinic.clients.models import Client
from clinic.core.actor import WRITING_ROLES
from clinic.core.edits import EditedMeanwhile
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404

SHARED_WORDS = {
    Shared.BIRTHDAY: _lazy("same birthday and a similar name"),
    Shared.NEAR_BIRTHDAY: _lazy("same name and almost the same birthday"),
    Shared.PHONE: _lazy("same phone number"),
    Shared.EMAIL: _lazy("same e-mail"),
}


def page_of(client_id: int) -> str:
    """The address of a client's own page, which the journey keeps."""
    return reverse("journey:client", args=[client_id])


@staff()
@require_safe
def find(request: StaffRequest) -> HttpResponse:
    """Clients who match `q`, as a page; for htmx as the list alone, as one types."""
    text, today = request.GET.get("q", "")[:200], timezone.localdate()
    found = queries.find(request.actor, text, today=today)
    actions.seen_in_list(actor=request.actor, clients=found, at=timezone.now(), verb="client.find")
    context = {
        "q": text.strip(),
        "rows": [(client, page_of(client.pk)) for client in found],
        "many": len(found) == queries.FOUND,
        "new_url": _new_url(request, text),
    }
    fragment = getattr(request, "htmx", False)
    return render(request, "clients/found.html" if fragment else "clients/find.html", context)


def _new_url(request: StaffRequest, text: str) -> str | None:
    """Where to create somebody with what was typed; None for those who only read."""
    if not request.actor.has(*WRITING_ROLES):
        return None
    typed = search.as_new_client(text, timezone.localdate())
    return f"{reverse('clients:new')}?{urlencode(typed)}" if typed else reverse("clients:new")


@staff()
@require_safe
def client_list(request: StaffRequest) -> HttpResponse:
    """All clients of the site by last name, a page at a time."""
    after, before = (_number(request, name) for name in ("after", "before"))
    page = or_404(queries.page_by_name, request.actor, after=after, before=before)
    actions.seen_in_list(
        actor=request.actor, clients=page.clients, at=timezone.now(), verb="client.list"
    )
    here = reverse("clients:list")
    context = {
        "rows": [(client, page_of(client.pk)) for client in page.clients],
        "next_url": f"{here}?after={page.clients[-1].pk}" if page.more_after else None,
        "previous_url": f"{here}?before={page.clients[0].pk}" if page.more_before else None,
        "may_add": request.actor.has(*WRITING_ROLES),
    }
    return render(request, "clients/list.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


@staff(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Add a client; when the person may be known already, ask before creating."""
    today = timezone.localdate()
    known: list[tuple[Client, str, str]] = []
    if request.method != "POST":
        typed = {name: request.GET[name] for name in actions.DETAILS if name in request.GET}
        form = NewClientForm(today=today, initial=typed)
        return render(request, "clients/new.html", {"form": form, "known": known})
    asked = "asked" in request.POST or "different_person" in request.POST
    form = NewClientForm(request.POST, today=today, ask_again=asked)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("asked", None)
        sure = bool(given.pop("different_person", False))
        if "link" in request.POST:
            return _link(request, given)
        try:
            client = actions.register(
                actor=request.actor, at=timezone.now(), despite_duplicates=sure, **given
            )
        except actions.PossibleDuplicates as possible:
            form = NewClientForm(request.POST, today=today, ask_again=True)
            if asked:
                form.say_untouched()
            known = [_known(other) for other in possible.found]
            actions.seen_in_list(
                actor=request.actor,
                clients=possible.clients,
                at=timezone.now(),
                verb="client.find",
            )
        else:
            messages.success(request, _("%(name)s is added.") % {"name": client.full_name})
            return HttpResponseRedirect(page_of(client.pk))
    return render(request, "clients/new.html", {"form": form, "known": known})


def _link(request: StaffRequest, given: dict[str, Any]) -> HttpResponse:
    """The person offered from another site: 404 for anybody who was not."""
    number = request.POST["link"]
    given = {name: value for name, value in given.items() if name != "language"}
    client = or_404(
        actions.link_to_site,
        actor=request.actor,
        client_id=int(number) if number.isdecimal() and len(number) < 19 else 0,
        at=timezone.now(),
        **given,
    )
    messages.success(
        request,
        _("%(name)s is linked: this site sees the record now.") % {"name": client.full_name},
    )
    return HttpResponseRedirect(page_of(client.pk))


def _known(possible: queries.Possible) -> tuple[Client, str, str]:
    """The client, their page, and in words what the two have in common.

    Of a client of another site there is neither: the page offers to link them.
    """
    if not possible.here:
        return possible.client, "", ""
    why = [str(words) for what, words in SHARED_WORDS.items() if what in possible.shared]
    return possible.client, page_of(possible.client.pk), ", ".join(why).capitalize()


@staff(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, client_id: int) -> HttpResponse:
    """Put a client's details right."""
    client = or_404(
        actions.open_record, actor=request.actor, client_id=client_id, at=timezone.now()
    )
    form = EditClientForm(
        request.POST or None, today=timezone.localdate(), initial=actions.details(client)
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                actor=request.actor, client_id=client_id, at=timezone.now(), **form.cleaned_data
            )
        except EditedMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
            status = HTTPStatus.CONFLICT
        except Refused as refused:
            form.add_error("date_of_birth", str(refused.message))
        else:
            messages.success(request, _("The details are saved."))
            return HttpResponseRedirect(page_of(client_id))
    context = {"form": form, "client": client, "client_url": page_of(client_id)}
    return render(request, "clients/edit.html", context, status=status)
