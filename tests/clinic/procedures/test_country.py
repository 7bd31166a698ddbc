"""A site says in which country it is; law and emergency numbers go by it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.core.actor import Role
from clinic.core.edits import EditedMeanwhile, fingerprint
from clinic.core.errors import Refused
from clinic.procedures.country import change_country
from tests.access import assert_access
from tests.factories import NOW, Cast

pytestmark = pytest.mark.django_db
LEADS = {Role.MANAGER, Role.CLINICAL_LEAD}


def test_managers_and_clinical_leads_say_where_their_site_is(client: Browser, cast: Cast) -> None:
    for method, data in (("get", None), ("post", {"country": "GB-SCT"})):
        assert_access(
            client, cast, "procedures:site", allowed_roles=LEADS, method=method, data=data
        )


def test_a_site_in_scotland(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("procedures:site"), {"country": "GB-SCT"}, follow=True)
    assert "Country: Scotland." in page.content.decode()
    cast.hilltop.refresh_from_db()
    assert cast.hilltop.country == "GB", "another site is where it was"
    told = Event.objects.get(verb="site.change")
    assert told.detail == {"country": "GB-SCT", "before": "GB"}


def test_no_other_country(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("procedures:site"), {"country": "XX"})
    assert "Select a valid choice" in page.content.decode()
    with pytest.raises(Refused, match="from the list"):
        change_country(actor=cast.actor(cast.mark), country="XX", at=NOW)
    with pytest.raises(IntegrityError, match="a_site_is_in_a_country"), transaction.atomic():
        Site.objects.update(country="Scotland"[:6])


def test_two_who_have_the_page_open(cast: Cast) -> None:
    opened = fingerprint({"country": "GB"})
    mark = cast.actor(cast.mark)
    change_country(actor=mark, country="IE", at=NOW, opened=opened)
    with pytest.raises(EditedMeanwhile):
        change_country(actor=mark, country="NZ", at=NOW, opened=opened)
    assert Site.objects.get(pk=cast.riverside.pk).country == "IE"
