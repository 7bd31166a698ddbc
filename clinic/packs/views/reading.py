"""Reading rules: which packs there are, and what one of them says."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.packs import queries
from clinic.packs.editing.labels import PARTS
from clinic.packs.editing.listed import BLANK, PLAIN
from clinic.packs.editing.showing import rule_shown
from clinic.packs.views.held import READERS, Held, held_draft, held_pack
from clinic.packs.views.parts import overview, shown_part
from clinic.packs.views.stretch import stretch_of
from clinic.packs.views.telling import changes_between, one_page
from screening.published import newest_row, tables_by


@require_safe
@staff(*READERS)
def packs(request: StaffRequest) -> HttpResponse:
    """Which rules are in force, which were before, and what is being changed?"""
    leads = request.actor.has(Role.CLINICAL_LEAD)
    drafts = [(draft, queries.state_of(draft)) for draft in queries.drafts()]
    page = {
        "packs": list(queries.packs()),
        "current": newest_row(),
        "open": [pair for pair in drafts if pair[1].is_open],
        "closed": [pair for pair in drafts if not pair[1].is_open],
        "offered": queries.offered(),
        "leads": leads,
    }
    return render(request, "packs/list.html", page)


@require_safe
@staff(*READERS)
def pack(request: StaffRequest, pack_id: int) -> HttpResponse:
    """What does this pack hold?"""
    held = held_pack(request, pack_id)
    current = newest_row(held.name)
    page = {
        "held": held,
        "parts": overview(held),
        "is_current": held.pack == current,
        "earlier": queries.before(held.pack) if held.pack else None,
    }
    return render(request, "packs/pack.html", page)


@require_safe
@staff(*READERS)
def pack_part(request: StaffRequest, pack_id: int, part: str) -> HttpResponse:
    """The questions, the rules or the sources of a published pack."""
    return _part(request, held_pack(request, pack_id), part)


@require_safe
@staff(*READERS)
def draft_part(request: StaffRequest, draft_id: int, part: str) -> HttpResponse:
    """The questions, the rules or the sources of a draft, with a way to change each."""
    return _part(request, held_draft(request, draft_id), part)


def _part(request: StaffRequest, held: Held, part: str) -> HttpResponse:
    if part not in PARTS or part not in held.tables:
        raise Http404
    typed = request.GET.get("q", "")[:100]
    page = {
        "held": held,
        "part": part,
        "part_name": PARTS[part],
        "typed": typed,
        "may_add": part in BLANK,
        "may_edit": part in PLAIN,
        "stretch": stretch_of(shown_part(held, part, typed), request.GET),
    }
    template = part if part in ("questions", "rules", "sources") else "entries"
    return render(request, f"packs/part_{template}.html", page)


@require_safe
@staff(*READERS)
def pack_rule(request: StaffRequest, pack_id: int, code: str) -> HttpResponse:
    """One rule of a published pack, in words."""
    return read_rule(request, held_pack(request, pack_id), code)


def read_rule(request: StaffRequest, held: Held, code: str) -> HttpResponse:
    """One rule in words, for whoever may not change it."""
    rule = held.names.rules.get(code)
    if rule is None:
        raise Http404
    page = {"held": held, "rule": rule_shown(rule, held.names)}
    return render(request, "packs/rule.html", page)


@require_safe
@staff(*READERS)
def pack_difference(request: StaffRequest, pack_id: int) -> HttpResponse:
    """What a published pack changed, against the one before it."""
    held = held_pack(request, pack_id)
    base = queries.before(held.pack) if held.pack else None
    changes = changes_between(tables_by(base.sha256), held.tables) if base else []
    page = {
        "held": held,
        "base": base,
        **one_page(request, changes),
    }
    return render(request, "packs/difference.html", page)
