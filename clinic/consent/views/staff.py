"""Consent at the desk: where it stands, giving the text, countersigning, taking it back."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.clients import links
from clinic.clients.models import ClientLink
from clinic.consent import actions, queries
from clinic.consent.forms import CountersignForm, ToldForm
from clinic.consent.marks import mark_of
from clinic.consent.models import Consent, Signature
from clinic.consent.reading import current
from clinic.consent.views.parts import DESK, READERS, is_thinking, load, paper, text_context
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404
from clinic.intake.qr import qr_svg
from clinic.intake.queries import live_screening

WAYS = ["GET", "HEAD", "POST"]


@staff(*DESK)
@require_POST
def give(request: StaffRequest, screening_id: int) -> HttpResponse:
    """Make the text for a plan ready, and go to where it stands."""
    now = timezone.now()
    screening = or_404(queries.screening, request.actor, screening_id)
    try:
        consent = actions.prepare(
            actor=request.actor, screening=screening, at=now, today=timezone.localdate(now)
        )
    except Refused as refused:
        context = {"client": screening.client, "refused": refused.message}
        return render(request, "consent/refused.html", context, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("consent:page", args=[consent.pk]))


@staff(*DESK)
@require_POST
def hand_over(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The tablet or a printed copy goes to the client: the time to think begins."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    printed = request.POST.get("how") == Consent.Handed.PRINTED
    how = Consent.Handed.PRINTED if printed else Consent.Handed.TABLET
    try:
        actions.hand_over(actor=request.actor, consent=consent, how=how, at=now)
    except Refused as refused:
        context = {"client": consent.client, "refused": refused.message}
        return render(request, "consent/refused.html", context, status=HTTPStatus.CONFLICT)
    there = "consent:read" if printed else "consent:sign"
    return HttpResponseRedirect(reverse(there, args=[consent.pk]))


@staff(*READERS)
@require_safe
def page(request: StaffRequest, consent_id: int) -> HttpResponse:
    """Where this consent stands, and who must do what next."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    today = timezone.localdate(now)
    standing = queries.standing_of(consent, now=now, today=today)
    context: dict[str, Any] = {
        "consent": consent,
        "client": consent.client,
        "standing": standing,
        "thinking": is_thinking(consent),
        "ahead": queries.appointments_ahead(consent, today=today) if standing.has_ended else [],
        "signatures": queries.signatures(consent),
        "photos": queries.photo_choices(consent),
        "people": ", ".join(one["name"] for one in consent.content.get("people", [])),
        "paper": queries.document(consent),
        "mark": mark_of(consent, standing),
        "may_countersign": queries.may_countersign(consent, request.actor),
        "may_act": request.actor.has(*DESK),
    }
    if standing.needs_a_new_text:
        context["screening"] = live_screening(consent.client_id, consent.procedure_id)
    newest = queries.latest(consent.client_id, consent.procedure_id)
    context["newest"] = newest if newest != consent else None
    return render(request, "consent/page.html", context)


@staff(*READERS)
@require_safe
def read(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The exact text as it was given, with what still awaits clinical sign-off."""
    consent = load(request, consent_id, timezone.now())
    context = text_context(consent) | {
        "client": consent.client,
        "marks": True,
        "fingerprint": queries.vouched(consent),
    }
    return render(request, "consent/read.html", context)


@staff(*READERS)
@require_safe
def pdf(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The newest sealed PDF, marked if it no longer counts; 404 while nobody has signed."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    standing = queries.standing_of(consent, now=now, today=timezone.localdate(now))
    kept = or_404(actions.paper_of, consent=consent, at=now)
    return paper(kept, mark_of(consent, standing))


@staff(*READERS)
@require_safe
def original(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The newest PDF as it was sealed, whatever has become of it."""
    now = timezone.now()
    return paper(or_404(actions.paper_of, consent=load(request, consent_id, now), at=now))


@staff(*CLINICAL_ROLES)
@require_http_methods(WAYS)
def countersign(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The practitioner signs that it was discussed and understood."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    form = CountersignForm(
        request.POST if request.method == "POST" else None,
        on_record=request.user.name,
        initial={"printed_name": request.user.name},
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            actions.countersign(
                actor=request.actor,
                user=request.user,
                consent=consent,
                at=now,
                **form.signature(),
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The consent is countersigned."))
            return HttpResponseRedirect(reverse("consent:page", args=[consent.pk]))
    context = {
        "form": form,
        "consent": consent,
        "client": consent.client,
        "signed": queries.signature(consent, Signature.Kind.CLIENT),
        "meaning": actions.countersigning_means(consent),
        "process": current().process,
        "marks": True,
    }
    return render(request, "consent/countersign.html", context, status=status)


@staff(*DESK)
@require_http_methods(WAYS)
def withdraw(request: StaffRequest, consent_id: int) -> HttpResponse:
    """Take the consent back for the client, who need not say why."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    form = ToldForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(
                actor=request.actor, consent=consent, cause=form.cleaned_data["cause"], at=now
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The consent is withdrawn."))
            return HttpResponseRedirect(reverse("consent:page", args=[consent.pk]))
    context = {
        "form": form,
        "consent": consent,
        "client": consent.client,
        "ahead": queries.appointments_ahead(consent, today=timezone.localdate(now)),
    }
    return render(request, "consent/withdraw.html", context, status=status)


@staff(*DESK)
@require_POST
def photos(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The client no longer permits one kind of photos; the consent stays as it is."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    photo = request.POST.get("photo", "")
    try:
        actions.take_photos_back(actor=request.actor, consent=consent, photo=photo, at=now)
    except Refused as refused:
        context = {"client": consent.client, "refused": refused.message}
        return render(request, "consent/refused.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("These photos are no longer permitted."))
    return HttpResponseRedirect(reverse("consent:page", args=[consent.pk]))


@staff(*DESK)
@require_POST
def send_link(request: StaffRequest, consent_id: int) -> HttpResponse:
    """Make a private link to the text; shown this once, with a code to scan."""
    now = timezone.now()
    consent = load(request, consent_id, now)
    if consent.ended_at is not None:
        context: dict[str, Any] = {"client": consent.client, "refused": None}
        return render(request, "consent/refused.html", context, status=HTTPStatus.CONFLICT)
    token = links.issue(
        actor=request.actor,
        client=consent.client,
        purpose="CONSENT",
        object_id=consent.pk,
        at=now,
    )
    address = settings.PUBLIC_URL.rstrip("/") + reverse("clients:link", args=[token])
    context = {
        "consent": consent,
        "client": consent.client,
        "address": address,
        "qr": qr_svg(address),
        "until": now + links.LASTS[ClientLink.Purpose.CONSENT],
    }
    return render(request, "consent/link.html", context)
