"""Changing recognised words, checks and conflicts; and the pack's own test cases."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.packs import content
from clinic.packs.editing.cases import with_case_as_it_is
from clinic.packs.editing.labels import PARTS
from clinic.packs.editing.listed import ALONE, BLANK, KEPT, PLAIN, Listed, listed, with_listed
from clinic.packs.editing.names import text
from clinic.packs.editing.replace import NewTables, with_new_entry
from clinic.packs.forms.entry import EntryForm
from clinic.packs.forms.saving import SavingForm
from clinic.packs.forms.source import RetireForm
from clinic.packs.views.editing import FORM, part_url, seen, tried
from clinic.packs.views.held import Held, held_draft
from clinic.packs.views.progress import parts_of
from screening.trying import run_cases


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def entry(request: StaffRequest, draft_id: int, part: str, kind: str, name: str) -> HttpResponse:
    """One entry of the recognised words, the checks or the conflicts."""
    held = held_draft(request, draft_id)
    found = _found(held, part, kind, name)
    form = EntryForm(
        request.POST or None, tables=held.tables, entry=found.table, initial=seen(held)
    )

    def build() -> NewTables:
        return with_listed(held.tables, part, kind, name, form.rebuilt())

    done = tried(request, held, form, build, found.title)
    if done.saved:
        return redirect(part_url(held, part, f"{kind}-{name}"))
    page = {
        "held": held,
        "form": form,
        "title": found.title[:1].upper() + found.title[1:],
        "part_name": PARTS[part],
        "done": done,
        "back_url": part_url(held, part),
    }
    if name != ALONE and part not in KEPT:
        page["retire_url"] = reverse("packs:retire_entry", args=[draft_id, part, kind, name])
    return render(request, "packs/edit_entry.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def new_entry(request: StaffRequest, draft_id: int, part: str) -> HttpResponse:
    """New recognised words, or a new disagreement between sources."""
    held = held_draft(request, draft_id)
    if part not in BLANK or part not in held.tables:
        raise Http404
    kind, blank = BLANK[part]
    taken = frozenset(text(one.table, "id") for one in listed(held.tables, part))
    form = EntryForm(
        request.POST or None, tables=held.tables, entry=blank, taken=taken, initial=seen(held)
    )

    def build() -> NewTables:
        return with_new_entry(held.tables, part, kind, form.rebuilt())

    done = tried(request, held, form, build, _("New: %(part)s") % {"part": PARTS[part]})
    if done.saved:
        return redirect(part_url(held, part))
    page = {
        "held": held,
        "form": form,
        "title": _("New entry"),
        "part_name": PARTS[part],
        "done": done,
        "back_url": part_url(held, part),
    }
    return render(request, "packs/edit_entry.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def retire_entry(
    request: StaffRequest, draft_id: int, part: str, kind: str, name: str
) -> HttpResponse:
    """Take an entry out of a list."""
    held = held_draft(request, draft_id)
    found = _found(held, part, kind, name)
    if name == ALONE or part in KEPT:
        raise Http404
    form = RetireForm(request.POST or None, initial=seen(held))

    def build() -> NewTables:
        return with_listed(held.tables, part, kind, name, None)

    about = _("Taken out: %(title)s") % {"title": found.title}
    done = tried(request, held, form, build, about)
    if done.saved:
        return redirect(part_url(held, part))
    page = {
        "held": held,
        "form": form,
        "title": found.title,
        "done": done,
        "back_url": part_url(held, part),
    }
    return render(request, "packs/retire.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def case(request: StaffRequest, draft_id: int, name: str) -> HttpResponse:
    """A test case that differs: may it expect from now on what the rules say?"""
    held = held_draft(request, draft_id)
    _draft, revision = parts_of(held)
    found = next((one for one in run_cases(content.pack_of(revision)) if one.case.id == name), None)
    if found is None:
        raise Http404
    form = SavingForm(request.POST or None, initial=seen(held))

    def build() -> NewTables:
        return with_case_as_it_is(held.tables, name, found.result)

    about = _("Test case %(name)s") % {"name": name}
    done = tried(request, held, form, build, about)
    if done.saved:
        return redirect("packs:cases", draft_id)
    page = {
        "held": held,
        "form": form,
        "one": found,
        "done": done,
        "back_url": reverse("packs:cases", args=[draft_id]),
    }
    return render(request, "packs/case.html", page, status=done.status)


def _found(held: Held, part: str, kind: str, name: str) -> Listed:
    if part not in PLAIN:
        raise Http404
    for one in listed(held.tables, part):
        if (one.kind, one.name) == (kind, name):
            return one
    raise Http404
