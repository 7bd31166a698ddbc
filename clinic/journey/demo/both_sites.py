"""One client who is known at both sites: what arose at the first is told at the second."""

from datetime import datetime

from clinic.clients.actions import link_to_site
from clinic.clients.models import Client
from clinic.journey.demo.cast import Place


def link_one(places: tuple[Place, ...], at: datetime) -> None:
    """The second site's desk links a client of the first: with an open adverse event if any."""
    first, second = places[:2]
    known = Client.objects.filter(site=first.site).order_by("event_free", "pk").first()
    if known is not None:
        link_to_site(
            actor=second.desk,
            client_id=known.pk,
            at=at,
            first_name=known.first_name,
            last_name=known.last_name,
            date_of_birth=known.date_of_birth,
            phone=known.phone,
            email=known.email,
        )
