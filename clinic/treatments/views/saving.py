"""The record is kept as it is typed, until it is signed."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core import form_drafts
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.errors import Refused
from clinic.core.form_draft_views import answer
from clinic.core.form_drafts import HANDED_IN
from clinic.core.shortcuts import or_404
from clinic.treatments import queries
from clinic.treatments.forms import RecordForm
from clinic.treatments.keys import correction_key, record_key
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.people import check_may_sign

WAYS = ["GET", "HEAD", "POST"]
CONFLICT = 409


@staff(*CLINICAL_ROLES)
@require_http_methods(WAYS)
def draft(request: StaffRequest, treatment_id: int) -> HttpResponse:
    """Keep the record of a treatment that is not signed yet."""
    with transaction.atomic():
        treatment = or_404(queries.treatment_to_sign, request.actor, treatment_id)
        is_open = treatment.ended_at is None or treatment.owes_record
        return _answer(request, treatment, is_open=is_open, key=record_key(treatment))


@staff(*CLINICAL_ROLES)
@require_http_methods(WAYS)
def correction_draft(request: StaffRequest, record_id: int) -> HttpResponse:
    """Keep a correction that is not signed yet."""
    with transaction.atomic():
        record = or_404(queries.record, request.actor, record_id)
        treatment = or_404(queries.treatment_to_sign, request.actor, record.treatment_id)
        is_open = not record.voids and not queries.is_superseded(record)
        return _answer(request, treatment, is_open=is_open, key=correction_key(record))


def _answer(
    request: StaffRequest, treatment: Treatment, *, is_open: bool, key: str
) -> JsonResponse:
    try:
        check_may_sign(request.actor, request.user, treatment)
    except Refused as refused:
        return JsonResponse({"said": str(refused.message)}, status=CONFLICT)
    if not is_open:
        return JsonResponse({"said": str(HANDED_IN)}, status=CONFLICT)
    return answer(request, key=key, actor=request.actor, at=timezone.now())


def kept_record(form: RecordForm, treatment: Treatment) -> dict[str, Any]:
    """Show what was typed before, and where to keep what comes."""
    return _kept(form, record_key(treatment), reverse("treatments:draft", args=[treatment.pk]))


def kept_correction(form: RecordForm, record: TreatmentRecord) -> dict[str, Any]:
    """The same for a correction."""
    url = reverse("treatments:correction_draft", args=[record.pk])
    return _kept(form, correction_key(record), url)


def _kept(form: RecordForm, key: str, url: str) -> dict[str, Any]:
    kept = form_drafts.kept_of(key)
    form_drafts.restore(form, kept)
    saved_at = kept.saved_at if kept else None
    return {"autosave": {"url": url, "version": kept.version if kept else 0, "at": saved_at}}
