"""The answers that `static/js/autosave.js` understands."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.form_drafts import ChangedElsewhere, Save, keep, kept_of


def answer(request: HttpRequest, *, key: str, actor: Actor, at: datetime) -> JsonResponse:
    """GET: the version that is kept and a fresh token. POST: keep what was sent.

    The view that calls this has checked that the form is still open and the actor may fill it in,
    inside the same transaction.
    """
    if request.method != "POST":
        kept = kept_of(key)
        return JsonResponse({"version": kept.version if kept else 0, "token": get_token(request)})
    try:
        version = keep(key=key, actor=actor, save=Save.read(request.POST), at=at)
    except ChangedElsewhere as newer:
        told = {"said": str(newer.message), "version": newer.version}
        return JsonResponse(told, status=HTTPStatus.CONFLICT)
    except Refused as refused:
        return JsonResponse({"said": str(refused.message)}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"version": version, "at": f"{timezone.localtime(at):%H:%M}"})
