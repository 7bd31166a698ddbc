"""The time to think: one rule for page, action, standing, gate and database."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.clients import links
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.queries import standing_of
from clinic.consent.standing import Facts, Standing, can_sign, standing
from clinic.core.errors import Refused
from clinic.intake.models import Screening
from tests.clinic.consent.conftest import as_client, sign
from tests.factories import MONDAY, NOW, Cast

UNTIL = NOW + timedelta(hours=48)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def prepared(cast: Cast, screened: Screening, published: None) -> Consent:
    """Made ready at the desk; nobody has it yet."""
    return actions.prepare(actor=cast.actor(cast.fred), screening=screened, at=NOW, today=MONDAY)


@pytest.mark.parametrize(
    ("until", "now", "can"),
    [
        (None, NOW, False),
        (UNTIL, UNTIL - A_SECOND, False),
        (UNTIL, UNTIL, True),
        (UNTIL, UNTIL + A_SECOND, True),
    ],
)
def test_signing_is_possible_from_the_end_of_the_time_on(
    until: datetime | None, now: datetime, *, can: bool
) -> None:
    assert can_sign(until, now) is can
    facts = Facts(
        end_kind="",
        is_current=True,
        client_signed=False,
        practitioner_signed=False,
        cooling_off_until=until,
        expires_on=date(2026, 12, 1),
    )
    found = standing(facts, now=now, today=MONDAY)
    assert (found is Standing.CLIENT_SIGNS) is can


def test_no_time_runs_before_the_text_is_in_the_clients_hands(prepared: Consent) -> None:
    assert (prepared.given_at, prepared.cooling_off_until, prepared.handed) == (None, None, "")
    much_later = NOW + timedelta(days=30)
    assert standing_of(prepared, now=much_later, today=much_later.date()) is Standing.NOT_GIVEN
    with pytest.raises(Refused, match="time to think is not over"):
        sign(prepared, at=much_later)


@pytest.mark.parametrize("how", [Consent.Handed.TABLET, Consent.Handed.PRINTED])
def test_the_time_runs_from_the_handing_over_and_only_once(
    cast: Cast, prepared: Consent, how: Consent.Handed
) -> None:
    when = NOW + timedelta(hours=5, seconds=7)
    fred = cast.actor(cast.fred)
    given = actions.hand_over(actor=fred, consent=prepared, how=how, at=when)
    assert (given.given_at, given.handed) == (when, how)
    assert given.cooling_off_until == NOW + timedelta(days=2, hours=5, minutes=1)
    assert Event.objects.get(verb="consent.give").detail["how"] == how
    again = actions.hand_over(
        actor=fred, consent=prepared, how=Consent.Handed.LINK, at=when + timedelta(days=1)
    )
    assert (again.given_at, again.handed) == (when, how)


def test_a_text_that_ended_is_not_handed_over(cast: Cast, prepared: Consent) -> None:
    fred = cast.actor(cast.fred)
    actions.refuse(actor=fred, consent=prepared, cause="", at=NOW)
    with pytest.raises(Refused, match="no longer in force"):
        actions.hand_over(actor=fred, consent=prepared, how=Consent.Handed.TABLET, at=NOW)
    with pytest.raises(Refused, match="reads records"):
        actions.hand_over(
            actor=cast.actor(cast.audra), consent=prepared, how=Consent.Handed.TABLET, at=NOW
        )


def test_nobody_signs_within_the_time_to_think(given: Consent) -> None:
    for early in (NOW, NOW + timedelta(hours=24), UNTIL - A_SECOND):
        with pytest.raises(Refused, match="time to think is not over"):
            sign(given, at=early)
    assert sign(given, at=UNTIL).acknowledged.count("time_to_think") == 1


LIES: list[tuple[dict[str, Any], str]] = [
    ({"given_at": NOW - timedelta(days=9)}, "handed over once"),
    ({"cooling_off_until": NOW}, "handed over once"),
    ({"handed": "PRINTED"}, "handed over once"),
]


@pytest.mark.parametrize(("lie", "promise"), LIES)
def test_the_database_moves_no_time_to_think(
    given: Consent, lie: dict[str, Any], promise: str
) -> None:
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Consent.objects.filter(pk=given.pk).update(**lie)


@pytest.mark.parametrize(
    ("lie", "promise"),
    [
        ({"given_at": NOW - A_SECOND, "cooling_off_until": UNTIL}, "after it is made"),
        ({"given_at": datetime(2999, 1, 1, tzinfo=NOW.tzinfo)}, "ahead of the clock"),
        ({"given_at": NOW, "cooling_off_until": UNTIL - A_SECOND}, "the_whole_time_to_think"),
        ({"given_at": NOW, "cooling_off_until": None}, "the_time_runs_from_the_handing_over"),
        ({"handed": "", "given_at": NOW}, "the_time_runs_from_the_handing_over"),
    ],
)
def test_the_database_knows_how_long_the_time_is(
    prepared: Consent, lie: dict[str, Any], promise: str
) -> None:
    told = {"handed": "TABLET", "given_at": NOW, "cooling_off_until": UNTIL} | lie
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Consent.objects.filter(pk=prepared.pk).update(**told)


def test_the_clients_link_opens_the_text_and_starts_the_time(
    client: Browser, cast: Cast, prepared: Consent
) -> None:
    token = links.issue(
        actor=cast.actor(cast.fred),
        client=prepared.client,
        purpose="CONSENT",
        object_id=prepared.pk,
        at=NOW,
    )
    address = reverse("consent:client_sign", args=[token])
    with time_machine.travel(NOW + timedelta(hours=6), tick=False):
        client.get(address)  # asks for the date of birth: nothing is opened yet
        prepared.refresh_from_db()
        assert prepared.given_at is None
        client.post(address, {"link_date_of_birth": "1990-04-12"})
        page = client.get(address).content.decode()
        opened = Consent.objects.get(pk=prepared.pk)
        assert (opened.given_at, opened.handed) == (NOW + timedelta(hours=6), "LINK")
        assert "You can sign from Wednesday 3 June at 15:00." in page
        assert 'type="checkbox"' not in page, "nothing can be ticked before it is true"
        early = client.post(address, {"printed_name": "Maya Lind"})
        assert early.status_code == 409
        assert not Signature.objects.exists()
    with time_machine.travel(NOW + timedelta(hours=54), tick=False):
        client.post(address, {"link_date_of_birth": "1990-04-12"})
        assert 'name="time_to_think"' in client.get(address).content.decode()


def test_the_desk_hands_over_by_a_named_act(client: Browser, cast: Cast, prepared: Consent) -> None:
    client.force_login(cast.fred)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client.force_login(cast.fred)
        page = reverse("consent:page", args=[prepared.pk])
        hand_over = reverse("consent:hand_over", args=[prepared.pk])
        assert "I hand over a printed copy" in client.get(page).content.decode()
        sent = client.post(hand_over, {"how": "PRINTED"})
        assert sent["Location"] == reverse("consent:read", args=[prepared.pk])
        found = client.get(page).content.decode()
        assert "Maya can sign from Wednesday 3 June at 10:00" in found
        assert "handed over in print" in found
        shown = client.get(reverse("consent:sign", args=[prepared.pk])).content.decode()
        assert "You can sign from Wednesday 3 June at 10:00." in shown
        assert 'type="checkbox"' not in shown


def test_after_the_time_it_waits_for_the_countersignature(given: Consent) -> None:
    sign(given, actor=as_client(given.client), at=UNTIL)
    assert standing_of(given, now=UNTIL, today=UNTIL.date()) is Standing.PRACTITIONER_SIGNS
