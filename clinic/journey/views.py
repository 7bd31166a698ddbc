"""Today at the clinic, and one client's whole journey at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic.accounts.access import StaffRequest, staff
from clinic.booking import wording
from clinic.clients.actions import open_record, seen_in_list
from clinic.core.actor import CLINICAL_ROLES, WRITING_ROLES, Role
from clinic.core.shortcuts import or_404
from clinic.intake.news_shown import news_shown
from clinic.intake.queries import counts_elsewhere
from clinic.journey.board import board, calls, open_events
from clinic.journey.changing import what_stands_in_the_way
from clinic.journey.history import history
from clinic.journey.loading import whereabouts
from clinic.journey.next_thing import next_thing
from clinic.journey.steps import steps
from clinic.review.queries import questions_waiting
from clinic.review.told import open_news

DESK = CLINICAL_ROLES | {Role.FRONT_DESK}


@require_GET
@staff()
def today(request: StaffRequest) -> HttpResponse:
    """Who comes when, to whom, and is each one ready? And whom must I call back?"""
    now, day = timezone.localtime(), timezone.localdate()
    rows = board(request.actor, day=day, at=now)
    to_call = calls(request.actor, day=day, at=now)
    events = open_events(request.actor)
    questions = questions_waiting(request.actor)
    listed = [row.appointment for row in rows] + [call.appointment for call in to_call]
    others = [one.client for one in events] + [one.screening.client for one in questions]
    shown = {one.pk: one for one in [*(a.client for a in listed), *others]}
    seen_in_list(actor=request.actor, clients=[*shown.values()], at=now, verb="today.list")
    page = {
        "day": day,
        "rows": rows,
        "calls": to_call,
        "events": events,
        "here_id": request.actor.at_site,
        "questions": questions,
        "first_not_ready": next((row for row in rows if not row.ready), None),
        "may_book": bool(request.actor.roles & DESK),
    }
    return render(request, "journey/today.html", page)


@require_GET
@staff()
def client(request: StaffRequest, client_id: int) -> HttpResponse:
    """Where is this client on the journey, and what is the one next thing?"""
    now = timezone.localtime()
    who = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    where = whereabouts(who, site_id=request.actor.at_site, at=now, today=timezone.localdate())
    thing = next_thing(where)
    why = wording.reasons(thing.answer, now=now) if thing.answer else []
    screening, changes = what_stands_in_the_way(request.actor, thing, today=timezone.localdate())
    page = {
        "client": who,
        "where": where,
        "steps": steps(where),
        "next": thing,
        "next_url": reverse(thing.url, args=thing.args) if thing.url else "",
        "may_do": bool(request.actor.roles & thing.roles),
        "why": [line for line in why if line.rstrip(".") != str(thing.do)],
        "history": history(who),
        "news": news_shown(open_news(where.questions.screening_id if where.news else None)),
        "may_tell": request.actor.has(*WRITING_ROLES),
        "elsewhere": counts_elsewhere(request.actor, who),
        "here_id": request.actor.at_site,
        "may_write": bool(request.actor.roles & DESK),
        "may_change_plan": bool(request.actor.roles & DESK),
        "screening": screening,
        "changes": changes,
        "is_clinical": request.actor.is_clinical,
    }
    return render(request, "journey/client.html", page)
