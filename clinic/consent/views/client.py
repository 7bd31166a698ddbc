"""The client's own way, by a private link: read, sign, say no, take it back, keep the paper."""

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.clients.access import LinkRequest, client_link
from clinic.clients.actions import open_record
from clinic.consent import actions, queries
from clinic.consent.forms import CauseForm
from clinic.consent.marks import mark_of
from clinic.consent.models import Consent
from clinic.consent.standing import Standing
from clinic.consent.views.parts import is_thinking, paper, text_context
from clinic.consent.views.signing import read_step, sign_step
from clinic.core.errors import Refused
from clinic.core.shortcuts import or_404

PURPOSE = "CONSENT"
BEFORE_SIGNING = (Standing.NOT_GIVEN, Standing.COOLING_OFF, Standing.CLIENT_SIGNS)
WAYS = ["GET", "HEAD", "POST"]


@client_link(PURPOSE)
@require_http_methods(WAYS)
def sign(request: LinkRequest, token: str) -> HttpResponse:
    """Read; once the time to think is over, tick, choose and sign; afterwards, where it stands."""
    consent = _opened(request)
    standing = _standing(consent)
    no_url = reverse("consent:client_refuse", args=[token])
    if standing is Standing.COOLING_OFF:
        return read_step(request, consent, {"no_url": no_url})
    if standing is not Standing.CLIENT_SIGNS:
        return HttpResponseRedirect(reverse("consent:client_done", args=[token]))
    return sign_step(
        request,
        request.actor,
        consent,
        done_url=reverse("consent:client_done", args=[token]),
        around={
            "no_url": no_url,
            "read_url": reverse("consent:client_read", args=[token]),
        },
    )


@client_link(PURPOSE)
@require_safe
def read(request: LinkRequest, token: str) -> HttpResponse:
    """The text alone, to read in peace or to print."""
    consent = _opened(request)
    context = text_context(consent) | {"sign_url": reverse("consent:client_sign", args=[token])}
    return render(request, "consent/client_read.html", context)


@client_link(PURPOSE)
@require_http_methods(WAYS)
def refuse(request: LinkRequest, token: str) -> HttpResponse:
    """ "I do not agree": asked once, no reason needed."""
    return _say_no(request, token, "consent/refuse.html", "consent:client_sign")


@client_link(PURPOSE)
@require_http_methods(WAYS)
def withdraw(request: LinkRequest, token: str) -> HttpResponse:
    """Take the consent back: asked once, no reason needed."""
    return _say_no(request, token, "consent/client_withdraw.html", "consent:client_done")


def _say_no(request: LinkRequest, token: str, template: str, back: str) -> HttpResponse:
    act = actions.refuse if template == "consent/refuse.html" else actions.withdraw
    consent = _consent(request)
    form = CauseForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            act(
                actor=request.actor,
                consent=consent,
                cause=form.cleaned_data["cause"],
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
            status = HTTPStatus.CONFLICT
        else:
            return HttpResponseRedirect(reverse("consent:client_done", args=[token]))
    context = {"form": form, "consent": consent, "back_url": reverse(back, args=[token])}
    return render(request, template, context, status=status)


@client_link(PURPOSE)
@require_safe
def done(request: LinkRequest, token: str) -> HttpResponse:
    """Where it stands, in the client's words."""
    consent = _consent(request)
    standing = _standing(consent)
    if standing in BEFORE_SIGNING:
        return HttpResponseRedirect(reverse("consent:client_sign", args=[token]))
    context = {
        "consent": consent,
        "standing": standing,
        "thinking": is_thinking(consent),
        "photos": queries.photo_choices(consent),
        "photos_url": reverse("consent:client_photos", args=[token]),
        "pdf_url": reverse("consent:client_pdf", args=[token]) if _signed(consent) else None,
        "original_url": reverse("consent:client_original", args=[token])
        if _signed(consent) and mark_of(consent, standing)
        else None,
        "withdraw_url": None
        if standing.has_ended
        else reverse("consent:client_withdraw", args=[token]),
    }
    return render(request, "consent/done.html", context)


@client_link(PURPOSE)
@require_POST
def photos(request: LinkRequest, token: str) -> HttpResponse:
    """Take back one permission for photos; the consent itself stays. Again is no change."""
    consent = _consent(request)
    photo = request.POST.get("photo", "")
    with suppress(Refused):
        actions.take_photos_back(
            actor=request.actor, consent=consent, photo=photo, at=timezone.now()
        )
    return HttpResponseRedirect(reverse("consent:client_done", args=[token]))


@client_link(PURPOSE)
@require_safe
def pdf(request: LinkRequest, token: str) -> HttpResponse:
    """The client's own copy of what was signed; it says so if it no longer counts."""
    consent = _consent(request)
    kept = or_404(actions.paper_of, consent=consent, at=timezone.now())
    return paper(kept, mark_of(consent, _standing(consent)))


@client_link(PURPOSE)
@require_safe
def original(request: LinkRequest, token: str) -> HttpResponse:
    """The paper as it was sealed, whatever has become of it."""
    return paper(or_404(actions.paper_of, consent=_consent(request), at=timezone.now()))


def _consent(request: LinkRequest) -> Consent:
    """The consent of the link, with the reading put on record."""
    found = or_404(queries.consent, request.actor, request.link.object_id)
    open_record(
        actor=request.actor, client_id=found.client_id, at=timezone.now(), verb="consent.read"
    )
    return found


def _opened(request: LinkRequest) -> Consent:
    """The consent of the link, in the client's hands now: the time to think runs from here."""
    consent = _consent(request)
    if _standing(consent) is not Standing.NOT_GIVEN:
        return consent
    return actions.hand_over(
        actor=request.actor, consent=consent, how=Consent.Handed.LINK, at=timezone.now()
    )


def _standing(consent: Consent) -> Standing:
    now = timezone.now()
    return queries.standing_of(consent, now=now, today=timezone.localdate(now))


def _signed(consent: Consent) -> bool:
    return consent.signatures.exists()
