"""Headers on every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from clinic.core.fingerprints import NotAsKept, not_as_kept

GetResponse = Callable[[HttpRequest], HttpResponse]

# `data:` is for the small pictures inside Bootstrap's style sheet and for a drawn signature.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: GetResponse) -> GetResponse:
    """No script, style or font but our own, none of it inline; no device access."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return respond


def nothing_stored(get_response: GetResponse) -> GetResponse:
    """Every page may hold a client's answers, so no browser or proxy keeps a copy."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return respond


class EvidenceVouchesForItself:
    """A record that was changed after it was kept is said so, on whatever page it was asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page in words for `NotAsKept`; every other error is left to others."""
        return not_as_kept(request, error) if isinstance(error, NotAsKept) else None
