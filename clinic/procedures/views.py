"""The procedures of a site: what is offered, and by whom."""

from collections.abc import Iterable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.accounts.models import User
from clinic.accounts.touched import touched, warn_of_touched
from clinic.core.actor import Role
from clinic.core.edits import EditedMeanwhile
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.procedures import actions, queries, site_details
from clinic.procedures.areas import say_areas
from clinic.procedures.forms import ProcedureForm, SiteForm
from clinic.procedures.policy import floors

MAY_CHANGE = (Role.MANAGER, Role.CLINICAL_LEAD)


@staff()
@require_safe
def procedure_list(request: StaffRequest) -> HttpResponse:
    """What this site offers."""
    found = queries.in_scope(request.actor)
    context = {
        "rows": [(one, say_areas(one.areas), _names(one.performers.all())) for one in found],
        "may_change": request.actor.has(*MAY_CHANGE),
    }
    return render(request, "procedures/list.html", context)


def _names(people: Iterable[User]) -> str:
    return ", ".join(sorted(person.name for person in people))


@staff(*MAY_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, procedure_id: int) -> HttpResponse:
    """Change what is offered, for bookings from now on."""
    procedure = or_404(queries.one, request.actor, procedure_id)
    form = ProcedureForm(
        request.POST or None,
        initial=actions.details(procedure),
        least=floors(procedure.modality),
        clinicians=queries.possible_performers(request.actor),
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            before = touched(request.actor, timezone.now())
            actions.change(
                actor=request.actor,
                procedure_id=procedure_id,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except EditedMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
            status = HTTPStatus.CONFLICT
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The procedure is saved."))
            warn_of_touched(request, before)
            return redirect("procedures:list")
    context = {"form": form, "procedure": procedure}
    return render(request, "procedures/edit.html", context, status=status)


@staff(*MAY_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: StaffRequest) -> HttpResponse:
    """Change where this site is, its hours and its rooms."""
    site = queries.own_site(request.actor)
    form = SiteForm(
        request.POST or None,
        initial=site_details.details(site),
        rooms=queries.rooms_of(site.pk),
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            before = touched(request.actor, timezone.now())
            site_details.change_site(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except EditedMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
            status = HTTPStatus.CONFLICT
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The site is saved."))
            warn_of_touched(request, before)
            return redirect("procedures:list")
    return render(request, "procedures/site.html", {"form": form}, status=status)
