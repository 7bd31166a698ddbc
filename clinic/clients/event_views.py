"""Reporting an adverse event, and closing it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.clients import actions, events, queries
from clinic.clients.forms import CloseEventForm, EntryForm, EventForm
from clinic.clients.models import AdverseEvent, Client
from clinic.clients.views import page_of
from clinic.core.actor import CLINICAL_ROLES, WRITING_ROLES
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404


@staff(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def report_event(request: StaffRequest, client_id: int) -> HttpResponse:
    """Something went wrong after a treatment: write it down, and hold what is booked."""
    now = timezone.now()
    client = or_404(actions.open_record, actor=request.actor, client_id=client_id, at=now)
    form = EventForm(request.POST or None, today=timezone.localdate())
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            events.report_event(actor=request.actor, client=client, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.warning(
                request, _("The adverse event is open. Nothing can be booked until it is closed.")
            )
            return HttpResponseRedirect(page_of(client_id))
    context = {"form": form, "client": client, "client_url": page_of(client_id)}
    return render(request, "clients/report_event.html", context, status=status)


@staff(*CLINICAL_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def close_event(request: StaffRequest, event_id: int) -> HttpResponse:
    """A clinician says how it ended, and that the client may be treated again."""
    now = timezone.now()
    event = or_404(queries.event_in_scope, request.actor, event_id)
    client = or_404(actions.open_record, actor=request.actor, client_id=event.client_id, at=now)
    form = CloseEventForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            events.close_event(actor=request.actor, event=event, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The adverse event is closed."))
            return HttpResponseRedirect(page_of(client.pk))
    context = _of_event(request, event, client) | {"form": form}
    return render(request, "clients/close_event.html", context, status=status)


@staff(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_entry(request: StaffRequest, event_id: int) -> HttpResponse:
    """Write down what was done, seen or told since; a clinician also a doctor's word."""
    now = timezone.now()
    event = or_404(queries.event_in_scope, request.actor, event_id)
    client = or_404(actions.open_record, actor=request.actor, client_id=event.client_id, at=now)
    form = EntryForm(request.POST or None, clinical=request.actor.is_clinical)
    if form.is_valid():
        try:
            events.add_entry(actor=request.actor, event=event, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("It is on record."))
            return HttpResponseRedirect(page_of(client.pk))
    context = _of_event(request, event, client) | {"form": form}
    return render(request, "clients/event_entry.html", context)


def _of_event(request: StaffRequest, event: AdverseEvent, client: Client) -> dict[str, Any]:
    return {
        "event": event,
        "entries": event.entries.order_by("pk"),
        "client": client,
        "client_url": page_of(client.pk),
    }
