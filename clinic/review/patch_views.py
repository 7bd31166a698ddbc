"""The patch tests that a clearance waits for."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from clinic.accounts.access import StaffRequest, staff
from clinic.clients.actions import open_record
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.errors import Refused
from clinic.core.forms import DayField, PlainForm, TextArea
from clinic.core.shortcuts import or_404
from clinic.intake.models import Clearance
from clinic.procedures.areas import AREA_WORDS, say_areas
from clinic.review import patches, queries
from clinic.review.models import PatchReading


class PatchForm(PlainForm):
    """Where, with what, when."""

    area = forms.ChoiceField(label=gettext_lazy("Where"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=gettext_lazy("With what (device, depth, cartridge, products)"),
        widget=TextArea(attrs={"rows": 2}),
        max_length=500,
    )
    done_on = DayField(label=gettext_lazy("When"))

    def __init__(self, *args: object, areas: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (area, AREA_WORDS.get(area, area)) for area in areas
        ]


class ReadingForm(PlainForm):
    """How the skin was on a day after the patch test."""

    result = forms.ChoiceField(
        label=gettext_lazy("How was the skin?"),
        choices=PatchReading.Result.choices,
        widget=forms.RadioSelect,
    )
    read_on = DayField(label=gettext_lazy("Seen on"))
    note = forms.CharField(
        label=gettext_lazy("What you saw"), widget=TextArea(attrs={"rows": 2}), max_length=2000
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def patch_tests(request: StaffRequest, clearance_id: int) -> HttpResponse:
    """What was tried and how was it read? A clinician writes down a patch test, others look."""
    held = or_404(queries.clearance, request.actor, clearance_id)
    form = PatchForm(request.POST or None, areas=held.areas)
    if request.method == "POST" and form.is_valid():
        try:
            patches.record_patch(
                actor=request.actor,
                clearance=held,
                at=timezone.now(),
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("The patch test is on record. Write down how it was read."))
            return redirect("review:patch_tests", held.pk)
    return _page(request, held, form)


def _page(request: StaffRequest, held: Clearance, form: PatchForm) -> HttpResponse:
    open_record(
        actor=request.actor, client_id=held.client_id, at=timezone.now(), verb="review.read"
    )
    shown = [
        {"row": one, "where": say_areas([one.area]), "readings": list(one.readings.all())}
        for one in held.patch_tests.all()
    ]
    page = {
        "clearance": held,
        "client": held.client,
        "patches": shown,
        "form": form if request.actor.is_clinical and held.live and held.patch_test_first else None,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "review/patch_tests.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*CLINICAL_ROLES)
def read_patch(request: StaffRequest, patch_id: int) -> HttpResponse:
    """How was the skin after this patch test?"""
    patch = or_404(queries.patch, request.actor, patch_id)
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            patches.read_patch(
                actor=request.actor,
                patch=patch,
                at=timezone.now(),
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("How the patch test was read is on record."))
            return redirect("journey:client", patch.client_id)
    page = {
        "patch": patch,
        "client": patch.clearance.client,
        "where": say_areas([patch.area]),
        "form": form,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "review/read_patch.html", page, status=status)
