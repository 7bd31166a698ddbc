"""Handing the questions to the client's own phone."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clinic.accounts.access import StaffRequest, staff
from clinic.clients import links
from clinic.clients.models import ClientLink
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.models import Intake
from clinic.intake.qr import qr_svg
from clinic.intake.views.walk import DESK, PURPOSE, staff_walk


@staff(*DESK)
@require_POST
def send_link(request: StaffRequest, intake_id: int) -> HttpResponse:
    """Make a private link to the open questions; shown this once, with a code to scan."""
    now = timezone.now()
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=now)
    return link_page(request, draft, at=now)


def link_page(request: StaffRequest, draft: Intake, *, at: datetime) -> HttpResponse:
    """The new link as an address and as a code. An older link to the same questions ends."""
    if not draft.is_open:
        return _refused(request, draft, None)
    try:
        token = links.issue(
            actor=request.actor, client=draft.client, purpose=PURPOSE, object_id=draft.pk, at=at
        )
    except Refused as refused:
        return _refused(request, draft, refused)
    address = settings.PUBLIC_URL.rstrip("/") + reverse("clients:link", args=[token])
    context = {
        "draft": draft,
        "client": draft.client,
        "address": address,
        "qr": qr_svg(address),
        "until": at + links.LASTS[ClientLink.Purpose(PURPOSE)],
        "resume_url": reverse("intake:resume", args=[draft.pk]),
        "out_url": staff_walk(draft).out,
    }
    return render(request, "intake/link.html", context)


def _refused(request: StaffRequest, draft: Intake, why: Refused | None) -> HttpResponse:
    context = {"client": draft.client, "refused": why.message if why else None}
    return render(request, "intake/refused.html", context, status=HTTPStatus.CONFLICT)
