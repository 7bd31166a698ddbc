"""Changing one thing of a draft: a question, a rule, a source, the words at its head."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.packs.editing import replace
from clinic.packs.editing.names import Table
from clinic.packs.editing.reads import readers_of_question, readers_of_rule
from clinic.packs.editing.showing import question_shown, source_shown
from clinic.packs.forms.question import QuestionForm
from clinic.packs.forms.rule import RuleForm
from clinic.packs.forms.saving import SavingForm
from clinic.packs.forms.source import HeadForm, SourceForm
from clinic.packs.views.held import READERS, Held, held_draft
from clinic.packs.views.reading import read_rule
from clinic.packs.views.saving import Build, Tried, save

FORM = ("GET", "HEAD", "POST")


def seen(held: Held) -> dict[str, str]:
    """What every form of a draft begins with."""
    return {"seen": held.revision.sha256 if held.revision else ""}


def part_url(held: Held, part: str, anchor: str = "") -> str:
    """The list of a part of the draft, at one of its rows."""
    draft_id = held.draft.pk if held.draft else 0
    url = reverse("packs:draft_part", args=[draft_id, part])
    return f"{url}?{urlencode({'at': anchor})}#{anchor}" if anchor else url


def may_write(request: StaffRequest, held: Held) -> bool:
    """Whether a POST may go on: a lead's. An ended draft is refused by the action, in words."""
    return request.method == "POST" and held.leads


def tried(request: StaffRequest, held: Held, form: SavingForm, build: Build, about: str) -> Tried:
    """Save, where that was asked."""
    if not may_write(request, held):
        return Tried()
    return save(request, held, form, build, about)


@require_http_methods(FORM)
@staff(*READERS)
def rule(request: StaffRequest, draft_id: int, code: str) -> HttpResponse:
    """One rule of a draft: a lead changes it, others read it."""
    held = held_draft(request, draft_id)
    table = _found(held.names.rules.get(code))
    if not held.may_change:
        return _only_read(request) or read_rule(request, held, code)
    form = RuleForm(request.POST or None, tables=held.tables, rule=table, initial=seen(held))
    about = held.names.rule(code)
    done = tried(
        request, held, form, lambda: replace.with_rule(held.tables, code, form.rebuilt()), about
    )
    if done.saved:
        return redirect(part_url(held, "rules", f"rule-{code}"))
    page = {
        "held": held,
        "form": form,
        "title": about,
        "code": code,
        "done": done,
        "readers": [
            (one, held.names.rule(one)) for one in readers_of_rule(held.tables, code).rules
        ],
        "asked": [
            (one, held.names.question(one))
            for one in _listed(table, "question_ids")
            if one in held.names.questions
        ],
        "back_url": part_url(held, "rules"),
    }
    return render(request, "packs/edit_rule.html", page, status=done.status)


@require_http_methods(FORM)
@staff(*READERS)
def question(request: StaffRequest, draft_id: int, name: str) -> HttpResponse:
    """One question of a draft: a lead changes it, others read it."""
    held = held_draft(request, draft_id)
    table = _found(held.names.questions.get(name))
    shown = question_shown(table, held.names)
    if not held.may_change:
        page = {"held": held, "question": shown, "part": "questions"}
        return _only_read(request) or render(request, "packs/question.html", page)
    form = QuestionForm(request.POST or None, question=table, initial=seen(held))
    done = tried(
        request,
        held,
        form,
        lambda: replace.with_question(held.tables, name, form.rebuilt()),
        f"“{shown.text}”",
    )
    if done.saved:
        return redirect(part_url(held, "questions", f"question-{name}"))
    page = {
        "held": held,
        "form": form,
        "question": shown,
        "done": done,
        "readers": [
            (one, held.names.rule(one)) for one in readers_of_question(held.tables, name).rules
        ],
        "back_url": part_url(held, "questions"),
    }
    return render(request, "packs/edit_question.html", page, status=done.status)


@require_http_methods(FORM)
@staff(*READERS)
def source(request: StaffRequest, draft_id: int, name: str) -> HttpResponse:
    """One source of a draft: a lead changes it, others read it."""
    held = held_draft(request, draft_id)
    table = _found(held.names.sources.get(name))
    if not held.may_change:
        page = {"held": held, "source": source_shown(table)}
        return _only_read(request) or render(request, "packs/source.html", page)
    form = SourceForm(request.POST or None, tables=held.tables, source=table, initial=seen(held))

    def build() -> replace.NewTables:
        return replace.with_entry(held.tables, "sources", "source", name, form.rebuilt())

    done = tried(request, held, form, build, f"{name} {held.names.source(name)}")
    if done.saved:
        return redirect(part_url(held, "sources", f"source-{name}"))
    page = {
        "held": held,
        "form": form,
        "title": _("Source %(name)s") % {"name": name},
        "done": done,
        "back_url": part_url(held, "sources"),
        "retire_url": reverse("packs:retire", args=[draft_id, "sources", name]),
    }
    return render(request, "packs/edit.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def head(request: StaffRequest, draft_id: int) -> HttpResponse:
    """The titles of the pack and of its sections, and what is said for "not sure"."""
    held = held_draft(request, draft_id)
    form = HeadForm(request.POST or None, tables=held.tables, initial=seen(held))
    done = tried(request, held, form, form.rebuilt, _("The pack itself"))
    if done.saved:
        return redirect(held.url)
    page = {
        "held": held,
        "form": form,
        "title": _("Titles and message for “not sure”"),
        "done": done,
        "back_url": held.url,
    }
    return render(request, "packs/edit.html", page, status=done.status)


def _found(table: Table | None) -> Table:
    if table is None:
        raise Http404
    return table


def _only_read(request: StaffRequest) -> HttpResponse | None:
    """Who may not change it may not post either: the page says so."""
    if request.method != "POST":
        return None
    return render(request, "packs/closed.html", status=409 if _leads(request) else 403)


def _leads(request: StaffRequest) -> bool:
    return request.actor.has(Role.CLINICAL_LEAD)


def _listed(table: Table, key: str) -> list[str]:
    value = table.get(key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
