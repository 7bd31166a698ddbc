"""Trying a draft: on its own test cases, and on every past submission."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import seen_in_list
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.packs import actions, content, queries
from clinic.packs.errors import NOT_OPEN
from clinic.packs.models import Direction, Simulation
from clinic.packs.views.held import READERS, Held, held_draft
from clinic.packs.views.progress import parts_of
from clinic.packs.views.results import found_by, lines
from screening.trying import run_cases


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*READERS)
def simulation(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Who would be judged otherwise by this draft? POST begins to look."""
    held = held_draft(request, draft_id)
    draft, revision = parts_of(held)
    if request.method == "POST":
        if not held.leads:
            raise PermissionDenied
        return _begin(request, held)
    found = queries.simulation_of(revision)
    page = {"held": held, "simulation": found, "draft": draft} | _told(held, found)
    return render(request, "packs/simulation.html", page)


def _begin(request: StaffRequest, held: Held) -> HttpResponse:
    draft, _revision = parts_of(held)
    try:
        actions.start_simulation(actor=request.actor, draft=draft, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused.message))
    return redirect("packs:simulation", draft.pk)


@require_POST
@staff(Role.CLINICAL_LEAD)
def advance(request: StaffRequest, draft_id: int) -> HttpResponse:
    """One step further; htmx gets the bar alone, a browser without it the page. Where there is
    nothing to go on with, the draft's own page tells where it stands."""
    held = held_draft(request, draft_id)
    draft, revision = parts_of(held)
    found = queries.simulation_of(revision)
    if found is None or not held.state.is_open:
        return _leads_away(request, held)
    try:
        found = actions.advance(actor=request.actor, simulation=found, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused.message))
    if not getattr(request, "htmx", False):
        return redirect("packs:simulation", draft.pk)
    page = {"held": held, "simulation": found, "draft": draft} | _told(held, found)
    return render(request, "packs/_simulation.html", page)


def _leads_away(request: StaffRequest, held: Held) -> HttpResponse:
    messages.warning(
        request,
        _("This draft was changed meanwhile. It has to be tried on past answers again.")
        if held.state.is_open
        else str(NOT_OPEN),
    )
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(held.url)
    return redirect(held.url)


def _told(held: Held, found: Simulation | None) -> dict[str, Any]:
    return found_by(held, found if found and found.finished_at else None)


@require_safe
@staff(*READERS)
def results(request: StaffRequest, draft_id: int, direction: str) -> HttpResponse:
    """Whom does it concern at this site? A page at a time."""
    held = held_draft(request, draft_id)
    draft, revision = parts_of(held)
    found = queries.simulation_of(revision)
    if found is None or direction.upper() not in Direction.values:
        raise Http404
    after = request.GET.get("after", "")
    key = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rows = queries.differences(request.actor, found, direction.upper(), key)
    clients = [row.screening.client for row in rows]
    seen_in_list(actor=request.actor, clients=clients, at=timezone.now(), verb="packs.list")
    more = len(rows) == queries.PAGE
    page = {
        "held": held,
        "simulation": found,
        "direction": Direction(direction.upper()),
        "lines": lines(held, rows),
        "elsewhere": queries.elsewhere(request.actor, found, direction.upper()),
        "next_url": f"?after={rows[-1].pk}" if more else "",
        "back_url": reverse("packs:simulation", args=[draft.pk]),
    }
    return render(request, "packs/results.html", page)


@require_safe
@staff(*READERS)
def cases(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Do the pack's own test cases still come out as they should?"""
    held = held_draft(request, draft_id)
    _draft, revision = parts_of(held)
    found = run_cases(content.pack_of(revision))
    failing = [one for one in found if not one.passed]
    page = {
        "held": held,
        "failing": failing,
        "passing": [one for one in found if one.passed],
        "number": len(found),
        "misfits": content.misfits(content.pack_of(revision)),
    }
    return render(request, "packs/cases.html", page)
