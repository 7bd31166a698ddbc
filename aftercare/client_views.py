"""The sheet on the client's own phone: today's line first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftercare import actions, queries
from aftercare.models import IssuedSheet
from aftercare.showing import sheet_shown
from aftercare.today import today_on
from aftercare.views import mark_of, pdf_response
from clinic.clients.access import LinkRequest, client_link
from clinic.clients.models import ClientLink
from clinic.core.shortcuts import or_404


@client_link(ClientLink.Purpose.AFTERCARE)
@require_safe
def client_sheet(request: LinkRequest, token: str) -> HttpResponse:
    """What counts today, what to avoid until when, whom to call."""
    now = timezone.now()
    issued = or_404(
        actions.open_sheet, actor=request.actor, sheet_id=request.link.object_id, at=now
    )
    contents = queries.contents(issued)
    shown = {"token": token, "today": today_on(contents, now), "mark": mark_of(issued)}
    shown |= sheet_shown(contents)
    return render(request, "aftercare/client_sheet.html", shown)


@client_link(ClientLink.Purpose.AFTERCARE)
@require_safe
def client_pdf(request: LinkRequest, token: str) -> HttpResponse:
    """The paper that was handed over; where its record was corrected since, it says so."""
    issued = _opened(request)
    return pdf_response(request, issued, mark=mark_of(issued))


@client_link(ClientLink.Purpose.AFTERCARE)
@require_safe
def client_original(request: LinkRequest, token: str) -> HttpResponse:
    """The same paper that was handed over, unchanged."""
    return pdf_response(request, _opened(request))


def _opened(request: LinkRequest) -> IssuedSheet:
    return or_404(
        actions.open_sheet,
        actor=request.actor,
        sheet_id=request.link.object_id,
        at=timezone.now(),
    )
