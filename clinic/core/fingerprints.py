"""A fingerprint is computed from what is shown, each time; what differs is not served."""

import hashlib
import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


class NotAsKept(Exception):
    """Kept evidence is not what its fingerprint says: it was changed after it was kept."""


def as_kept(*, computed: str, kept: str, what: str) -> str:
    """The fingerprint just computed, where it is the one on record. Raises NotAsKept.

    `what` names kind and number for the log ("consent 12"), never a person.
    """
    if computed != kept:
        raise NotAsKept(what)
    return computed


def bytes_as_kept(given: bytes | memoryview, *, kept: str, what: str) -> bytes:
    """The bytes of a kept paper, where they are the ones on record. Raises NotAsKept."""
    paper = bytes(given)
    as_kept(computed=hashlib.sha256(paper).hexdigest(), kept=kept, what=what)
    return paper


def not_as_kept(request: HttpRequest, error: NotAsKept) -> HttpResponse:
    """In plain words, in place of what would have been vouched for."""
    logger.error("kept evidence was changed: %s", error)
    return render(request, "not_as_kept.html", status=409)
