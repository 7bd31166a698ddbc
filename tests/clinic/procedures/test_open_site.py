"""A clinic of one's own: a site, its procedures, and a manager who can sign in."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Membership, Site, User
from clinic.procedures.models import Procedure, Room

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk by the river"


def open_it(monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD, **changed: Any) -> str:
    told = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    options = {
        "address": "14 Ferry Lane, London",
        "phone": "020 7946 0112",
        "emergency_phone": "020 7946 0119",
        "rooms": 2,
        "manager_email": "Manager@clinic.example",
        "manager_name": "Moira Sterling",
    }
    call_command("open_site", "Riverside", stdout=told, **(options | changed))
    return told.getvalue()


def test_an_opened_site_can_be_worked_at(monkeypatch: pytest.MonkeyPatch, client: Browser) -> None:
    assert "Riverside is open" in open_it(monkeypatch)
    site = Site.objects.get()
    assert Room.objects.filter(site=site).count() == 2
    offered = Procedure.objects.filter(site=site).order_by("modality")
    assert [one.modality for one in offered] == ["MN_PEN", "MN_ROLLER", "RF_MN"]
    assert [one.cooling_off_hours for one in offered] == [24, 24, 48]
    assert Membership.objects.get().role == "manager"
    sent = {"email": "manager@clinic.example", "password": PASSWORD}
    client.post(reverse("accounts:sign_in"), sent)
    assert "Moira Sterling" in client.get(reverse("journey:today")).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"emergency_phone": " "}, "emergency"),
        ({"country": "SCO"}, "GB-SCT"),
        ({"address": "14 Ferry Lane \U0001f600"}, "cannot be printed"),
        ({"phone": "020\u202e7946"}, "cannot be printed"),
        ({"emergency_phone": "\u2603\ufe0f"}, "cannot be printed"),
        ({"manager_name": "Moira \U0001f600"}, "cannot be printed"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        open_it(monkeypatch, **changed)
    assert not Site.objects.exists()
    assert not User.objects.exists()


def test_a_name_that_no_paper_can_draw_opens_no_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    needed = {
        "address": "14 Ferry Lane",
        "phone": "1",
        "emergency_phone": "1",
        "manager_email": "m@clinic.example",
        "manager_name": "Moira",
    }
    with pytest.raises(CommandError, match="cannot be printed"):
        call_command("open_site", "River\U0001f30a", **needed)
    assert not Site.objects.exists()


def test_a_site_is_opened_in_its_country(monkeypatch: pytest.MonkeyPatch) -> None:
    open_it(monkeypatch, country="GB-SCT")
    assert Site.objects.get().get_country_display() == "Scotland"


def test_a_site_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    open_it(monkeypatch)
    with pytest.raises(CommandError, match="this name already"):
        open_it(monkeypatch)
    assert Site.objects.count() == 1
