"""Photo permission alone is taken back: its own act, its own audit; the consent stays in force."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.clients import links
from clinic.consent import actions
from clinic.consent.models import Consent, PhotosTakenBack
from clinic.consent.queries import photo_choices
from clinic.core.errors import Refused
from tests.clinic.consent.conftest import as_client, sign
from tests.factories import NOW, Cast

LATER = NOW + timedelta(days=3)


def take_back(consent: Consent, photo: str = "clinical") -> None:
    actor = as_client(consent.client)
    actions.take_photos_back(actor=actor, consent=consent, photo=photo, at=LATER)


def test_one_permission_ends_and_the_consent_stays(given: Consent) -> None:
    sign(given, choices={"clinical": "yes", "teaching": "yes", "publicity": "no"})
    take_back(given)
    given.refresh_from_db()
    assert given.live
    found = {one.id: one.still_permitted for one in photo_choices(given)}
    assert found == {"clinical": False, "teaching": True, "publicity": False}
    noted = Event.objects.get(verb="consent.take_photos_back")
    assert (noted.client_id, noted.detail["photo"]) == (given.client_id, "clinical")


@pytest.mark.parametrize("photo", ["publicity", "press", ""])
def test_only_what_was_permitted_is_taken_back(given: Consent, photo: str) -> None:
    with pytest.raises(Refused, match="not permitted"):
        take_back(given, photo)
    sign(given)
    with pytest.raises(Refused, match="not permitted"):
        take_back(given, photo)


def test_it_is_taken_back_once_and_for_good(given: Consent) -> None:
    sign(given)
    take_back(given)
    with pytest.raises(Refused, match="already"):
        take_back(given)
    for statement in ("DELETE FROM", "UPDATE"):
        rest = " SET photo = 'teaching'" if statement == "UPDATE" else ""
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} consent_photostakenback{rest}")


def test_at_the_desk(client: Browser, cast: Cast, given: Consent) -> None:
    sign(given)
    with time_machine.travel(LATER, tick=False):
        client.force_login(cast.fred)
        there = reverse("consent:photos", args=[given.pk])
        assert client.post(there, {"photo": "clinical"}).status_code == 302
        page = client.get(reverse("consent:page", args=[given.pk])).content.decode()
        assert "taken back" in page
        assert client.post(there, {"photo": "clinical"}).status_code == 409


def test_by_the_clients_own_link(client: Browser, cast: Cast, given: Consent) -> None:
    sign(given)
    with time_machine.travel(LATER, tick=False):
        token = links.issue(
            actor=cast.actor(cast.fred),
            client=given.client,
            purpose="CONSENT",
            object_id=given.pk,
            at=LATER,
        )
        there = reverse("consent:client_photos", args=[token])
        done = reverse("consent:client_done", args=[token])
        assert client.get(there).status_code in (200, 405)
        client.post(done, {"link_date_of_birth": "1990-04-12"})
        assert client.get(there).status_code == 405
        assert "Change this to no" in client.get(done).content.decode()
        for _ in range(2):  # a second press is no error
            assert client.post(there, {"photo": "clinical"})["Location"] == done
        assert "Change this to no" not in client.get(done).content.decode()
    assert PhotosTakenBack.objects.get().actor_kind == "client"
