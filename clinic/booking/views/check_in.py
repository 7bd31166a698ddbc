"""The questions of the day, at the desk."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.booking import actions
from clinic.booking.actions.common import BOOKING_ROLES
from clinic.booking.forms import CheckInForm
from clinic.booking.models import Appointment
from clinic.booking.views.common import opened
from clinic.core.errors import Refused

AWAITED = (Appointment.Status.BOOKED, Appointment.Status.ARRIVED)


@staff(*BOOKING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """Who is it, and has anything changed since the answers were given?"""
    now = timezone.now()
    found = opened(request, appointment_id, at=now)
    born = date_format(found.client.date_of_birth, "j F Y")
    form = CheckInForm(request.POST or None, client=found.client, born=born)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.check_in(
                actor=request.actor,
                appointment=found,
                identity_confirmed=form.cleaned_data["identity_confirmed"],
                answers=form.answers(),
                words=form.cleaned_data["words"],
                at=now,
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            name = {"name": found.client.full_name}
            if made.nothing_new:
                messages.success(request, _("%(name)s is checked in.") % name)
            else:
                messages.warning(
                    request,
                    _("Something is new, so the appointment of %(name)s is on hold.") % name,
                )
            return HttpResponseRedirect(reverse("booking:appointment", args=[found.pk]))
    context = {
        "appointment": found,
        "form": form,
        "due": found.local_day == timezone.localdate(now) and found.status in AWAITED,
        "over": found.status not in AWAITED,
        "back_url": reverse("booking:appointment", args=[found.pk]),
    }
    return render(request, "booking/check_in.html", context, status=status)
