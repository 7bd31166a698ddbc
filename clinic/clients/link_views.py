"""Where a private link begins."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.accounts.access import with_policy
from clinic.clients import links
from clinic.clients.access import closed_page


@require_safe
def _link(request: HttpRequest, token: str) -> HttpResponse:
    """On to the page that the link was made for, which asks for the date of birth itself."""
    try:
        found = links.look_up(token, timezone.now())
        address = links.first_page(found, token)
    except links.LinkClosed as closed:
        return closed_page(request, closed.link)
    return HttpResponseRedirect(address)


link = with_policy(_link, "client")
