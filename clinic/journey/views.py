"""Where a client is on the journey."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.clients import actions, queries
from clinic.core.actor import WRITING_ROLES
from clinic.core.shortcuts import or_404


@staff()
@require_safe
def client(request: StaffRequest, client_id: int) -> HttpResponse:
    """One client: who they are, how to reach them, and what holds them up."""
    shown = or_404(actions.open_record, actor=request.actor, client_id=client_id, at=timezone.now())
    context = {
        "client": shown,
        "events": queries.open_events(shown),
        "may_write": request.actor.has(*WRITING_ROLES),
        "may_close": request.actor.is_clinical,
    }
    return render(request, "journey/client.html", context)
