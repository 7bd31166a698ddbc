"""What a load balancer asks."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clinic.core import queries


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
