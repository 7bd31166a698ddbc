"""What goes with a signature: the name, who was there, what was asked, capacity; and a refusal."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from clinic.booking.models import Appointment
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.saying import CAPACITY, Beside, same_name
from clinic.core.errors import Refused
from tests.clinic.consent.conftest import as_client, sign
from tests.clinic.consent.test_attacks import insert
from tests.clinic.consent.test_pages import answers
from tests.factories import NOW, Cast, journey
from tests.factories.days import TUESDAY, at

WHOLE = Beside(capacity=tuple(CAPACITY), asked=False)


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("Maya Lind", True),
        ("maya  LIND", True),
        ("Lind, Maya", True),
        ("Mâya Lind", True),
        ("Mickey Mouse", False),
        ("Maya", False),
        ("Maya Lind Smith", False),
        ("Mia Lind", False),
        ("王", False),
    ],
)
def test_names_are_compared_by_their_words(printed: str, *, same: bool) -> None:
    assert same_name(printed, "Maya Lind") is same


def test_another_name_signs_only_with_a_reason(given: Consent) -> None:
    for why in ("", "  "):
        with pytest.raises(Refused, match="This is not the name we have: Maya Lind"):
            sign(given, printed_name="Mickey Mouse", beside=Beside(name_explained=why))
    made = sign(given, printed_name="Maya Berg", beside=Beside(name_explained="I married in May."))
    assert (made.name_differs, made.name_explained) == (True, "I married in May.")


def test_the_page_asks_why_the_name_differs_and_loses_nothing(
    client: Browser, cast: Cast, given: Consent
) -> None:
    with time_machine.travel(NOW.replace(day=3, hour=13), tick=False):
        client.force_login(cast.fred)
        there = reverse("consent:sign", args=[given.pk])
        assert "name_explained" not in client.get(there).content.decode()
        sent = answers(given, printed_name="Mickey Mouse", typed="Mickey Mouse")
        page = client.post(there, sent).content.decode()
        block = page[page.index('id="div_id_name_explained"') :][:900]
        assert "This is not the name we have: Maya Lind." in block
        assert 'value="Mickey Mouse"' in page
        assert not Signature.objects.exists()
        sent |= {"name_explained": "My stage name.", "with_interpreter": "Ana Ruiz, Spanish"}
        assert client.post(there, sent).status_code == 302
    made = Signature.objects.get()
    assert (made.name_explained, made.present) == (
        "My stage name.",
        {"interpreter": "Ana Ruiz, Spanish"},
    )


@pytest.mark.parametrize("doubted", CAPACITY)
def test_with_doubt_nobody_countersigns(
    given: Consent, countersign: Callable[..., Signature], doubted: str
) -> None:
    sign(given)
    with pytest.raises(Refused, match="If you doubt one, do not sign"):
        countersign(given, beside=replace(WHOLE, capacity=[c for c in CAPACITY if c != doubted]))


@pytest.mark.parametrize(
    "said",
    [
        {"asked": None},
        {"asked": True},
        {"asked": True, "questions": "Will it hurt?"},
        {"asked": True, "questions": " ", "answers": "A little."},
    ],
)
def test_questions_are_kept_with_their_answers(
    given: Consent, countersign: Callable[..., Signature], said: dict[str, Any]
) -> None:
    sign(given)
    with pytest.raises(Refused, match="Say if the client asked anything"):
        countersign(given, beside=replace(WHOLE, **said))


@pytest.mark.parametrize(
    ("lie", "promise"),
    [
        ({"capacity": ["understands", "retains", "weighs"]}, "capacity_is_stated"),
        ({"capacity": []}, "capacity_is_stated"),
        ({"asked": None}, "questions_come_with_answers"),
        ({"asked": True, "questions": "Will it hurt?"}, "questions_come_with_answers"),
        ({"name_differs": True}, "a_difference_of_names_is_explained"),
    ],
)
def test_the_database_keeps_it_too(
    cast: Cast, given: Consent, lie: dict[str, Any], promise: str
) -> None:
    sign(given)
    with pytest.raises(IntegrityError, match=promise):
        insert(given, kind="PRACTITIONER", signed_by_id=cast.petra.pk, **lie)


def test_the_countersigning_page_has_no_default_and_keeps_what_was_typed(
    client: Browser, cast: Cast, given: Consent
) -> None:
    sign(given)
    with time_machine.travel(NOW.replace(day=3, hour=13), tick=False):
        client.force_login(cast.petra)
        there = reverse("consent:countersign", args=[given.pk])
        assert " checked" not in client.get(there).content.decode()
        sent = dict.fromkeys(CAPACITY, "on") | {"printed_name": "Petra Novak"}
        sent |= {"typed": "Petra Novak", "asked": "yes", "questions": "Will it hurt?"}
        page = client.post(there, sent | {"weighs": ""}).content.decode()
        assert "Please write it down in a few words." in page
        assert "If you doubt one, do not sign" in page
        assert "Will it hurt?" in page
        assert client.post(there, sent | {"answers": "A little."}).status_code == 302
        shown = client.get(reverse("consent:page", args=[given.pk])).content.decode()
        assert "The client asked: Will it hurt?" in shown


def test_it_stands_on_the_paper(given: Consent, countersign: Callable[..., Signature]) -> None:
    here = {"supporter": "Ida Berg", "witness": "Tom Hill"}
    why = Beside(name_explained="I married in May.", present=here)
    sign(given, printed_name="Maya Berg", beside=why)
    asked = replace(WHOLE, asked=True, questions="Will it hurt?", answers="A little.")
    countersign(given, beside=asked)
    reader = PdfReader(BytesIO(bytes(given.documents.get(signatures=2).pdf)))
    assert len(reader.pages) <= 3
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for needed in (
        "On record as Maya Lind. Why it is written in another way: I married in May.",
        "Supporter: Ida Berg",
        "Witness: Tom Hill",
        "The client can weigh it up, for and against.",
        "The client asked: Will it hurt?",
        "Answered: A little.",
    ):
        assert needed in text, needed


def test_refusing_holds_the_appointment_in_the_same_transaction(cast: Cast, given: Consent) -> None:
    held = journey.clearance(given.client, given.procedure, screening=given.screening)
    booked = journey.appointment(cast, given.client, held=held, start=at(TUESDAY, 10))
    actions.refuse(actor=as_client(given.client), consent=given, cause="", at=NOW)
    booked.refresh_from_db()
    assert booked.status == Appointment.Status.ON_HOLD
    change = booked.changes.get(status="ON_HOLD")
    assert (change.cause, change.actor_name) == ("The client refused consent.", "Maya Lind")
