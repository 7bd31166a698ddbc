"""The signed record, and its correction by a new one."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.treatments import actions, queries, wording
from clinic.treatments.forms import RecordForm
from clinic.treatments.forms.values import initial_from
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.recording import NotExplained, NotSignable
from clinic.treatments.showing import record_shown
from clinic.treatments.views import context
from clinic.treatments.views.saving import kept_correction

READERS = (*CLINICAL_ROLES, Role.FRONT_DESK, Role.AUDITOR)


@staff(*READERS)
@require_safe
def record(request: StaffRequest, treatment_id: int) -> HttpResponse:
    """What was done: the record that holds, and the earlier ones it replaced."""
    treatment = or_404(queries.treatment, request.actor, treatment_id)
    now = timezone.now()
    open_record(actor=request.actor, client_id=treatment.client_id, at=now, verb="treatment.read")
    records = [record_shown(one) for one in queries.records(treatment)]
    shown = {
        "treatment": treatment,
        "client": treatment.client,
        "record": records[0] if records else None,
        "earlier": records[1:],
        "may_correct": request.actor.is_clinical,
        "may_issue": request.actor.is_clinical or request.actor.has(Role.FRONT_DESK),
    }
    return render(request, "treatments/record.html", shown)


@staff(*CLINICAL_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, record_id: int) -> HttpResponse:
    """A new record in place of a wrong one, which stays to be read."""
    wrong = or_404(queries.record, request.actor, record_id)
    treatment = wrong.treatment
    now = timezone.now()
    open_record(actor=request.actor, client_id=wrong.client_id, at=now, verb="treatment.read")
    initial = initial_from(wrong, ZoneInfo(treatment.time_zone))
    form = context.record_form(
        request.POST or None, treatment, now, correcting=True, initial=initial
    )
    if form.is_valid() and _written(request, wrong, form, now):
        return redirect("treatments:record", treatment.pk)
    shown = context.plan_shown(treatment.appointment) | kept_correction(form, wrong)
    shown |= {
        "client": wrong.client,
        "treatment": treatment,
        "record": wrong,
        "form": form,
        "meaning": wording.CORRECTION_MEANING,
        "may_void": not wrong.voids and not queries.is_superseded(wrong),
    }
    return render(request, "treatments/correct.html", shown)


def _written(request: StaffRequest, wrong: TreatmentRecord, form: RecordForm, now: Any) -> bool:
    done = form.done
    try:
        if done is not None:
            actions.correct(
                actor=request.actor,
                user=request.user,
                record=wrong,
                done=done,
                reason=form.cleaned_data["correction_reason"],
                explained=form.explained,
                at=now,
            )
    except NotSignable as refused:
        form.take(refused.found)
        return False
    except NotExplained as refused:
        form.ask_why(refused.differs)
        return False
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return False
    messages.success(request, _("The corrected record is signed. Make a new aftercare sheet."))
    return True
