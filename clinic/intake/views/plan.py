"""What is planned: before the questions, while they are open, and after they were answered."""

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.changing import Proposal, proposals
from clinic.intake.errors import AlreadyOpen, PlanNotOffered
from clinic.intake.forms import ChangePlanForm, DraftPlanForm, PlanForm
from clinic.intake.models import Intake, Level, Screening
from clinic.intake.news_queries import names_touched
from clinic.intake.news_shown import news_shown, to_ask
from clinic.intake.news_topics import first_asked
from clinic.intake.packs import pack_of
from clinic.intake.queries import (
    news_not_answered,
    offered_procedures,
    open_intakes,
    procedure_at,
    screenings,
)
from clinic.intake.views.questions import after_handing_in, result_url, where_to_go_on
from clinic.intake.views.sending import link_page
from clinic.intake.views.walk import DESK, staff_walk

LONGEST_KEY = 19
PLANNED = ("depth_mm", "areas", "planned_date", "anaesthetic_planned")


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: StaffRequest, client_id: int) -> HttpResponse:
    """Plan a treatment and begin the questions."""
    now = timezone.now()
    client = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    offered = list(offered_procedures(request.actor))
    data = request.POST if request.method == "POST" else None
    chosen = _chosen(request, client.pk, timezone.localdate(now))
    initial = chosen.plan | {"procedure": chosen.procedure_id} if chosen else {}
    form = PlanForm(data, procedures=offered, today=timezone.localdate(now), initial=initial)
    if data is not None and form.is_valid():
        procedure, plan = form.chosen()
        try:
            made = actions.start(
                actor=request.actor, client=client, procedure=procedure, at=now, **plan
            )
            if request.POST.get("go") == "link":
                return link_page(request, made, at=now)
            return HttpResponseRedirect(reverse("intake:resume", args=[made.pk]))
        except AlreadyOpen as known:
            form.add_error("procedure", str(known.message))
        except PlanNotOffered as refused:
            form.add_error(refused.field, str(refused.message))
        except Refused as refused:
            form.add_error(None, str(refused.message))
    opened = list(open_intakes(request.actor, client.pk))
    context = {
        "client": client,
        "form": form,
        "opened": opened,
        "offered": offered,
        "chosen": chosen,
    }
    return render(request, "intake/start.html", context)


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_plan(request: StaffRequest, intake_id: int) -> HttpResponse:
    """Plan something else while the questions are open."""
    now = timezone.now()
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=now)
    if not draft.is_open:
        return after_handing_in(draft)
    form = DraftPlanForm(
        request.POST if request.method == "POST" else None,
        procedures=[draft.procedure],
        today=timezone.localdate(now),
        initial=_planned(draft) | {"test_patch_ok": draft.test_patch_ok},
    )
    walk = staff_walk(draft)
    if form.is_bound and form.is_valid():
        try:
            saved = actions.change_draft_plan(
                actor=request.actor, intake=draft, at=now, **form.cleaned_data
            )
            return HttpResponseRedirect(where_to_go_on(saved, walk))
        except PlanNotOffered as refused:
            form.add_error(refused.field, str(refused.message))
        except Refused as refused:
            form.add_error(None, str(refused.message))
    context = {
        "client": draft.client,
        "procedure": draft.procedure,
        "form": form,
        "back_url": walk.check,
        "why": None,
    }
    return render(request, "intake/plan.html", context)


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: StaffRequest, screening_id: int) -> HttpResponse:
    """Plan something else with the same answers; they are screened again."""
    now = timezone.now()
    screened = or_404(
        actions.read_screening, actor=request.actor, screening_id=screening_id, at=now
    )
    changes = proposals(request.actor, screened, today=timezone.localdate(now))
    chosen = changes.numbered(request.GET.get("change"))
    form = ChangePlanForm(
        request.POST if request.method == "POST" else None,
        procedures=[screened.procedure],
        today=timezone.localdate(now),
        initial=_planned(screened) | (chosen.plan if chosen else {}),
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.change_plan(
                actor=request.actor,
                screening=screened,
                at=now,
                today=timezone.localdate(now),
                **form.cleaned_data,
            )
            return HttpResponseRedirect(_leads_back(request, made))
        except PlanNotOffered as refused:
            form.add_error(refused.field, str(refused.message))
        except Refused as refused:
            form.add_error(None, str(refused.message))
    context = {
        "client": screened.client,
        "procedure": screened.procedure,
        "form": form,
        "back_url": _leads_back(request, screened),
        "screened": screened,
        "screening": screened,
        "changes": changes,
        "chosen": chosen,
        "may_change_plan": True,
    }
    return render(request, "intake/plan.html", context)


def _leads_back(request: StaffRequest, screened: Screening) -> str:
    """To the case, where somebody reviewing it changes the plan; otherwise to what is next."""
    if request.GET.get("from") == "review" and screened.level >= Level.REVIEW:
        return reverse("review:case", args=[screened.pk])
    return result_url(screened.pk)


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: StaffRequest, client_id: int, procedure_id: int) -> HttpResponse:
    """Open the last answers again, to change them; a GET only says what that means."""
    now = timezone.now()
    client = or_404(open_record, actor=request.actor, client_id=client_id, at=now)
    procedure = or_404(procedure_at, request.actor, procedure_id)
    if request.method != "POST":
        told = news_not_answered(client.pk, procedure.pk)
        context = {
            "client": client,
            "procedure": procedure,
            "news": news_shown(told),
            "ask": to_ask(told),
        }
        return render(request, "intake/amend.html", context)
    try:
        made = actions.amend(actor=request.actor, client=client, procedure=procedure, at=now)
    except AlreadyOpen as known:
        made = known.intake
    except Refused as refused:
        context = {"client": client, "refused": refused.message}
        return render(request, "intake/refused.html", context, status=409)
    return HttpResponseRedirect(_first_page(made))


def _first_page(draft: Intake) -> str:
    """Where going through the answers again begins: with what news has touched."""
    pack, walk = pack_of(draft.pack), staff_walk(draft)
    told = news_not_answered(draft.client_id, draft.procedure_id)
    asked = first_asked(pack, names_touched(pack, told)) if told else ()
    waits = next((name for name in asked if name not in draft.answers), None)
    if waits is None:
        return where_to_go_on(draft, walk)
    return f"{walk.section(pack.question_by_id[waits].section)}#div_id_{waits}"


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: StaffRequest, intake_id: int) -> HttpResponse:
    """Set open questions aside, after asking once."""
    now = timezone.now()
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=now)
    if not draft.is_open:
        return after_handing_in(draft)
    if request.method == "POST":
        try:
            actions.abandon(actor=request.actor, intake=draft, at=now)
        except Refused:
            return after_handing_in(draft)
        return HttpResponseRedirect(staff_walk(draft).out)
    context = {"client": draft.client, "draft": draft, "back_url": staff_walk(draft).check}
    return render(request, "intake/abandon.html", context)


def _chosen(request: StaffRequest, client_id: int, today: date) -> Proposal | None:
    """The change of plan that a new questionnaire is to begin with: of which screening, and its
    number there. No part of the plan, and no answer, stands in the address."""
    like = request.GET.get("like", "")
    if not (like.isascii() and like.isdecimal() and len(like) < LONGEST_KEY):
        return None
    found = screenings(request.actor).filter(pk=like, client_id=client_id).first()
    if found is None:
        return None
    return proposals(request.actor, found, today=today).numbered(request.GET.get("change"))


def _planned(row: Intake | Screening) -> dict[str, object]:
    return {name: getattr(row, name) for name in PLANNED}
