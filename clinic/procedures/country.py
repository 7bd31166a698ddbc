"""Saying in which country a site is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.countries import COUNTRIES
from clinic.accounts.models import Site
from clinic.audit.record import record
from clinic.core.actor import Actor, Role
from clinic.core.edits import must_be_as_opened
from clinic.core.errors import Refused


@transaction.atomic
def change_country(*, actor: Actor, country: str, at: datetime, opened: str = "") -> Site:
    """Change the country of the actor's own site, a key of `COUNTRIES`, from now on.

    What was screened before keeps what it was judged by. Raises Refused; EditedMeanwhile where
    somebody else changed it since the page with the mark `opened`.
    """
    if not actor.has(Role.MANAGER, Role.CLINICAL_LEAD):
        raise Refused(_("A manager or clinical lead says where a site is."))
    if country not in COUNTRIES:
        raise Refused(_("Please choose a country from the list."))
    site = Site.objects.select_for_update(no_key=True).get(pk=actor.at_site)
    must_be_as_opened(opened, {"country": site.country})
    before, site.country = site.country, country
    if before != country:
        site.save(update_fields=["country"])
        record(actor=actor, verb="site.change", at=at, subject=site, country=country, before=before)
    return site
