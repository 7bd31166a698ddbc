"""What a load balancer asks."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.http import require_safe

from clinic.core import queries
from clinic.core.trouble import trouble

AGAIN_IN = "10"  # seconds


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Able to serve: the database answers and every migration is applied; otherwise 503."""
    problem = queries.not_ready()
    text, status = (f"{problem}\n", 503) if problem else ("ready\n", 200)
    return HttpResponse(text, status=status, content_type="text/plain")


def server_error(request: HttpRequest) -> HttpResponse:
    """What failed in a page: 503 where the database cannot serve, otherwise 500."""
    problem = trouble(sys.exc_info()[1])
    if problem is None:
        return defaults.server_error(request)
    page = render_to_string("503.html", {"problem": problem})
    return HttpResponse(page, status=503, headers={"Retry-After": AGAIN_IN})
