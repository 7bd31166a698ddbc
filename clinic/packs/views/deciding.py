"""The second person's approval, and the publication."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.packs import actions, content, queries
from clinic.packs.editing.cautions import new_cautions
from clinic.packs.errors import Obstructed
from clinic.packs.forms.deciding import ApproveForm
from clinic.packs.states import State
from clinic.packs.views.editing import FORM
from clinic.packs.views.held import READERS, Held, held_draft
from clinic.packs.views.progress import Standing, parts_of, standing
from clinic.packs.views.results import ends, found_by
from clinic.packs.views.telling import changes_between, one_page
from screening.models import RulePack
from screening.published import tables_by


@require_http_methods(FORM)
@staff(*READERS)
def approve(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Do I, who changed nothing in it, agree with this draft?"""
    held = held_draft(request, draft_id)
    draft, revision = parts_of(held)
    now = standing(held, request.actor.id, changed=True)
    if request.method == "POST" and not held.leads:
        raise PermissionDenied
    asked = _may_approve(held, now) and (request.method == "POST" or not now.counting)
    form = ApproveForm(request.POST or None) if asked else None
    lines: tuple[str, ...] = ()
    status = HTTPStatus.OK
    if request.method == "POST":
        if form is None:
            return render(request, "packs/closed.html", {"held": held}, status=409)
        if form.is_valid():
            try:
                actions.approve(
                    actor=request.actor,
                    user=request.user,
                    draft=draft,
                    expected_sha256=request.POST.get("seen", ""),
                    note=form.cleaned_data["note"],
                    at=timezone.now(),
                )
            except Refused as refused:
                lines = refused.lines if isinstance(refused, Obstructed) else ()
                form.add_error(None, str(refused.message))
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, _("Approved. The rules can now be published."))
                return redirect("packs:draft", draft.pk)
    base = tables_by(draft.base.sha256)
    changes = changes_between(base, held.tables)
    found = None if now.counting else now.simulation
    page = {
        "held": held,
        "form": form,
        "now": now,
        "base": draft.base,
        **one_page(request, changes),
        "cautions": new_cautions(base, held.tables),
        "obstacles": lines or queries.obstacles(content.pack_of(revision)),
        "simulation": found,
        **found_by(held, found),
        "history": list(queries.revisions(draft)[:20]),
    }
    return render(request, "packs/approve.html", page, status=status)


def _may_approve(held: Held, now: Standing) -> bool:
    return held.leads and held.state is State.SIMULATED and not now.is_editor


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def publish(request: StaffRequest, draft_id: int) -> HttpResponse:
    """What will happen when these rules are published? It asks once."""
    held = held_draft(request, draft_id)
    draft, _revision = parts_of(held)
    if request.method == "POST":
        try:
            rules = actions.publish(
                actor=request.actor,
                draft=draft,
                expected_sha256=request.POST.get("seen", ""),
                at=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            # As it stands by now: whatever refused may have come since it was loaded above.
            held = held_draft(request, draft_id)
            return _publish_page(request, held, refused=str(refused.message))
        return _published(request, rules)
    if held.state is not State.APPROVED:
        return redirect("packs:draft", draft.pk)
    return _publish_page(request, held)


def _published(request: StaffRequest, rules: RulePack) -> HttpResponse:
    applied = rules.publication.applied
    messages.success(
        request,
        _("Published. %(ends)s")
        % {"ends": ends(applied.get("clearances", 0), applied.get("held", 0))},
    )
    return redirect("packs:pack", rules.pk)


def _publish_page(request: StaffRequest, held: Held, refused: str = "") -> HttpResponse:
    now = standing(held, request.actor.id, changed=True)
    ready = held.state is State.APPROVED and not now.counting
    page = {
        "held": held,
        "now": now,
        "ready": ready,
        "refused": refused,
        "simulation": now.simulation,
        **found_by(held, now.simulation if ready else None),
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "packs/publish.html", page, status=status)
