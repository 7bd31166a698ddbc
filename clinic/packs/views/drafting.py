"""A draft: begun, looked at as a whole, compared, set aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.packs import actions, queries
from clinic.packs.editing.cautions import new_cautions
from clinic.packs.forms.deciding import ReasonForm, StartForm, next_version
from clinic.packs.views.editing import FORM
from clinic.packs.views.held import READERS, held_draft
from clinic.packs.views.parts import overview
from clinic.packs.views.progress import begin_again, next_thing, parts_of, standing, steps
from clinic.packs.views.telling import changes_between, one_page
from screening.packs import tables_of
from screening.published import newest_row, tables_by

HISTORY = 20


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def start(request: StaffRequest) -> HttpResponse:
    """A new draft from the rules in force."""
    base = newest_row()
    taken = queries.versions_taken(base.name) if base else ()
    initial = {"version": next_version(base.version, taken) if base else ""}
    form = StartForm(request.POST or None, initial=initial)
    if base is None:
        messages.warning(request, _("No rules have been published yet."))
        return redirect("packs:list")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_draft(
                actor=request.actor,
                base=base,
                version=form.cleaned_data["version"],
                why=form.cleaned_data["why"],
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("version", str(refused.message))
        else:
            return redirect("packs:draft", made.pk)
    return render(request, "packs/start.html", {"form": form, "base": base})


@require_POST
@staff(Role.CLINICAL_LEAD)
def bring_in(request: StaffRequest) -> HttpResponse:
    """A pack that came with this release, as a draft."""
    asked = request.POST.get("pack", "")
    if asked not in queries.offered():
        messages.warning(request, _("There is no such pack to bring in."))
        return redirect("packs:list")
    try:
        made = actions.import_draft(
            actor=request.actor,
            tables=tables_of(asked),
            why=_("Came with this release"),
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return redirect("packs:list")
    return redirect("packs:draft", made.pk)


@require_safe
@staff(*READERS)
def draft(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Where does this draft stand, and what is the one next thing?"""
    held = held_draft(request, draft_id)
    found, _revision = parts_of(held)
    base = tables_by(found.base.sha256)
    changes = changes_between(base, held.tables)
    now = standing(held, request.actor.id, changed=bool(changes))
    overtaken = held.state.is_open and found.base != newest_row(held.name)
    page = {
        "held": held,
        "steps": steps(held, now),
        "next": begin_again() if overtaken and held.leads else next_thing(held, now),
        "parts": overview(held),
        "number": len(changes),
        "softer": sum(change.softer for change in changes),
        "cautions": new_cautions(base, held.tables),
        "history": list(queries.revisions(found)[:HISTORY]),
        "approval": now.approval,
        "overtaken": overtaken,
    }
    return render(request, "packs/draft.html", page)


@require_safe
@staff(*READERS)
def draft_difference(request: StaffRequest, draft_id: int) -> HttpResponse:
    """What does the draft change, in words?"""
    held = held_draft(request, draft_id)
    found, _revision = parts_of(held)
    base = tables_by(found.base.sha256)
    changes = changes_between(base, held.tables)
    page = {
        "held": held,
        "base": found.base,
        "cautions": new_cautions(base, held.tables),
        **one_page(request, changes),
    }
    return render(request, "packs/difference.html", page)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def discard(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Set a draft aside; it asks once."""
    held = held_draft(request, draft_id)
    found, _revision = parts_of(held)
    form = ReasonForm(request.POST or None, label=_("Why is it set aside?"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.discard(
                actor=request.actor,
                draft=found,
                cause=form.cleaned_data["why"],
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("The draft is set aside."))
            return redirect("packs:list")
    return render(request, "packs/discard.html", {"held": held, "form": form})
