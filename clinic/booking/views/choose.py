"""Choosing a time: for a new session, to move one, or to book one again after a hold."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.booking import actions, queries, wording
from clinic.booking.actions.common import BOOKING_ROLES
from clinic.booking.fact_values import plan_value
from clinic.booking.facts import booking_facts
from clinic.booking.forms import Chosen, SlotForm
from clinic.booking.models import Appointment
from clinic.booking.next_step import About, step_for
from clinic.booking.offers import Offers, offers
from clinic.booking.thinking import thinking
from clinic.booking.values import BookingFacts
from clinic.booking.views.common import (
    day_given,
    mark_of,
    must_be_as_opened,
    number_given,
    opened,
)
from clinic.clients.actions import open_record
from clinic.clients.models import Client
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake.before_visit import Place, Todo
from clinic.intake.before_visit_shown import todos
from clinic.intake.models import Clearance
from clinic.intake.queries import live_screening, with_answers
from clinic.procedures.areas import say_areas
from clinic.procedures.models import Procedure

Take = Callable[[Clearance, dict[str, Any]], Appointment]


@staff(*BOOKING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: StaffRequest, client_id: int, procedure_id: int) -> HttpResponse:
    """When, with whom, and if not: why not?"""
    now = timezone.now()
    procedure = or_404(queries.procedure, request.actor, procedure_id)
    client = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    facts = booking_facts(client=client, procedure=procedure, on=timezone.localdate(now))

    def take(held: Clearance, where: dict[str, Any]) -> Appointment:
        return actions.book(
            actor=request.actor,
            clearance=held,
            depth_mm=held.depth_mm,
            areas=held.areas,
            anaesthetic_planned=held.anaesthetic_planned,
            at=now,
            **where,
        )

    return _choose(request, client, procedure, facts, take)


@staff(*BOOKING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """Another time for an appointment; after a hold, on the clearance now in force."""
    now = timezone.now()
    was = opened(request, appointment_id, at=now)
    facts = booking_facts(
        client=was.client,
        procedure=was.procedure,
        on=timezone.localdate(now),
        plan=plan_value(was),
        apart_from=was.pk,
        as_cleared=was.status == Appointment.Status.ON_HOLD,
    )

    def take(held: Clearance, where: dict[str, Any]) -> Appointment:
        must_be_as_opened(request, was, at=now)
        if was.status == Appointment.Status.ON_HOLD:
            return actions.rebook(
                actor=request.actor, appointment=was, clearance=held, at=now, **where
            )
        return actions.move(actor=request.actor, appointment=was, at=now, **where)

    procedure = or_404(queries.procedure, request.actor, was.procedure_id)
    return _choose(request, was.client, procedure, facts, take, was=was)


def _choose(
    request: StaffRequest,
    client: Client,
    procedure: Procedure,
    facts: BookingFacts,
    take: Take,
    *,
    was: Appointment | None = None,
) -> HttpResponse:
    form = SlotForm(request.POST or None)
    if request.method != "POST":
        return _page(request, client, procedure, facts, was=was)
    if not form.is_valid():
        words = str(form.errors["slot"][0])
        return _page(request, client, procedure, facts, was=was, told=words, status=400)
    try:
        held, where = _where(request, facts, procedure, form.cleaned_data["slot"])
        made = take(held, where)
    except Refused as refused:
        told, status = str(refused.message), HTTPStatus.CONFLICT
        return _page(request, client, procedure, facts, was=was, told=told, status=status)
    messages.success(request, _("%(name)s is booked.") % {"name": client.full_name})
    return HttpResponseRedirect(reverse("booking:appointment", args=[made.pk]))


def _where(
    request: StaffRequest, facts: BookingFacts, procedure: Procedure, chosen: Chosen
) -> tuple[Clearance, dict[str, Any]]:
    people = {one.pk: one for one in queries.performers(procedure)}
    rooms = {one.pk: one for one in queries.rooms(request.actor)}
    if chosen.practitioner_id not in people or chosen.room_id not in rooms:
        raise Refused(_("Please choose one of the times."))
    if facts.clearance is None:
        raise Refused(_("There is no clearance, so nothing can be booked."))
    return or_404(queries.clearance, request.actor, facts.clearance.id), {
        "practitioner": people[chosen.practitioner_id],
        "room": rooms[chosen.room_id],
        "starts_at": chosen.starts_at,
    }


def _page(
    request: StaffRequest,
    client: Client,
    procedure: Procedure,
    facts: BookingFacts,
    *,
    was: Appointment | None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    practitioner = number_given(request, "with")
    think = thinking(facts, client=client, procedure=procedure, at=now)
    found = offers(
        actor=request.actor,
        facts=facts,
        procedure=procedure,
        now=now,
        after=think,
        wanted=day_given(request, "from") or _wished(client, procedure, was),
        practitioner_id=practitioner,
        moving=was.pk if was else None,
    )
    about = About(client_id=client.pk, procedure_id=procedure.pk, facts=facts)
    context = {
        # Said beside the times, because a session before its end cannot take place.
        "must_think": think.until > now,
        "thinking": think,
        "client": client,
        "procedure": procedure,
        "was": was,
        "mark": mark_of(was) if was else "",
        "told": told,
        "offers": found,
        "chosen": practitioner,
        "plan": facts.plan,
        "areas": say_areas(facts.plan.areas) if facts.plan else "",
        "clearance": facts.clearance,
        "todos": _before_the_visit(facts, found),
        "back_url": _back(client, was),
        **_why_not(found, client, about),
    }
    return render(request, "booking/choose.html", context, status=status)


def _wished(client: Client, procedure: Procedure, was: Appointment | None) -> date | None:
    """The day that the client wished for; earlier ones are a button away."""
    screening = live_screening(client.pk, procedure.pk)
    return screening.planned_date if screening and was is None else None


def _before_the_visit(facts: BookingFacts, free: Offers) -> list[Todo]:
    """What the client does before the first day that is offered, to be told while choosing."""
    if facts.screening is None or not free.days:
        return []
    screening, first = with_answers(facts.screening.id), free.days[0].day
    areas = facts.plan.areas if facts.plan else None
    return todos(screening, Place.BOOKING, areas=areas, visit=first)


def _why_not(found: Offers, client: Client, about: About) -> dict[str, Any]:
    if found.answer.allows:
        return {}
    return {
        "headline": wording.headline(found.answer, name=client.full_name),
        "reasons": wording.reasons(found.answer, now=timezone.localtime()),
        "todo": wording.todo(found.answer),
        "step": step_for(found.answer, about),
    }


def _back(client: Client, was: Appointment | None) -> str:
    if was is not None:
        return reverse("booking:appointment", args=[was.pk])
    return reverse("journey:client", args=[client.pk])
