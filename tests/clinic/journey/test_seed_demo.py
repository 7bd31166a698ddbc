"""`manage.py seed_demo`: the same again from the same seed, and never over real records."""

import io
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model

from aftercare.models import IssuedSheet
from clinic.accounts.models import User
from clinic.audit.models import Event
from clinic.booking.models import Appointment, CheckIn, StatusChange
from clinic.clients.models import AdverseEvent, Client, ClientLink
from clinic.consent.models import Consent, ConsentDocument, Signature
from clinic.intake.models import Clearance, Finding, Intake, Screening, Submission
from clinic.journey.demo import running
from clinic.journey.demo.calendar import Calendar
from clinic.journey.demo.running import seed_clinic
from clinic.journey.demo.telling import users
from clinic.review.models import Confirmation, Decision
from clinic.treatments.models import Treatment, TreatmentRecord
from tests import factories

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 6, 16, 12, 0, tzinfo=LONDON)
TOLD: tuple[type[Model], ...] = (
    Client,
    ClientLink,
    Intake,
    Submission,
    Screening,
    Finding,
    Clearance,
    Decision,
    Confirmation,
    Consent,
    Signature,
    ConsentDocument,
    Appointment,
    CheckIn,
    StatusChange,
    Treatment,
    TreatmentRecord,
    AdverseEvent,
    IssuedSheet,
    Event,
)
KEYS = {"object_id", "client_id", "actor_id", "site_id", "decision_id", "decided_by_id", "detail"}
"""Keys go on counting, so here the second demo has others; papers print them."""
PRINTED: dict[type[Model], set[str]] = {
    ConsentDocument: {"pdf", "sha256"},
    IssuedSheet: {"pdf", "sha256"},
    Event: {"recorded_at"},  # the database's own clock
}


def rows() -> list[tuple[str, ...]]:
    """Every row of the demo, without its keys."""
    found: list[tuple[str, ...]] = []
    for model in TOLD:
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.is_relation)
            and field.attname not in KEYS | PRINTED.get(model, set())
        ]
        every = model._default_manager.order_by("pk").values_list(*columns)
        found += [(model.__name__, *map(_plain, row)) for row in every]
    return found


def _plain(value: Any) -> str:
    if isinstance(value, dict) and "number" in value.get("client", ()):
        # Keys that the sheet prints.
        value = value | {"client": value["client"] | {"number": ""}, "record_number": ""}
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def made(seed: int, when: datetime = TUESDAY, clients: int = 60) -> list[tuple[str, ...]]:
    """The rows of a demo that is taken back again."""
    with transaction.atomic():
        demo = seed_clinic(clients=clients, seed=seed, now=when)
        assert demo.broken_off == 0
        found = [*rows(), *(tuple(map(str, user.values())) for user in users(demo))]
        transaction.set_rollback(True)
    return found


def told(*args: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("seed_demo", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def few_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are slow to draw; two of each tell whether they repeat themselves."""
    monkeypatch.setattr(running, "MOST_PAPERS", 4)


@pytest.mark.usefixtures("db", "few_papers")
def test_the_same_seed_on_the_same_day_gives_the_same_data() -> None:
    first = made(7)
    again = made(7, TUESDAY.replace(hour=17, minute=41))
    assert [pair for pair in zip(first, again, strict=True) if pair[0] != pair[1]] == []
    other = made(8, clients=12)
    assert {row[1] for row in other} != {row[1] for row in first}


@pytest.mark.usefixtures("db", "few_papers")
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 21, 3, 0, tzinfo=LONDON),  # a Sunday, in the night
        datetime(2026, 3, 30, 9, 0, tzinfo=LONDON),  # the day after the clocks changed
        datetime(2024, 2, 29, 23, 59, tzinfo=LONDON),
    ],
)
def test_it_can_be_made_on_any_day(moment: datetime) -> None:
    demo = seed_clinic(clients=70, seed=3, now=moment)
    assert demo.broken_off == 0
    assert not Event.objects.filter(at__gt=moment).exists()


def test_in_the_small_hours_nothing_is_stamped_ahead_of_the_clock() -> None:
    early = Calendar.around(datetime(2026, 6, 16, 3, 0, tzinfo=LONDON))
    assert early.latest <= datetime(2026, 6, 16, 3, 0, tzinfo=LONDON)
    assert Calendar.around(TUESDAY).latest <= TUESDAY


@pytest.mark.usefixtures("db")
def test_it_refuses_where_real_records_are() -> None:
    factories.client(factories.cast().riverside)
    before = Client.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match="real records"):
        told("--clients", "1")
    assert told("--clients", "1", "--if-empty") == ""
    assert (Client.objects.count(), User.objects.count()) == before


@pytest.mark.usefixtures("db")
def test_a_second_time_it_refuses_or_tells_the_same() -> None:
    first = json.loads(told("--clients", "3", "--seed", "5", "--json"))
    with pytest.raises(CommandError, match="already"):
        told("--clients", "3")
    assert json.loads(told("--if-empty", "--json"))["users"] == first["users"]
    assert Client.objects.count() == 3


@pytest.mark.usefixtures("db")
def test_the_sign_ins_are_printed() -> None:
    printed = told("--clients", "0")
    for user in User.objects.all():
        assert user.email in printed
    assert "front.desk@riverside.example" in printed


@pytest.mark.usefixtures("db")
def test_an_odd_number_of_clients_is_refused() -> None:
    with pytest.raises(CommandError, match="--clients"):
        told("--clients", "-1")
