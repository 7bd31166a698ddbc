"""The client's own way through the questions, by a private link."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from clinic.clients.access import LinkRequest, client_link
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.before_visit import Place
from clinic.intake.before_visit_shown import todos
from clinic.intake.models import Intake
from clinic.intake.outcome import outcome
from clinic.intake.packs import pack_of
from clinic.intake.progress import parts
from clinic.intake.queries import clearance_on, newest_screening_of, waiting
from clinic.intake.telling import NEVER_STOP, tell
from clinic.intake.views.questions import check_page, section_page, where_to_go_on
from clinic.intake.views.walk import PURPOSE, client_walk


@client_link(PURPOSE)
@require_safe
def start(request: LinkRequest, token: str) -> HttpResponse:
    """What is asked, how long it takes, and where to begin or go on."""
    draft = _draft(request)
    if not draft.is_open:
        return HttpResponseRedirect(reverse("intake:client_done", args=[token]))
    walk = client_walk(token)
    found = parts(pack_of(draft.pack), draft.answers, given_on=timezone.localdate())
    context = {
        "draft": draft,
        "begun": bool(draft.answers),
        "parts": [{"part": part, "url": walk.section(part.id)} for part in found],
        "go_url": where_to_go_on(draft, walk),
    }
    return render(request, "intake/client_start.html", context)


@client_link(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def section(request: LinkRequest, token: str, section: str) -> HttpResponse:
    """One section on the client's phone."""
    draft = _draft(request)
    if not draft.is_open:
        return HttpResponseRedirect(reverse("intake:client_done", args=[token]))
    return section_page(request, request.actor, draft, section, client_walk(token))


@client_link(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def check(request: LinkRequest, token: str) -> HttpResponse:
    """Every answer once more, and sending."""
    draft = _draft(request)
    if not draft.is_open:
        return HttpResponseRedirect(reverse("intake:client_done", args=[token]))
    return check_page(request, request.actor, draft, client_walk(token))


@client_link(PURPOSE)
@require_safe
def done(request: LinkRequest, token: str) -> HttpResponse:
    """Thanks, and what happens next."""
    draft = _draft(request)
    if draft.is_open:
        return HttpResponseRedirect(reverse("intake:client_start", args=[token]))
    made = newest_screening_of(draft)
    if made is None:
        return render(request, "intake/client_aside.html", status=HTTPStatus.GONE)
    context = {
        "draft": draft,
        "next": outcome(made, clearance_on(made), today=timezone.localdate()),
        "groups": tell(pack_of(made.pack), made.findings.all(), waiting(made)),
        "never_stop": NEVER_STOP,
        "todos": todos(made, Place.RESULT),
    }
    return render(request, "intake/client_done.html", context)


def _draft(request: LinkRequest) -> Intake:
    return or_404(
        actions.read_intake,
        actor=request.actor,
        intake_id=request.link.object_id,
        at=timezone.now(),
    )
