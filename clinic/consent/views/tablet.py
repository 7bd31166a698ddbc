"""The clinic's own tablet, handed to the client: nothing of the desk is on these pages."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.consent import actions, queries
from clinic.consent.forms import CauseForm
from clinic.consent.models import Consent
from clinic.consent.standing import Standing
from clinic.consent.views.parts import DESK, is_thinking, load
from clinic.consent.views.signing import read_step, sign_step
from clinic.core.errors import Refused


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The client reads and, once the time to think is over, ticks, chooses and signs."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    standing = _standing(consent)
    if standing is Standing.COOLING_OFF:
        around = {"clinic": consent.site, "no_url": _no_url(consent)}
        around["staff_url"] = reverse("consent:page", args=[consent.pk])
        return read_step(request, consent, around)
    if standing is not Standing.CLIENT_SIGNS:
        return HttpResponseRedirect(reverse("consent:page", args=[consent.pk]))
    return sign_step(
        request,
        request.actor,
        consent,
        done_url=reverse("consent:hand_back", args=[consent.pk]),
        around={"clinic": consent.site, "no_url": _no_url(consent)},
    )


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: StaffRequest, consent_id: int) -> HttpResponse:
    """ "I do not agree": asked once, no reason needed."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    form = CauseForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            actions.refuse(
                actor=request.actor, consent=consent, cause=form.cleaned_data["cause"], at=now
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            return HttpResponseRedirect(reverse("consent:hand_back", args=[consent.pk]))
    context = {
        "form": form,
        "consent": consent,
        "clinic": consent.site,
        "back_url": reverse("consent:sign", args=[consent.pk]),
    }
    return render(request, "consent/refuse.html", context, status=status)


@staff(*DESK)
@require_safe
def hand_back(request: StaffRequest, consent_id: int) -> HttpResponse:
    """Thanks, and what happens next; the tablet goes back."""
    consent = load(request, consent_id, timezone.now())
    context = {
        "consent": consent,
        "clinic": consent.site,
        "standing": _standing(consent),
        "thinking": is_thinking(consent),
        "staff_url": reverse("consent:page", args=[consent.pk]),
    }
    return render(request, "consent/done.html", context)


def _no_url(consent: Consent) -> str:
    return reverse("consent:refuse", args=[consent.pk])


def _standing(consent: Consent) -> Standing:
    now = timezone.now()
    return queries.standing_of(consent, now=now, today=timezone.localdate(now))
