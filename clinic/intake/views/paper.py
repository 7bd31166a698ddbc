"""Saying that the answers are typed from a paper form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.errors import NotOpen
from clinic.intake.forms import PaperForm
from clinic.intake.views.questions import after_handing_in, where_to_go_on
from clinic.intake.views.walk import DESK, staff_walk


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: StaffRequest, intake_id: int) -> HttpResponse:
    """Is somebody answering now, or is a paper form typed in that is kept?"""
    now = timezone.now()
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=now)
    if not draft.is_open:
        return after_handing_in(draft)
    form = PaperForm(request.POST if request.method == "POST" else None)
    walk = staff_walk(draft)
    if form.is_bound and form.is_valid():
        try:
            actions.from_paper(
                actor=request.actor,
                intake=draft,
                paper=form.cleaned_data["source"] == "paper",
                at=now,
            )
        except NotOpen:
            return after_handing_in(draft)
        return HttpResponseRedirect(where_to_go_on(draft, walk))
    context = {
        "draft": draft,
        "client": draft.client,
        "form": form,
        "back_url": where_to_go_on(draft, walk),
    }
    return render(request, "intake/paper.html", context)
