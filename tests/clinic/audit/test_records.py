"""Who did and read what: complete, by client, person or day, and itself on record."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.models import User
from clinic.audit.models import Event
from clinic.audit.words import VERBS, say
from clinic.clients import actions
from clinic.clients.models import Client
from clinic.core.actor import Role
from tests.access import assert_access
from tests.factories import people
from tests.factories.days import NOW
from tests.factories.people import Cast

ROOT = Path(settings.BASE_DIR)
URL = "audit:events"
READERS = {Role.AUDITOR, Role.MANAGER, Role.CLINICAL_LEAD}


def read(cast: Cast, user: User, who: Client, days: int = 0) -> None:
    at = NOW + timedelta(days=days)
    actions.open_record(actor=cast.actor(user), client_id=who.pk, at=at)


def shown(browser: Browser, /, **query: str | int) -> str:
    return browser.get(reverse(URL), query).content.decode()


def test_those_who_watch_over_the_clinic_may_read_it(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, URL, allowed_roles=READERS, wrong_method="post")


def test_a_reading_is_told_in_words(client: Browser, cast: Cast) -> None:
    read(cast, cast.petra, people.client(cast.riverside))
    client.force_login(cast.audra)
    page = shown(client)
    for words in ("Petra Novak", "Read the record", "Maya Lind"):
        assert words in page


def test_another_site_is_not_shown(client: Browser, cast: Cast) -> None:
    there = people.client(cast.hilltop, last_name="Ekberg")
    read(cast, cast.hana, there)
    client.force_login(cast.audra)
    for page in (shown(client), shown(client, client=there.pk)):
        assert "Ekberg" not in page
        assert "Nothing to show" in page


def test_the_trail_of_one_client_is_that_client_alone_and_reading_it_is_on_record(
    client: Browser, cast: Cast
) -> None:
    maya = people.client(cast.riverside)
    read(cast, cast.petra, maya)
    read(cast, cast.rosa, people.client(cast.riverside, first_name="Ole"))
    client.force_login(cast.audra)
    page = shown(client, client=maya.pk)
    rows = page.split("<tbody>")[1]
    assert "About Maya Lind" in page
    assert "Petra Novak" in rows
    assert "Rosa Marsh" not in rows
    told = Event.objects.get(verb="audit.read")
    assert (told.actor_id, told.client_id) == (cast.audra.pk, maya.pk)


def test_one_person_on_one_day(client: Browser, cast: Cast) -> None:
    maya = people.client(cast.riverside)
    for user, days in ((cast.petra, 0), (cast.petra, 1), (cast.rosa, 1)):
        read(cast, user, maya, days)
    client.force_login(cast.mark)
    rows = shown(client, person=cast.petra.pk, day="2026-06-02").split("<tbody>")[1]
    assert rows.count("Read the record") == 1
    assert 'datetime="2026-06-02' in rows
    assert "Rosa Marsh" not in rows


def test_what_is_asked_wrongly_is_told_beside_the_field(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    assert "Please give a real date" in shown(client, day="someday")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_are_told_too(client: Browser, cast: Cast, day: str) -> None:
    client.force_login(cast.lena)
    assert "Please check the year." in shown(client, day=day)


def test_pages_go_on_by_key_and_ask_a_fixed_number_of_queries(
    client: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    maya = people.client(cast.riverside)
    for number in range(120):
        read(cast, cast.petra, maya, -number)
    client.force_login(cast.audra)
    seen: list[str] = []
    url = reverse(URL)
    for _ in range(3):
        # session, user, places; staff (2), events, names of the clients, what waits for review
        with django_assert_num_queries(8):
            page = client.get(url).content.decode()
        seen += re.findall(r'datetime="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following.group(1) if following else ""
    assert (len(seen), len(set(seen)), url) == (120, 120, "")
    newer = re.search(r'rel="prev" href="([^"]+)"', page)
    assert newer
    assert (
        re.findall(r'datetime="([^"]+)"', client.get(newer.group(1)).content.decode())
        == (seen[50:100])
    )


def test_the_application_cannot_change_a_row(cast: Cast) -> None:
    read(cast, cast.petra, people.client(cast.riverside))
    rows = Event.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(actor_name="Nobody")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_every_act_of_the_clinic_has_words() -> None:
    rooms = "|".join({verb.split(".")[0] for verb in VERBS})
    named = re.compile(rf"[\"']((?:{rooms})\.[a-z_]+)[\"'](?!\s*[:/])")
    files = [*ROOT.glob("clinic/**/*.py"), *ROOT.glob("aftercare/**/*.py")]
    used = {verb for file in files for verb in named.findall(file.read_text())}
    labels = {model._meta.label_lower for model in apps.get_models()}
    assert len(used) > 40
    assert used - labels - VERBS.keys() == set()


def test_a_verb_without_words_of_its_own_is_still_readable() -> None:
    assert say("consent.counter_sign") == "Consent: counter sign"
