"""Where the sources disagree: all of it for all staff, and beside the finding it bears on."""

from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils.html import escape

from clinic.core.actor import Role
from screening.actions import publish
from screening.models import RulePack
from screening.packs import latest
from tests import factories
from tests.access import assert_access
from tests.factories import Cast
from tests.factories.days import NOW
from tests.screening.cases import bare_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield factories.cast()


@pytest.fixture
def newest(cast: Cast) -> RulePack:
    factories.screening(factories.client(cast.riverside), cast.pen, findings=[{}])
    return RulePack.objects.get()


def test_all_staff_may_read_them(client: Browser, cast: Cast, newest: RulePack) -> None:
    assert_access(client, cast, "review:disagreements", allowed_roles=list(Role))
    assert_access(
        client,
        cast,
        "review:disagreements_of",
        {"pack_id": newest.pk},
        allowed_roles=list(Role),
        missing={"pack_id": 10**9},
    )


def test_without_any_rules_there_is_nothing_to_read(client: Browser, cast: Cast) -> None:
    client.force_login(cast.audra)
    assert client.get(reverse("review:disagreements")).status_code == 404


def test_all_thirty_two_are_told_in_full(
    client: Browser, cast: Cast, newest: RulePack, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.audra)
    with django_assert_max_num_queries(9):
        answer = client.get(reverse("review:disagreements"))
    page = answer.content.decode()
    assert len(latest().conflicts) == 32
    for conflict in latest().conflicts:
        for words in (conflict.topic, conflict.claim_a, conflict.claim_b, conflict.resolution):
            assert escape(words) in page, conflict.id
        assert f'id="{conflict.id}"' in page
    assert len(answer.content) < 100_000


def test_a_version_that_tells_none_says_so(client: Browser, cast: Cast) -> None:
    old = publish(bare_tables(), at=NOW)
    client.force_login(cast.petra)
    page = client.get(reverse("review:disagreements_of", args=[old.pk])).content.decode()
    assert "Nothing told" in page


def test_beside_its_finding_and_beside_no_other(client: Browser, cast: Cast) -> None:
    thinner = {"code": "blood_thinners", "title": "Blood thinners", "sources": ["R34"]}
    calm = {"code": "diabetes", "title": "Diabetes"}
    maya = factories.client(cast.riverside)
    screening = factories.screening(maya, cast.pen, findings=[thinner, calm])
    client.force_login(cast.petra)
    page = client.get(reverse("review:case", args=[screening.pk])).content.decode()
    one, other = page.split("<article")[1:3]
    assert "The sources disagree: Blood thinners" in one
    assert "NEVER tell a client to stop a prescribed medicine." in one
    assert f"{reverse('review:disagreements_of', args=[screening.pack_id])}#K13" in one
    assert "read on its own page" in one
    assert "The sources disagree" not in other.split("</article>")[0]
