"""One appointment: where it stands, what is missing, and what can be done with it."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.booking import actions, queries, transitions, wording
from clinic.booking.actions.common import BOOKING_ROLES
from clinic.booking.facts import day_facts
from clinic.booking.forms import CancelForm
from clinic.booking.gate import Answer, bookable, outstanding
from clinic.booking.models import Appointment
from clinic.booking.next_step import About, Step, step_for
from clinic.booking.no_longer_offered import flagged_reasons
from clinic.booking.states import state_of
from clinic.booking.values import DayFacts
from clinic.booking.views.before import before_the_visit
from clinic.booking.views.common import mark_of, may_book, must_be_as_opened, opened
from clinic.core.actor import WRITING_ROLES
from clinic.core.errors import Refused
from clinic.intake.news_shown import news_shown
from clinic.procedures.areas import say_areas
from clinic.review.told import open_news

Status = Appointment.Status
AHEAD = (Status.BOOKED, Status.ARRIVED, Status.ON_HOLD)


@staff()
@require_safe
def appointment(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """Is this appointment ready, and if not: what is missing?"""
    now = timezone.now()
    found = opened(request, appointment_id, at=now)
    facts = day_facts(appointment=found, at=now)
    in_the_way = outstanding(facts, starts_at=found.starts_at)
    screening = facts.booking.screening
    context = {
        "appointment": found,
        "state": state_of(found.status, in_the_way),
        "history": queries.history(found),
        "areas": say_areas(found.areas),
        "changed": flagged_reasons(found, today=timezone.localdate(now)),
        "news": news_shown(open_news(screening.id if screening and facts.booking.news else None)),
        "may_tell": request.actor.has(*WRITING_ROLES),
        "todos": before_the_visit(found, screening.id if screening else None),
        **_next(request, found, facts, in_the_way),
        **_possible(request, found, now),
    }
    return render(request, "booking/appointment.html", context)


def _next(
    request: StaffRequest, found: Appointment, facts: DayFacts, in_the_way: list[Answer]
) -> dict[str, Any]:
    if found.status not in AHEAD:
        return {}
    held_again = found.status == Status.ON_HOLD and bookable(facts.booking).allows
    shown = [] if held_again else in_the_way
    now = timezone.localtime(facts.at)
    name = found.client.full_name
    told = [
        {
            "headline": wording.headline(answer, name=name),
            "reasons": wording.reasons(answer, now=now),
            "todo": wording.todo(answer),
        }
        for answer in shown
    ]
    step = _step(found, facts, shown) if may_book(request) else None
    return {
        "held_again": held_again,
        "first": told[0] if told else None,
        "others": told[1:],
        "step": step,
        "ready": not in_the_way,
        "may_treat": request.actor.is_clinical,
    }


def _step(found: Appointment, facts: DayFacts, shown: list[Answer]) -> Step | None:
    if not shown:
        return None
    about = About(
        client_id=found.client_id,
        procedure_id=found.procedure_id,
        appointment_id=found.pk if facts.today == found.local_day else None,
        consent=facts.consent,
        facts=facts.booking,
    )
    return step_for(shown[0], about)


def _possible(request: StaffRequest, found: Appointment, now: datetime) -> dict[str, bool]:
    if not may_book(request):
        return {}
    today = timezone.localdate(now) == found.local_day
    return {
        "can_move": found.status in (Status.BOOKED, Status.ON_HOLD),
        "can_cancel": transitions.may(found, Status.CANCELLED),
        "can_no_show": transitions.may(found, Status.NO_SHOW) and now >= found.starts_at,
        "can_check_in": found.status in (Status.BOOKED, Status.ARRIVED) and today,
    }


@staff(*BOOKING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """Cancel an appointment, once asked why."""
    now = timezone.now()
    found = opened(request, appointment_id, at=now)
    form = CancelForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            must_be_as_opened(request, found, at=now)
            actions.cancel(
                actor=request.actor, appointment=found, cause=form.cleaned_data["cause"], at=now
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The appointment is cancelled."))
            return HttpResponseRedirect(reverse("booking:appointment", args=[found.pk]))
    context = {
        "appointment": found,
        "mark": mark_of(found),
        "form": form,
        "possible": transitions.may(found, Status.CANCELLED),
    }
    return render(request, "booking/cancel.html", context, status=status)


@staff(*BOOKING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def no_show(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """The client did not come: asked once."""
    now = timezone.now()
    found = opened(request, appointment_id, at=now)
    told, status = "", HTTPStatus.OK
    if request.method == "POST":
        try:
            must_be_as_opened(request, found, at=now)
            actions.no_show(actor=request.actor, appointment=found, at=now)
        except Refused as refused:
            told, status = str(refused.message), HTTPStatus.CONFLICT
        else:
            messages.success(request, _("It is written down that the client did not come."))
            return HttpResponseRedirect(reverse("booking:appointment", args=[found.pk]))
    begun = now >= found.starts_at
    context = {
        "appointment": found,
        "mark": mark_of(found),
        "told": told,
        "begun": begun,
        "possible": begun and transitions.may(found, Status.NO_SHOW),
    }
    return render(request, "booking/no_show.html", context, status=status)
