"""The page on the tablet: may I start, what am I doing, and what did I do?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.booking.models import Appointment
from clinic.clients.actions import open_record
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.treatments import actions, queries
from clinic.treatments.forms import RecordForm
from clinic.treatments.recording import NotExplained, NotSignable
from clinic.treatments.views import context
from clinic.treatments.views.saving import kept_record

CONFLICT = 409


@staff(*CLINICAL_ROLES)
@require_safe
def treat(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """What exactly am I doing? Limits first; then the start, or the record to fill in."""
    booked = or_404(queries.appointment, request.actor, appointment_id)
    open_record(
        actor=request.actor,
        client_id=booked.client_id,
        at=timezone.now(),
        verb="treatment.read",
    )
    treatment = queries.started(booked)
    if treatment is not None and treatment.ended_at and not treatment.owes_record:
        return redirect("treatments:record", treatment.pk)
    return _page(request, booked)


@staff(*CLINICAL_ROLES)
@require_POST
def start(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """Begin; somebody who comes second, or too early, is told why."""
    booked = or_404(queries.appointment, request.actor, appointment_id)
    try:
        actions.start(actor=request.actor, user=request.user, appointment=booked, at=timezone.now())
    except Refused as refused:
        again = queries.appointment(request.actor, appointment_id)
        return _page(request, again, refused=refused.message, status=CONFLICT)
    return redirect("treatments:treat", booked.pk)


@staff(*CLINICAL_ROLES)
@require_POST
def sign(request: StaffRequest, treatment_id: int) -> HttpResponse:
    """Sign the record, or stop the treatment early with what was done by then."""
    treatment = or_404(queries.treatment, request.actor, treatment_id)
    now = timezone.now()
    stopping = "stop" in request.POST
    form = context.record_form(request.POST, treatment, now, stopping=stopping)
    if form.is_valid() and _written(request, treatment, form, now):
        return redirect("treatments:record", treatment.pk)
    return _page(request, treatment.appointment, form=form)


@staff(*CLINICAL_ROLES)
@require_POST
def nothing_done(request: StaffRequest, treatment_id: int) -> HttpResponse:
    """It was stopped before anything had been done: no record follows."""
    treatment = or_404(queries.treatment, request.actor, treatment_id)
    now = timezone.now()
    try:
        actions.nothing_done(actor=request.actor, user=request.user, treatment=treatment, at=now)
    except Refused as refused:
        return _page(request, treatment.appointment, refused=refused.message, status=CONFLICT)
    messages.success(request, _("It is on record that nothing was done."))
    return redirect("treatments:record", treatment.pk)


def _written(request: StaffRequest, treatment: Any, form: RecordForm, now: Any) -> bool:
    who: dict[str, Any] = {"actor": request.actor, "user": request.user, "treatment": treatment}
    done = form.done
    try:
        if form.stopping:
            actions.stop(
                **who,
                cause=form.stop_cause,
                done=done,
                by_client=form.stopped_by_client,
                explained=form.explained,
                at=now,
            )
            messages.success(request, _("The treatment was stopped and is on record."))
        elif done is not None:
            actions.sign(**who, done=done, explained=form.explained, at=now)
            messages.success(request, _("The record is signed."))
    except NotSignable as refused:
        form.take(refused.found)
        return False
    except NotExplained as refused:
        form.ask_why(refused.differs)
        return False
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return False
    return True


def _page(
    request: StaffRequest,
    booked: Appointment,
    *,
    form: RecordForm | None = None,
    refused: object = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    shown = context.plan_shown(booked) | {"refused": refused, "client": booked.client}
    treatment = queries.started(booked)
    if treatment is None:
        shown |= context.before_start(request.actor, request.user, booked, now)
    else:
        treatment.appointment = booked
        form = form or context.record_form(None, treatment, now)
        shown |= context.while_running(request.actor, request.user, treatment, form)
        shown |= kept_record(form, treatment)
    return render(request, "treatments/treat.html", shown, status=status)
