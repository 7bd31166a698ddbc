"""The questions, one section a page, and the check before handing in.

The longest pages of the clinic, so they are sent packed. Nothing of the address is in them, which
is what would let somebody on the line guess at their content by its size.
"""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.errors import ChangedMeanwhile, NotOpen, NotTimed
from clinic.intake.forms import SectionForm, section_form
from clinic.intake.going_through import NOTHING, Earlier, earlier_of
from clinic.intake.models import Intake
from clinic.intake.news_queries import newest_news, news_after
from clinic.intake.pace import heard_by, seconds_since, stamp
from clinic.intake.packs import pack_of
from clinic.intake.progress import neighbours, next_part, parts
from clinic.intake.queries import newest_screening_of
from clinic.intake.views.walk import DESK, Context, Walk, staff_walk
from screening.engine import Pack

CHECK = "check"
"""Where a section was opened from to change one answer, and where saving it leads back to."""


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def section(request: StaffRequest, intake_id: int, section: str) -> HttpResponse:
    """One section, asked at the desk."""
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=timezone.now())
    if not draft.is_open:
        return after_handing_in(draft)
    return section_page(request, request.actor, draft, section, staff_walk(draft))


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def check(request: StaffRequest, intake_id: int) -> HttpResponse:
    """Every answer, and handing in."""
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=timezone.now())
    if not draft.is_open:
        return after_handing_in(draft)
    return check_page(request, request.actor, draft, staff_walk(draft))


@staff(*DESK)
@require_safe
def resume(request: StaffRequest, intake_id: int) -> HttpResponse:
    """On to the first question without an answer."""
    draft = or_404(actions.read_intake, actor=request.actor, intake_id=intake_id, at=timezone.now())
    if not draft.is_open:
        return after_handing_in(draft)
    return HttpResponseRedirect(where_to_go_on(draft, staff_walk(draft)))


def after_handing_in(draft: Intake) -> HttpResponse:
    """What became of a questionnaire that is no longer open."""
    made = newest_screening_of(draft)
    if made is None:
        return HttpResponseRedirect(staff_walk(draft).out)
    return HttpResponseRedirect(result_url(made.pk))


def result_url(screening_id: int) -> str:
    """Where staff read what happens next."""
    return reverse("intake:submitted", args=[screening_id])


def where_to_go_on(draft: Intake, walk: Walk) -> str:
    """The first section with an open question, or the check."""
    found = parts(pack_of(draft.pack), draft.answers, given_on=timezone.localdate())
    part = next_part(found)
    return walk.section(part.id) if part else walk.check


def section_page(
    request: HttpRequest, actor: Actor, draft: Intake, section_id: str, walk: Walk
) -> HttpResponse:
    """Show a section, or save it and go on. What counts is kept even where something is wrong."""
    pack = pack_of(draft.pack)
    if section_id not in pack.sections:
        raise Http404
    asked = section_form(pack, section_id)
    own = {question.id for question in asked.section.questions}
    form = asked(
        request.POST if request.method == "POST" else None,
        others={key: value for key, value in draft.answers.items() if key not in own},
        earlier=_earlier(draft, pack),
        initial={key: value for key, value in draft.answers.items() if key in own},
        given_on=timezone.localdate(),
        born=draft.client.date_of_birth,
    )
    if request.method == "POST":
        return _save(request, actor, draft, form, walk)
    return _draw(request, draft, form, walk)


def _earlier(draft: Intake, pack: Pack) -> Earlier:
    return earlier_of(draft, pack, news_after(draft.client_id, 0)) if draft.earlier else NOTHING


def _heard(draft: Intake) -> int:
    """The newest news that a page made now knows."""
    read = vars(draft)
    return read["newest_news"] or 0 if "newest_news" in read else newest_news(draft.client_id)


