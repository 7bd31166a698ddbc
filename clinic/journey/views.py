"""Today at the clinic, and one client's whole journey at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.shortcuts import or_404


@require_GET
@staff()
def today(request: StaffRequest) -> HttpResponse:
    """Who comes when, to whom, and is each one ready?"""
    return render(request, "journey/today.html", {"day": timezone.localdate()})


@require_GET
@staff()
def client(request: StaffRequest, client_id: int) -> HttpResponse:
    """Where is this client on the journey, and what is the one next thing?"""
    now = timezone.now()
    who = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    return render(request, "journey/client.html", {"client": who})
