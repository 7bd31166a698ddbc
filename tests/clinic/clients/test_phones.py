"""A phone number is one that can be called, and is one number however it is written."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.clients import phones
from clinic.clients.models import Client
from tests.clinic.clients.test_register import MAYA
from tests.factories.people import Cast


@pytest.mark.parametrize(
    ("typed", "kept", "digits"),
    [
        ("07700900123", "07700 900123", "447700900123"),
        ("+447700900123", "07700 900123", "447700900123"),
        ("0044 (0)7700 900-123", "07700 900123", "447700900123"),
        ("07700 900123 ext 4", "07700 900123 ext. 4", "447700900123"),
        ("020 7946 0018 x33", "020 7946 0018 ext. 33", "442079460018"),
        ("+48 601234567", "+48 601 234 567", "48601234567"),
        ("(020) 7946-0000", "020 7946 0000", "442079460000"),
    ],
)
def test_a_number_is_kept_as_people_write_it(
    client: Browser, cast: Cast, typed: str, kept: str, digits: str
) -> None:
    client.force_login(cast.fred)
    client.post(reverse("clients:new"), MAYA | {"phone": typed})
    added = Client.objects.get()
    assert (added.phone, added.phone_digits, added.tel) == (kept, digits, f"+{digits}")


@pytest.mark.parametrize(
    "typed",
    [
        "12/04/1990",
        "12.4.1990",
        "1990-04-12",
        "0770090012",
        "077009001234567",
        "ext 4",
        "999",
        "+999 1234567",
        "call me",
        "----------",
    ],
)
def test_what_cannot_be_called_is_refused_beside_its_field(
    client: Browser, cast: Cast, typed: str
) -> None:
    client.force_login(cast.fred)
    page = client.post(reverse("clients:new"), MAYA | {"phone": typed}).content.decode()
    assert "Please give a whole phone number" in page
    assert f'value="{typed}"' in page
    assert not Client.objects.exists()


def test_a_number_is_read_as_in_its_country() -> None:
    assert phones.digits("085 012 3456", "IE") == "353850123456"
    number = phones.parse("+353 85 012 3456", "IE")
    assert number is not None
    assert phones.as_written(number, "IE") == "085 012 3456"
    assert phones.as_written(number, "GB") == "+353 85 012 3456"
