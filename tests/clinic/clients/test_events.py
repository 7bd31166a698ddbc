"""An open adverse event holds everything; only a clinician says that it is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients import actions
from clinic.clients.models import AdverseEvent, Client
from clinic.core.actor import CLINICAL_ROLES, WRITING_ROLES, Actor
from clinic.core.errors import Refused
from tests.access import assert_access
from tests.factories import journey, people
from tests.factories.days import MONDAY, NOW
from tests.factories.people import Cast

SENT = {"what": "Blisters on both cheeks", "onset": "2026-05-30", "severity": "MODERATE"}


def reported(cast: Cast, who: Client) -> AdverseEvent:
    return actions.report_event(
        actor=cast.actor(cast.fred),
        client=who,
        what="Blisters",
        onset=MONDAY,
        severity="MILD",
        at=NOW,
    )


def close(
    cast: Cast,
    event: AdverseEvent,
    *,
    actor: Actor | None = None,
    cause: str = "Healed without a mark.",
) -> AdverseEvent:
    actor = actor or cast.actor(cast.petra)
    return actions.close_event(actor=actor, event=event, cause=cause, at=NOW)


def free(who: Client) -> bool:
    return Client.objects.values_list("event_free", flat=True).get(pk=who.pk)


def test_who_writes_may_report(client: Browser, cast: Cast) -> None:
    maya, other = people.client(cast.riverside), people.client(cast.hilltop)
    for method, data in (("get", None), ("post", SENT)):
        assert_access(
            client,
            cast,
            "clients:report_event",
            {"client_id": maya.pk},
            allowed_roles=WRITING_ROLES,
            method=method,
            data=data,
            elsewhere={"client_id": other.pk},
            missing={"client_id": 0},
        )


def test_only_clinicians_may_close(client: Browser, cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    there = people.client(cast.hilltop)
    other = actions.report_event(
        actor=cast.actor(cast.hana), client=there, what="x", onset=MONDAY, severity="MILD", at=NOW
    )
    for method, data in (("get", None), ("post", {"cause": "Healed."})):
        assert_access(
            client,
            cast,
            "clients:close_event",
            {"event_id": event.pk},
            allowed_roles=CLINICAL_ROLES,
            method=method,
            data=data,
            elsewhere={"event_id": other.pk},
            missing={"event_id": 0},
        )


def test_a_report_holds_what_is_booked_and_says_so(client: Browser, cast: Cast) -> None:
    maya = people.client(cast.riverside)
    booked = journey.appointment(cast, maya)
    client.force_login(cast.fred)
    client.post(reverse("clients:report_event", args=[maya.pk]), SENT)
    page = client.get(reverse("clients:list"))
    assert "Nothing can be booked until it is closed" in page.content.decode()
    booked.refresh_from_db()
    assert (booked.status, free(maya)) == ("ON_HOLD", False)
    told = Event.objects.filter(client_id=maya.pk).values_list("verb", flat=True)
    assert {"event.report", "appointment.hold"} <= set(told)


def test_a_report_ends_what_was_cleared_before_it(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    held = journey.clearance(maya, cast.pen)
    reported(cast, maya)
    held.refresh_from_db()
    assert (held.live, held.ended_cause) == (False, "An adverse event was reported.")
    assert Event.objects.filter(client_id=maya.pk, verb="clearance.ended").exists()


def test_nothing_can_be_booked_past_an_open_event(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    reported(cast, maya)
    with pytest.raises(IntegrityError), transaction.atomic():
        journey.appointment(cast, maya)


def test_with_the_last_event_closed_booking_is_free_again(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    first, second = reported(cast, maya), reported(cast, maya)
    close(cast, first)
    assert not free(maya)
    ended = close(cast, second)
    assert free(maya)
    assert (ended.ended_by, ended.ended_cause) == ("Petra Novak", "Healed without a mark.")
    assert Appointment.objects.count() == 0
    journey.appointment(cast, maya)


def test_an_event_closes_once(cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    close(cast, event)
    with pytest.raises(Refused, match="already closed"):
        close(cast, event)


def test_the_page_of_a_closed_event_tells_how_it_ended(client: Browser, cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    client.force_login(cast.lena)
    url = reverse("clients:close_event", args=[event.pk])
    client.post(url, {"cause": "Healed in a week."})
    shown = client.get(url).content.decode()
    assert "by Petra Novak" not in shown
    assert "by Lena Frost" in shown
    assert "Healed in a week." in shown
    assert client.post(url, {"cause": "Again."}).status_code == 409


def test_the_action_itself_refuses_the_front_desk(cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    with pytest.raises(Refused, match="A practitioner decides"):
        close(cast, event, actor=cast.actor(cast.fred))
    assert AdverseEvent.objects.get(pk=event.pk).live


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"severity": ""}, "Please choose an answer."),
        ({"onset": "2999-01-01"}, "This date is still to come."),
        ({"what": " "}, "Please fill this in."),
    ],
)
def test_a_slip_in_a_report_is_told_and_holds_nothing(
    client: Browser, cast: Cast, change: dict[str, str], words: str
) -> None:
    maya = people.client(cast.riverside)
    client.force_login(cast.fred)
    page = client.post(reverse("clients:report_event", args=[maya.pk]), SENT | change)
    assert words in page.content.decode()
    assert Client.objects.get().event_free


def test_what_happened_is_never_in_the_audit_row(cast: Cast) -> None:
    reported(cast, people.client(cast.riverside))
    assert Event.objects.get(verb="event.report").detail == {}


def test_the_day_it_began_may_be_before_it_was_told(cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    assert event.onset == date(2026, 6, 1)
    assert event.reported_at - NOW == timedelta(0)
