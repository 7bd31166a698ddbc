"""The staff of a site: who works here, as what."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts import actions, queries
from clinic.accounts.access import StaffRequest, staff
from clinic.accounts.forms import EditStaffForm, NewStaffForm
from clinic.accounts.touched import touched, warn_of_touched
from clinic.core.actor import Role
from clinic.core.edits import EditedMeanwhile
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404


@staff(Role.MANAGER, Role.CLINICAL_LEAD, Role.AUDITOR)
@require_safe
def staff_list(request: StaffRequest) -> HttpResponse:
    """Everybody who works at this site, with their roles."""
    context = {
        "people": queries.colleagues(request.actor),
        "may_change": request.actor.has(Role.MANAGER),
    }
    return render(request, "accounts/staff.html", context)


@staff(Role.MANAGER)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_new(request: StaffRequest) -> HttpResponse:
    """Let a person work at this site."""
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.add_person(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("%(name)s can work here now.") % {"name": user.name})
            return redirect("accounts:staff")
    return render(request, "accounts/staff_form.html", {"form": form})


@staff(Role.MANAGER)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_edit(request: StaffRequest, user_id: int) -> HttpResponse:
    """Change a person's details, and their roles at this site."""
    person = or_404(queries.colleague, request.actor, user_id)
    initial = actions.details(person.user, person.roles)
    status = HTTPStatus.OK
    form = EditStaffForm(request.POST or None, user=person.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            before = touched(request.actor, timezone.now())
            actions.change_person(
                actor=request.actor, at=timezone.now(), user_id=user_id, **form.cleaned_data
            )
        except EditedMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
            status = HTTPStatus.CONFLICT
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("The changes are saved."))
            warn_of_touched(request, before)
            return redirect("accounts:staff")
    context = {"form": form, "person_edited": person.user}
    return render(request, "accounts/staff_form.html", context, status=status)
