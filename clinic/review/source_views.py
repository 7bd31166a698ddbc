"""Where the sources of the rules disagree."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.accounts.access import StaffRequest, staff
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake.packs import newest, pack_of
from clinic.review import queries
from clinic.review.evidence import disagreements as told


@require_GET
@staff()
def disagreements(request: StaffRequest, pack_id: int | None = None) -> HttpResponse:
    """Who says what, what do we do, and why? Of one version of the rules, or of those in force."""
    try:
        row = newest() if pack_id is None else or_404(queries.rule_pack, pack_id)
        pack = pack_of(row)
    except Refused as error:
        raise Http404 from error
    return render(
        request,
        "review/disagreements.html",
        {"pack": pack, "rows": told(pack, pack.conflicts)},
    )
