"""Adding to a draft, and taking out of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.packs.editing import replace
from clinic.packs.editing.cases import answering, not_answering
from clinic.packs.editing.reads import (
    Readers,
    readers_of_question,
    readers_of_rule,
    readers_of_source,
)
from clinic.packs.editing.showing import question_shown
from clinic.packs.forms.asked_when import AskedWhenForm, DependsForm
from clinic.packs.forms.new_question import NewQuestionForm
from clinic.packs.forms.new_rule import NewRuleForm
from clinic.packs.forms.source import RetireForm, SourceForm
from clinic.packs.views.editing import FORM, part_url, seen, tried
from clinic.packs.views.held import Held, held_draft
from clinic.packs.views.saving import Tried

ALWAYS = "always"
"""Sent instead of a question's id, by the button that asks a question always."""

READERS_OF = {
    "questions": readers_of_question,
    "rules": readers_of_rule,
    "sources": readers_of_source,
}


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def asked(request: StaffRequest, draft_id: int, name: str) -> HttpResponse:
    """When is this question asked: always, or after which answers to which other one?"""
    held = held_draft(request, draft_id)
    table = held.names.questions.get(name)
    if table is None:
        raise Http404
    other = str(request.POST.get("other", ""))
    depends = DependsForm(
        request.POST if "question" in request.POST else None, tables=held.tables, besides=name
    )
    if depends.is_valid():
        other = depends.cleaned_data["question"]
    chosen = other if other and other != ALWAYS else None
    if chosen and (chosen not in held.names.questions or chosen == name):
        raise Http404
    data = request.POST if "seen" in request.POST else None
    form = AskedWhenForm(data, tables=held.tables, question=table, other=chosen, initial=seen(held))

    def build() -> replace.NewTables:
        return replace.with_question(held.tables, name, form.rebuilt())

    about = f"“{held.names.question(name)}”"
    done = tried(request, held, form, build, about) if data else Tried()
    if done.saved:
        return redirect(part_url(held, "questions", f"question-{name}"))
    page = {
        "held": held,
        "question": question_shown(table, held.names),
        "depends": depends,
        "form": form,
        "other": other,
        "done": done,
        "back_url": reverse("packs:question", args=[draft_id, name]),
    }
    return render(request, "packs/asked.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def new_question(request: StaffRequest, draft_id: int) -> HttpResponse:
    """A new question, behind one that is there."""
    held = held_draft(request, draft_id)
    form = NewQuestionForm(request.POST or None, tables=held.tables, initial=seen(held))

    def build() -> replace.NewTables:
        new = form.new()
        tables = replace.with_new_question(held.tables, after=form.after, new=new)
        harmless = form.harmless(new)
        if harmless is None:
            return tables
        return answering(tables, str(new["id"]), harmless)

    done = tried(request, held, form, build, _("New question"))
    if done.saved:
        messages.info(request, _("No rule reads the new question yet. Add a rule next."))
        return redirect(part_url(held, "questions"))
    page = {
        "held": held,
        "form": form,
        "title": _("New question"),
        "done": done,
        "back_url": part_url(held, "questions"),
    }
    return render(request, "packs/edit.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def new_rule(request: StaffRequest, draft_id: int) -> HttpResponse:
    """A new rule: first about which question, then which answers lead to which level."""
    held = held_draft(request, draft_id)
    about = str(request.POST.get("about", ""))
    depends = DependsForm(request.POST if "question" in request.POST else None, tables=held.tables)
    if depends.is_valid():
        about = depends.cleaned_data["question"]
    if not about:
        page: dict[str, Any] = {
            "held": held,
            "form": depends,
            "title": _("New rule"),
            "back_url": part_url(held, "rules"),
        }
        return render(request, "packs/new_rule_about.html", page)
    if about not in held.names.questions:
        raise Http404
    data = request.POST if "seen" in request.POST else None
    form = NewRuleForm(data, tables=held.tables, question=about, initial=seen(held))

    def build() -> replace.NewTables:
        return replace.with_new_entry(held.tables, "rules", "rule", form.new())

    done = tried(request, held, form, build, _("New rule")) if data else Tried()
    if done.saved:
        return redirect(part_url(held, "rules"))
    page = {
        "held": held,
        "form": form,
        "title": _("New rule"),
        "about": about,
        "asked": held.names.question(about),
        "done": done,
        "back_url": part_url(held, "rules"),
    }
    return render(request, "packs/new_rule.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def new_source(request: StaffRequest, draft_id: int) -> HttpResponse:
    """A new source."""
    held = held_draft(request, draft_id)
    form = SourceForm(request.POST or None, tables=held.tables, source={}, initial=seen(held))

    def build() -> replace.NewTables:
        return replace.with_new_entry(held.tables, "sources", "source", form.rebuilt())

    done = tried(request, held, form, build, _("New source"))
    if done.saved:
        return redirect(part_url(held, "sources"))
    page = {
        "held": held,
        "form": form,
        "title": _("New source"),
        "done": done,
        "back_url": part_url(held, "sources"),
    }
    return render(request, "packs/edit.html", page, status=done.status)


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def retire(request: StaffRequest, draft_id: int, part: str, name: str) -> HttpResponse:
    """Take out a question, a rule or a source; who else reads it is named first."""
    held = held_draft(request, draft_id)
    title = _title(held, part, name)
    readers: Readers = READERS_OF[part](held.tables, name)
    form = RetireForm(request.POST or None, initial=seen(held))

    def build() -> replace.NewTables:
        if part == "questions":
            return not_answering(replace.with_question(held.tables, name, None), name)
        if part == "rules":
            return replace.with_rule(held.tables, name, None)
        return replace.with_entry(held.tables, "sources", "source", name, None)

    about = _("Taken out: %(title)s") % {"title": title}
    done = tried(request, held, form, build, about)
    if done.saved:
        return redirect(part_url(held, part))
    page = {
        "held": held,
        "form": form,
        "title": title,
        "part": part,
        "done": done,
        "rules": [(one, held.names.rule(one)) for one in readers.rules],
        "questions": [(one, held.names.question(one)) for one in readers.questions],
        "others": readers.others,
        "back_url": part_url(held, part),
    }
    return render(request, "packs/retire.html", page, status=done.status)


def _title(held: Held, part: str, name: str) -> str:
    known = {
        "questions": (held.names.questions, held.names.question),
        "rules": (held.names.rules, held.names.rule),
        "sources": (held.names.sources, held.names.source),
    }
    tables, title = known.get(part, ({}, str))
    if name not in tables:
        raise Http404
    return title(name)
