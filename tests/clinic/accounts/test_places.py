"""A person works at one site at a time, and never at one that is not theirs."""

from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.models import Membership
from clinic.core.actor import Role
from tests.access import assert_access
from tests.factories import people
from tests.factories.people import Cast

SWITCH = "accounts:switch_site"


def test_everybody_on_the_staff_may_choose_among_their_own(client: Browser, cast: Cast) -> None:
    assert_access(
        client,
        cast,
        "accounts:staff",
        allowed_roles={Role.MANAGER, Role.CLINICAL_LEAD, Role.AUDITOR},
        wrong_method="post",
    )
    client.force_login(cast.fred)
    assert client.get(reverse(SWITCH)).status_code == 405


def test_at_the_other_site_only_its_clients_are_there(client: Browser, cast: Cast) -> None:
    Membership.objects.create(user=cast.fred, site=cast.hilltop, role=Role.FRONT_DESK)
    here = people.client(cast.riverside)
    there = people.client(cast.hilltop, last_name="Ekberg")
    client.force_login(cast.fred)
    client.post(reverse(SWITCH), {"site": cast.hilltop.pk})
    statuses = [
        client.get(reverse("journey:client", args=[one.pk])).status_code for one in (here, there)
    ]
    assert statuses == [404, 200]


def test_roles_count_only_at_the_site_that_gave_them(client: Browser, cast: Cast) -> None:
    Membership.objects.create(user=cast.fred, site=cast.hilltop, role=Role.MANAGER)
    client.force_login(cast.fred)
    client.post(reverse(SWITCH), {"site": cast.riverside.pk})
    assert client.get(reverse("accounts:staff")).status_code == 403
    client.post(reverse(SWITCH), {"site": cast.hilltop.pk})
    assert client.get(reverse("accounts:staff")).status_code == 200


def test_a_site_of_others_does_not_exist(client: Browser, cast: Cast) -> None:
    client.force_login(cast.fred)
    for site in (cast.hilltop.pk, 0, "x", ""):
        assert client.post(reverse(SWITCH), {"site": site}).status_code == 404
    assert client.get(reverse("clients:list")).status_code == 200


def test_the_bar_shows_who_one_is_and_where_to_go(client: Browser, cast: Cast) -> None:
    shown = {}
    for name in ("fred", "mark", "audra"):
        client.force_login(getattr(cast, name))
        shown[name] = client.get(reverse("clients:list")).content.decode()
    assert "Front desk · Riverside" in shown["fred"]
    links = [reverse(name) for name in ("accounts:staff", "procedures:list", "audit:events")]
    for link in links:
        assert f'href="{link}"' not in shown["fred"]
        assert f'href="{link}"' in shown["mark"]
        assert f'href="{link}"' in shown["audra"]


def test_a_page_asks_once_where_somebody_works(
    client: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.mark)
    # session, user, memberships; the two of the list itself; what waits for review
    with django_assert_num_queries(6):
        client.get(reverse("accounts:staff"))
