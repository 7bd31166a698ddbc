"""A site says in which country it is, when it is open and which rooms are in use."""

from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.core.actor import Role
from clinic.core.edits import EditedMeanwhile, fingerprint
from clinic.core.errors import Refused
from clinic.procedures.site_details import change_site, details
from tests.access import assert_access
from tests.factories import NOW, Cast

pytestmark = pytest.mark.django_db
LEADS = {Role.MANAGER, Role.CLINICAL_LEAD}


def values(cast: Cast, **changed: Any) -> dict[str, Any]:
    """The page of the site as it is posted, with some of it changed."""
    rooms = [cast.room.pk, cast.second_room.pk]
    return {"country": "GB", "opens": "09:00", "closes": "18:00", "rooms": rooms} | changed


def as_it_is(cast: Cast, **changed: Any) -> dict[str, Any]:
    """The arguments of `change_site` for the site as it is, with some of it changed."""
    return {
        "country": "GB",
        "opens": time(9),
        "closes": time(18),
        "rooms": [cast.room, cast.second_room],
    } | changed


def test_managers_and_clinical_leads_say_where_their_site_is(client: Browser, cast: Cast) -> None:
    for method, data in (("get", None), ("post", values(cast))):
        assert_access(
            client, cast, "procedures:site", allowed_roles=LEADS, method=method, data=data
        )


def test_a_site_in_scotland(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("procedures:site"), values(cast, country="GB-SCT"), follow=True)
    assert "Country: Scotland." in page.content.decode()
    cast.hilltop.refresh_from_db()
    assert cast.hilltop.country == "GB", "another site is where it was"
    told = Event.objects.get(verb="site.change")
    assert told.detail == {
        "now": {"country": "GB-SCT"},
        "before": {"country": "GB"},
        "rooms": [],
    }


def test_no_other_country(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("procedures:site"), values(cast, country="XX"))
    assert "Select a valid choice" in page.content.decode()
    with pytest.raises(Refused, match="from the list"):
        change_site(actor=cast.actor(cast.mark), at=NOW, **as_it_is(cast, country="XX"))
    with pytest.raises(IntegrityError, match="a_site_is_in_a_country"), transaction.atomic():
        Site.objects.update(country="Scotland"[:6])


def test_two_who_have_the_page_open(cast: Cast) -> None:
    opened = fingerprint(details(cast.riverside))
    mark = cast.actor(cast.mark)
    change_site(actor=mark, at=NOW, opened=opened, **as_it_is(cast, country="IE"))
    with pytest.raises(EditedMeanwhile):
        change_site(actor=mark, at=NOW, opened=opened, **as_it_is(cast, country="NZ"))
    assert Site.objects.get(pk=cast.riverside.pk).country == "IE"


def test_it_closes_after_it_opens(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("procedures:site"), values(cast, closes="09:00"))
    assert "The clinic closes after it opens." in page.content.decode()
    with pytest.raises(Refused, match="closes after it opens"):
        change_site(actor=cast.actor(cast.mark), at=NOW, **as_it_is(cast, closes=time(8)))
