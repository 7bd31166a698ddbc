"""The sheet beside the record: look, print, send."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftercare import actions, queries
from aftercare.actions import ISSUERS
from aftercare.models import IssuedSheet
from aftercare.showing import sheet_shown
from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.clients.links import LASTS
from clinic.clients.models import ClientLink
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.core.fingerprints import bytes_as_kept
from clinic.core.shortcuts import or_404
from clinic.core.stamp import stamped
from clinic.intake.qr import qr_svg
from clinic.treatments import queries as treatments
from clinic.treatments.showing import record_shown

READERS = (*ISSUERS, Role.AUDITOR)


@staff(*ISSUERS)
@require_POST
def issue(request: StaffRequest, record_id: int) -> HttpResponse:
    """Make the sheet of a record; asked again, show the one that was made."""
    record = or_404(treatments.record, request.actor, record_id)
    try:
        actions.issue(actor=request.actor, record=record, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("treatments:record", record.treatment_id)
    return redirect("aftercare:sheet", record.pk)


@staff(*READERS)
@require_safe
def sheet(request: StaffRequest, record_id: int) -> HttpResponse:
    """Is this what they should take home? The sheet beside the record it was made from."""
    record = or_404(treatments.record, request.actor, record_id)
    issued = queries.issued_for(record.pk)
    if issued is None:
        return redirect("treatments:record", record.treatment_id)
    now = timezone.now()
    open_record(actor=request.actor, client_id=record.client_id, at=now, verb="sheet.read")
    shown = {
        "client": record.client,
        "record": record,
        "shown": record_shown(record),
        "issued": issued,
        "may_send": request.actor.has(*ISSUERS),
        "superseded": treatments.is_superseded(record),
    }
    return render(request, "aftercare/page.html", shown | sheet_shown(queries.contents(issued)))


@staff(*READERS)
@require_safe
def pdf(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """What went home; where its record was corrected since, a copy that says so."""
    issued = or_404(actions.open_sheet, actor=request.actor, sheet_id=sheet_id, at=timezone.now())
    return pdf_response(request, issued, mark=mark_of(issued))


@staff(*READERS)
@require_safe
def original(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """The stored bytes: what went home, whatever was corrected since."""
    issued = or_404(actions.open_sheet, actor=request.actor, sheet_id=sheet_id, at=timezone.now())
    return pdf_response(request, issued)


@staff(*ISSUERS)
@require_POST
def send_link(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """A private link for the client's phone, to scan or to send."""
    issued = or_404(queries.issued, request.actor, sheet_id)
    now = timezone.now()
    token = actions.send_link(actor=request.actor, sheet=issued, at=now)
    address = settings.PUBLIC_URL.rstrip("/") + reverse("aftercare:client_sheet", args=[token])
    shown = {
        "client": issued.client,
        "issued": issued,
        "address": address,
        "qr": qr_svg(address),
        "until": now + LASTS[ClientLink.Purpose.AFTERCARE],
    }
    return render(request, "aftercare/link.html", shown)


def mark_of(issued: IssuedSheet) -> str:
    """What a sheet says about itself once its record was corrected; empty while it holds."""
    corrected = treatments.correction_of(issued.record_id)
    if corrected is None:
        return ""
    day = date_format(timezone.localtime(corrected.signed_at), "j F Y, H:i")
    return _("The record was corrected %(day)s. Go by the newest sheet; ask us for it.") % {
        "day": day
    }


def pdf_response(request: HttpRequest, issued: IssuedSheet, *, mark: str = "") -> HttpResponse:
    """The stored bytes, or a copy with `mark` on every page; the hash of what is sent is the ETag.

    Raises NotAsKept where they are other bytes.
    """
    paper = bytes_as_kept(issued.pdf, kept=issued.sha256, what=f"aftercare sheet {issued.pk}")
    if mark:
        paper = stamped(paper, word=_("REPLACED"), sentence=mark)
    etag = f'"{hashlib.sha256(paper).hexdigest()}"'
    headers = {
        "Content-Disposition": f'inline; filename="aftercare-{issued.pk}.pdf"',
        "Cache-Control": "private, no-store",
        "ETag": etag,
    }
    response = HttpResponse(paper, content_type="application/pdf", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