def _save(
    request: HttpRequest, actor: Actor, draft: Intake, form: SectionForm, walk: Walk
) -> HttpResponse:
    form.is_valid()
    seen = request.POST.get("version", "")
    now = timezone.now()
    stamped = request.POST.get("shown", "")
    took = seconds_since(stamped, draft, form.section.id, at=now)
    if took is None and actor.kind == "staff":
        # Nobody knows that it was read: judged as if it had not been, unless it is a paper form.
        took = 0.0
    try:
        saved = actions.save_section(
            actor=actor,
            intake=draft,
            answers=form.answers,
            section=form.section.id,
            version=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            at=now,
            seconds=took,
            heard=heard_by(stamped, draft, form.section.id),
            confirmed=form.confirmed,
        )
    except ChangedMeanwhile as changed:
        others = parts(form.pack, changed.intake.answers, given_on=form.given_on)
        theirs = next(part for part in others if part.id == form.section.id)
        return _draw(
            request,
            changed.intake,
            form,
            walk,
            # Nothing was saved: the time goes on from when the page was first shown.
            {"changed": changed.message, "theirs": theirs.lines, "shown": stamped},
            status=HTTPStatus.CONFLICT,
        )
    except NotTimed as untimed:
        # Nothing was saved either, but what is sent from here is timed by a stamp of its own.
        return _draw(request, untimed.intake, form, walk, {"again": untimed.message})
    except NotOpen:
        return HttpResponseRedirect(request.path)
    if missed := form.answers.keys() - saved.answers.keys():
        return _ask_once_more(request, saved, form, walk, missed)
    target = _target(request.POST.get("go", "next"), form, walk)
    if target not in (None, walk.out) and request.GET.get("from") == CHECK:
        target = walk.check
    return HttpResponseRedirect(target) if target else _draw(request, saved, form, walk)


def _ask_once_more(
    request: HttpRequest, saved: Intake, form: SectionForm, walk: Walk, missed: Iterable[str]
) -> HttpResponse:
    """Something was told while the page was open: what it touches is asked once more, empty."""
    own = {question.id for question in form.section.questions}
    kept = {name: answer for name, answer in saved.answers.items() if name in own}
    again = section_form(form.pack, form.section.id)(
        others={name: answer for name, answer in saved.answers.items() if name not in own},
        earlier=_earlier(saved, form.pack),
        initial=kept,
        given_on=form.given_on,
        born=form.born,
    )
    return _draw(request, saved, again, walk, {"told": sorted(missed)}, HTTPStatus.CONFLICT)


def _target(go: str, form: SectionForm, walk: Walk) -> str | None:
    """Where to go after saving; None to stay, because something needs another look."""
    before, after = neighbours(form.pack, form.section.id)
    if go == "later":
        return None if form.wrong else walk.out
    if go == "back":
        return None if form.wrong else (walk.section(before) if before else walk.out)
    if form.errors:
        return None
    return walk.section(after) if after else walk.check


def _draw(
    request: HttpRequest,
    draft: Intake,
    form: SectionForm,
    walk: Walk,
    more: Context | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = parts(form.pack, draft.answers, given_on=form.given_on)
    here = next(part for part in found if part.id == form.section.id)
    context: Context = {
        "draft": draft,
        "form": form,
        "section": form.section,
        "shown": stamp(draft, form.section.id, at=timezone.now(), heard=_heard(draft)),
        "parts": [{"part": part, "url": walk.section(part.id)} for part in found],
        "here": here,
        "done": here.number,
        "total": len(found),
        "check_url": walk.check,
        "out_url": walk.out,
    }
    return render(
        request, f"intake/{walk.pages}_section.html", context | (more or {}), status=status
    )


def check_page(request: HttpRequest, actor: Actor, draft: Intake, walk: Walk) -> HttpResponse:
    """Show every answer, or hand them in."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = walk.check_form(request.POST if request.method == "POST" else None)
    refused: object = None
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.submit(actor=actor, intake=draft, at=now, today=today)
            return HttpResponseRedirect(
                walk.check if walk.pages == "client" else result_url(made.pk)
            )
        except NotOpen:
            return HttpResponseRedirect(walk.check)
        except Refused as refusal:
            refused, status = refusal.message, HTTPStatus.CONFLICT
    found = parts(pack_of(draft.pack), draft.answers, given_on=today)
    context: Context = {
        "draft": draft,
        "form": form,
        "refused": refused,
        "parts": [{"part": part, "url": f"{walk.section(part.id)}?from={CHECK}"} for part in found],
        "missing": [
            {"line": line, "url": f"{walk.section(part.id)}#div_id_{line.id}"}
            for part in found
            for line in part.missing
        ],
        "out_url": walk.out,
    }
    return render(request, f"intake/{walk.pages}_check.html", context, status=status)
