"""One case as a file for another system."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.shortcuts import or_404
from clinic.review import queries
from clinic.review.exchange import as_bundle
from screening.exchange import ExchangeError
from screening.exchange.formats import FHIR, FHIR_JSON, as_bytes


@require_safe
@staff(*CLINICAL_ROLES)
def case_file(request: StaffRequest, screening_id: int, form: str) -> HttpResponse:
    """The answers and findings of one case as a FHIR Bundle. The reading is on record."""
    if form not in FHIR:
        raise Http404
    screening = or_404(queries.screening, request.actor, screening_id)
    open_record(
        actor=request.actor,
        client_id=screening.client_id,
        at=timezone.now(),
        verb="review.export",
    )
    try:
        bundle = as_bundle(screening, queries.latest_decision(screening), FHIR[form])
    except ExchangeError:
        messages.warning(request, _("An answer could not be read, so no file was made."))
        return redirect("review:case", screening_id)
    return HttpResponse(
        as_bytes(bundle),
        content_type=FHIR_JSON,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="case-{screening.pk}-{form}.json"',
        },
    )
