"""The client signs: the same steps on the clinic's tablet and by private link."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from clinic.consent import actions
from clinic.consent.errors import TextChanged
from clinic.consent.forms import ConsentForm
from clinic.consent.models import Consent
from clinic.consent.views.parts import text_context
from clinic.core.actor import Actor
from clinic.core.errors import Refused


def read_step(request: HttpRequest, consent: Consent, around: dict[str, Any]) -> HttpResponse:
    """While the time to think runs: the text to read, nothing to tick, and nothing is taken."""
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    context = text_context(consent) | around
    return render(request, "consent/client_read.html", context, status=status)


def sign_step(
    request: HttpRequest, actor: Actor, consent: Consent, *, done_url: str, around: dict[str, Any]
) -> HttpResponse:
    """Show the text to tick and sign, or take the signature and go to `done_url`.

    `around` is what this way of signing adds to the page. What was typed stays, but where the
    text is another than the one that was ticked: then it is read and ticked again.
    """
    if request.method != "POST":
        return _page(request, consent, ConsentForm(content=consent.content), around)
    form = ConsentForm(request.POST, content=consent.content)
    if not form.is_valid():
        return _page(request, consent, form, around)
    try:
        actions.sign_client(
            actor=actor,
            consent=consent,
            at=timezone.now(),
            **form.signature(),
            **form.consent(),
        )
    except TextChanged as changed:
        form = ConsentForm(
            content=consent.content, initial={"printed_name": form.cleaned_data["printed_name"]}
        )
        around = around | {"refused": changed.message}
        return _page(request, consent, form, around, status=HTTPStatus.CONFLICT)
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, consent, form, around, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(done_url)


def _page(
    request: HttpRequest,
    consent: Consent,
    form: ConsentForm,
    around: dict[str, Any],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = text_context(consent, form) | around
    context |= {"form": form, "photos": [form[name] for name in form.photos]}
    return render(request, "consent/sign.html", context, status=status)
