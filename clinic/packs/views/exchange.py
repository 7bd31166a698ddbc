"""Rules as a file: kept, or brought in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.packs import bringing
from clinic.packs.errors import InvalidPack
from clinic.packs.forms.bringing import BringInForm
from clinic.packs.views.editing import FORM
from clinic.packs.views.held import READERS, Held, held_draft, held_pack
from screening.exchange import FORMATS, ExchangeError, export
from screening.exchange.fhir.questionnaire import Status
from screening.published import newest_row


@require_safe
@staff(*READERS)
def export_pack(request: StaffRequest, pack_id: int, form: str) -> HttpResponse:
    """A published pack as a file."""
    held = held_pack(request, pack_id)
    in_force = held.pack == newest_row(held.name)
    return _as_file(request, held, form, "active" if in_force else "retired")


@require_safe
@staff(*READERS)
def export_draft(request: StaffRequest, draft_id: int, form: str) -> HttpResponse:
    """A draft, as it is now, as a file."""
    return _as_file(request, held_draft(request, draft_id), form, "draft")


def _as_file(request: StaffRequest, held: Held, form: str, status: Status) -> HttpResponse:
    if form not in FORMATS:
        raise Http404
    day = timezone.localdate(held.pack.published_at) if held.pack else None
    try:
        made = export(held.tables, form, status=status, published=day)
    except ExchangeError as error:
        page = {"held": held, "line": str(error)}
        return render(request, "packs/not_exported.html", page, status=409)
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.file_name}"'},
    )


@require_http_methods(FORM)
@staff(Role.CLINICAL_LEAD)
def import_file(request: StaffRequest) -> HttpResponse:
    """A draft from a file. What cannot be used is said beside it, and nothing is kept."""
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = bringing.begin(
                actor=request.actor,
                data=form.cleaned_data["file"],
                version=form.cleaned_data["version"],
                why=form.cleaned_data["why"],
                at=timezone.now(),
            )
        except ExchangeError as error:
            form.add_error("file", _("This file cannot be used. %(line)s") % {"line": error})
        except InvalidPack as refused:
            form.add_error("file", str(refused.message))
        except Refused as refused:
            form.add_error("version", str(refused.message))
        else:
            return redirect("packs:draft", made.pk)
    return render(request, "packs/import.html", {"form": form})
