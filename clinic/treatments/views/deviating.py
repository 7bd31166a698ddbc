"""What was done otherwise than cleared: voiding a record, and the clinical lead's list."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record, seen_in_list
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.treatments import actions, queries
from clinic.treatments.deviations import Kind
from clinic.treatments.forms.deviating import SeenForm, VoidForm
from clinic.treatments.wording import DEVIATIONS, VOID_MEANING

WAYS = ["GET", "HEAD", "POST"]
READERS = (Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR)
ON_A_PAGE = 25


@staff(*CLINICAL_ROLES)
@require_http_methods(WAYS)
def void(request: StaffRequest, record_id: int) -> HttpResponse:
    """The record is of another client: say so, in its place; it stays to be read."""
    record = or_404(queries.record, request.actor, record_id)
    now = timezone.now()
    open_record(actor=request.actor, client_id=record.client_id, at=now, verb="treatment.read")
    form = VoidForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            actions.void(
                actor=request.actor,
                user=request.user,
                record=record,
                at=now,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The record is voided. The clinical lead sees it."))
            return redirect("treatments:record", record.treatment_id)
    context = {
        "form": form,
        "record": record,
        "client": record.client,
        "meaning": VOID_MEANING % {"name": record.client.full_name},
    }
    return render(request, "treatments/void.html", context, status=status)


@staff(*READERS)
@require_http_methods(["GET", "HEAD"])
def deviations(request: StaffRequest) -> HttpResponse:
    """What was done otherwise than cleared, and what of it has the lead not seen yet?"""
    waiting = request.GET.get("all") != "1"
    found = queries.deviations(request.actor)
    found = found.filter(seen=None) if waiting else found
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    seen_in_list(
        actor=request.actor,
        clients=list({one.record.client_id: one.record.client for one in page}.values()),
        at=timezone.now(),
        verb="treatment.deviations",
    )
    context = {
        "rows": [{"row": one, "title": DEVIATIONS[Kind(one.kind)]} for one in page],
        "page": page,
        "waiting": waiting,
        "may_acknowledge": request.actor.has(Role.CLINICAL_LEAD),
    }
    return render(request, "treatments/deviations.html", context)


@staff(Role.CLINICAL_LEAD)
@require_http_methods(WAYS)
def acknowledge(request: StaffRequest, deviation_id: int) -> HttpResponse:
    """The clinical lead has seen it, with a note."""
    deviation = or_404(queries.deviation, request.actor, deviation_id)
    record, now = deviation.record, timezone.now()
    open_record(actor=request.actor, client_id=record.client_id, at=now, verb="treatment.read")
    form = SeenForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            actions.acknowledge(
                actor=request.actor,
                user=request.user,
                deviation=deviation,
                note=form.cleaned_data["note"],
                at=now,
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("It is on record that you have seen this."))
            return redirect("treatments:deviations")
    context = {
        "form": form,
        "deviation": deviation,
        "title": DEVIATIONS[Kind(deviation.kind)],
        "record": record,
        "client": record.client,
    }
    return render(request, "treatments/acknowledge.html", context, status=status)
