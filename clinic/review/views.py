"""The worklist, the case, and the second look."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record, seen_in_list
from clinic.clients.queries import events_in_the_way
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake.actions import amend
from clinic.intake.answer_changes import changed_answers, typed_from_paper
from clinic.intake.changing import proposals
from clinic.intake.errors import AlreadyOpen
from clinic.intake.law_shown import law_shown
from clinic.intake.models import News, Screening
from clinic.intake.news_shown import news_shown
from clinic.intake.packs import pack_of
from clinic.intake.queries import counts_elsewhere
from clinic.intake.views.sending import link_page
from clinic.procedures.areas import say_areas
from clinic.review import actions, queries, wording
from clinic.review.case import shown
from clinic.review.conditions import in_words
from clinic.review.forms import ConfirmationForm, DecisionForm, decision_form
from clinic.review.models import Decision
from clinic.review.told import news_in_view
from clinic.review.verdicts import signing_role

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

DESK = CLINICAL_ROLES | {Role.FRONT_DESK}


@require_GET
@staff()
def worklist(request: StaffRequest) -> HttpResponse:
    """What needs my judgement, the most urgent first?"""
    asked_only, today = "asked" in request.GET, timezone.localdate()
    rows, following = queries.worklist(request.actor, today, _key(request), asked_only=asked_only)
    seen = [row.screening.client for row in rows]
    seen_in_list(actor=request.actor, clients=seen, at=timezone.now(), verb="review.list")
    kept = "asked=1&" if asked_only else ""
    query = f"?{kept}after={following[0].isoformat()}_{following[1]}" if following else ""
    page = {
        "rows": rows,
        "next_url": query,
        "asked_only": asked_only,
        "asked_count": queries.asked_of_a_prescriber(request.actor, today).count(),
    }
    return render(request, "review/worklist.html", page)


@require_POST
@staff(*DESK)
def ask_client(request: StaffRequest, screening_id: int) -> HttpResponse:
    """Open the questions again, with those that a clinician needs an answer to unanswered, and
    send the client the link."""
    screening = or_404(queries.screening, request.actor, screening_id)
    now, latest = timezone.now(), queries.latest_decision(screening)
    asked = queries.questions_asked(latest) if latest and screening.live else frozenset[str]()
    if not asked:
        messages.warning(request, wording.CHANGED)
        return redirect("journey:client", screening.client_id)
    try:
        draft = amend(
            actor=request.actor,
            client=screening.client,
            procedure=screening.procedure,
            at=now,
            afresh=asked,
        )
    except AlreadyOpen as known:
        draft = known.intake
    return link_page(request, draft, at=now)


def _key(request: StaffRequest) -> tuple[date, int] | None:
    day, _, key = request.GET.get("after", "").partition("_")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@staff()
def case(request: StaffRequest, screening_id: int) -> HttpResponse:
    """What did they say, why does it matter, what may I decide? Clinicians sign, others look."""
    screening = or_404(queries.screening, request.actor, screening_id)
    now = timezone.now()
    latest = queries.latest_decision(screening)
    told = news_in_view(screening)
    form = _form(request, screening, latest, told)
    if request.method == "POST":
        if form is None:
            return _not_decided(request, screening)
        if form.is_valid() and (signed := _decide(request, form, screening)):
            return _after(request, signed)
    open_record(actor=request.actor, client_id=screening.client_id, at=now, verb="review.read")
    page = {
        "screening": screening,
        "case": shown(screening, form, latest),
        "form": form,
        "news": news_shown(told),
        "changed": changed_answers(screening.submission),
        "typed_from_paper": typed_from_paper(screening.submission),
        "events": events_in_the_way(screening.client),
        "elsewhere": counts_elsewhere(request.actor, screening.client),
        "latest": latest,
        "conditions": in_words(latest.conditions) if latest else [],
        "may_confirm": _may_confirm(request, latest),
        "law": law_shown(screening, pack_of(screening.pack)),
        "meaning": wording.MEANING,
        "areas": say_areas(screening.areas),
        "changes": proposals(request.actor, screening, today=timezone.localdate(now)),
        "may_change_plan": request.actor.has(*DESK),
        "may_save": request.actor.is_clinical,
    }
    return render(request, "review/case.html", page)


def _not_decided(request: StaffRequest, screening: Screening) -> HttpResponse:
    """Nobody's to sign; or a clinician's, whose case has ended while the page was open."""
    if signing_role(request.actor) is None:
        raise PermissionDenied
    messages.warning(request, wording.CHANGED)
    return redirect("journey:client", screening.client_id)


def _form(
    request: StaffRequest, screening: Screening, latest: Decision | None, told: list[News]
) -> DecisionForm | None:
    role = signing_role(request.actor)
    if role is None or not screening.live:
        return None
    return decision_form(
        request.POST or None,
        queries.case(screening),
        role,
        latest.pk if latest else None,
        [one.pk for one in told],
        plan=screening,
    )


def _decide(request: StaffRequest, form: DecisionForm, screening: Screening) -> Decision | None:
    try:
        return actions.decide(
            actor=request.actor,
            user=request.user,
            screening=screening,
            outcome=form.overall,
            reason=form.cleaned_data["reason"],
            said=form.said,
            defer_until=form.cleaned_data["defer_until"],
            expected_latest_id=form.cleaned_data["latest"],
            at=timezone.now(),
            today=timezone.localdate(),
            news=form.heard,
            conditions=form.conditions,
        )
    except actions.DecisionProblems as refused:
        form.take(refused.problems)
    except Refused as refused:
        form.add_error(None, str(refused.message))
    return None


def _after(request: StaffRequest, signed: Decision) -> HttpResponse:
    return _go_on(request, signed, _SECOND_LOOK if signed.needs_confirmation else _SIGNED)


_SIGNED = gettext_lazy("Decision on {name} signed.")
_SECOND_LOOK = gettext_lazy(
    "Decision on {name} signed. A second clinician must confirm before the client can be booked."
)
_CONFIRMED = gettext_lazy("Your answer on {name} is signed and stored with the decision.")


def _go_on(request: StaffRequest, about: Decision, said: "StrOrPromise") -> HttpResponse:
    """On to the next case that waits, saying what was signed, with the way back to it."""
    client = about.screening.client
    back = reverse("journey:client", args=[client.pk])
    messages.success(
        request,
        format_html(
            "{} <a href='{}'>{}</a>",
            str(said).format(name=client.full_name),
            back,
            _("Go to the client"),
        ),
    )
    row = queries.next_waiting(request.actor, timezone.localdate(), about.screening)
    if row is None:
        return redirect("review:worklist")
    if row.awaiting is not None:
        return redirect("review:confirm", row.awaiting.pk)
    return redirect("review:case", row.screening.pk)


def _may_confirm(request: StaffRequest, latest: Decision | None) -> bool:
    return (
        latest is not None
        and latest.needs_confirmation
        and not hasattr(latest, "confirmation")
        and request.actor.is_clinical
        and latest.decided_by_id != request.user.pk
    )


@require_http_methods(["GET", "POST"])
@staff(*CLINICAL_ROLES)
def confirm(request: StaffRequest, decision_id: int) -> HttpResponse:
    """Do I agree with my colleague's override?"""
    decision = or_404(queries.decision, request.actor, decision_id)
    form = ConfirmationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm(
                actor=request.actor,
                user=request.user,
                decision=decision,
                agreed=form.cleaned_data["agreed"] == "yes",
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return _go_on(request, decision, _CONFIRMED)
    open_record(
        actor=request.actor, client_id=decision.client_id, at=timezone.now(), verb="review.read"
    )
    page = {
        "decision": decision,
        "conditions": in_words(decision.conditions),
        "meaning": wording.MEANING_OF_SECOND,
        "areas": say_areas(decision.screening.areas),
        "screening": decision.screening,
        "case": shown(decision.screening, None, decision),
        "news": news_shown(news_in_view(decision.screening)),
        "form": form,
    }
    return render(request, "review/confirm.html", page)
