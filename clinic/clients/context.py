"""What a client's page says of the clinic: its name, and the number to call."""

from django.http import HttpRequest

from clinic.clients.models import ClientLink


def clinic(request: HttpRequest) -> dict[str, object]:
    """`clinic` (name, phone) on a page opened by a link; nothing elsewhere."""
    link = getattr(request, "link", None)
    if not isinstance(link, ClientLink):
        return {}
    site = link.site
    return {"clinic": {"name": site.name, "phone": site.phone}}
