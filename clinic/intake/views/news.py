"""Writing down that something new was told, by whoever hears it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.actor import WRITING_ROLES
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.forms.news import NewsForm
from clinic.intake.packs import newest, pack_of


@staff(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: StaffRequest, client_id: int) -> HttpResponse:
    """What was told, and which answers does it touch?"""
    now = timezone.now()
    client = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    form = NewsForm(request.POST if request.method == "POST" else None, pack=pack_of(newest()))
    if form.is_bound and form.is_valid():
        actions.record_news(
            actor=request.actor,
            client=client,
            kind=form.cleaned_data["kind"],
            words=form.cleaned_data["words"],
            told_by=form.cleaned_data["told_by"],
            questions=form.questions(),
            at=now,
        )
        messages.warning(
            request,
            _("Written down. Until those questions are answered afresh, nothing can be booked."),
        )
        return HttpResponseRedirect(reverse("journey:client", args=[client.pk]))
    context = {"client": client, "form": form}
    return render(request, "intake/news.html", context)
