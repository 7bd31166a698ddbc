"""An open adverse event holds everything; only a clinician says that it is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients import actions
from clinic.clients.events import add_entry
from clinic.clients.models import AdverseEvent, Client
from clinic.core.actor import CLINICAL_ROLES, WRITING_ROLES, Actor
from clinic.core.errors import Refused
from tests.access import assert_access
from tests.factories import journey, people
from tests.factories.days import MONDAY, NOW
from tests.factories.people import Cast
from tests.factories.treating import ready

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
    follows: str = "AGAIN",
) -> AdverseEvent:
    actor = actor or cast.actor(cast.petra)
    return actions.close_event(actor=actor, event=event, cause=cause, follows=follows, at=NOW)


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
    for method, data in (("get", None), ("post", {"cause": "Healed.", "follows": "AGAIN"})):
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


def test_an_event_closes_once(cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    close(cast, event)
    with pytest.raises(Refused, match="already closed"):
        close(cast, event)


def test_the_page_of_a_closed_event_tells_how_it_ended(client: Browser, cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    client.force_login(cast.lena)
    url = reverse("clients:close_event", args=[event.pk])
    client.post(url, {"cause": "Healed in a week.", "follows": "AGAIN"})
    shown = client.get(url).content.decode()
    assert "by Petra Novak" not in shown
    assert "by Lena Frost" in shown
    assert "Healed in a week." in shown
    assert client.post(url, {"cause": "Again.", "follows": "AGAIN"}).status_code == 409


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


# What follows


def word(cast: Cast, event: AdverseEvent) -> None:
    add_entry(
        actor=cast.actor(cast.petra),
        event=event,
        kind="WORD",
        words="Letter of Dr Shah: may go on.",
        at=NOW,
    )


def test_never_again_holds_for_good_in_the_database_too(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    close(cast, reported(cast, maya), follows="NEVER")
    assert not free(maya)
    close(cast, reported(cast, maya))
    assert not free(maya)
    with pytest.raises(IntegrityError, match="an_open_event_marks"), transaction.atomic():
        Client.objects.filter(pk=maya.pk).update(event_free=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        journey.appointment(cast, maya)


def test_a_doctors_word_frees_who_waited_for_it(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    event = close(cast, reported(cast, maya), follows="DOCTOR")
    assert not free(maya)
    with pytest.raises(IntegrityError, match="word is on record"), transaction.atomic():
        AdverseEvent.objects.filter(pk=event.pk).update(word_given=True)
    word(cast, event)
    assert free(maya)


def test_a_word_does_not_undo_never_again(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    event = close(cast, reported(cast, maya), follows="NEVER")
    word(cast, event)
    assert not free(maya)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        AdverseEvent.objects.filter(pk=event.pk).update(follows="AGAIN")


def test_what_follows_is_never_presumed(client: Browser, cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    with pytest.raises(Refused, match="what follows"):
        close(cast, event, follows="")
    client.force_login(cast.petra)
    url = reverse("clients:close_event", args=[event.pk])
    assert "checked" not in client.get(url).content.decode()
    assert "Please choose an answer." in client.post(url, {"cause": "x"}).content.decode()


def test_who_reported_a_severe_event_does_not_wave_it_away_alone(cast: Cast) -> None:
    petra = cast.actor(cast.petra)
    event = actions.report_event(
        actor=petra,
        client=people.client(cast.riverside),
        what="Hives",
        onset=MONDAY,
        severity="SEVERE",
        at=NOW,
    )
    with pytest.raises(Refused, match="You reported this severe event yourself"):
        close(cast, event)
    add_entry(actor=petra, event=event, kind="ACTION", words="Gave antihistamine.", at=NOW)
    assert close(cast, event).ended_by == "Petra Novak"


def test_after_an_event_the_consent_is_asked_again(cast: Cast) -> None:
    booked = ready(cast)
    agreed = booked.client.consents.get()
    reported(cast, booked.client)
    agreed.refresh_from_db()
    assert (agreed.live, agreed.end_kind) == (False, "SUPERSEDED")
    assert "adverse event" in agreed.ended_cause


def test_who_may_add_to_an_event(client: Browser, cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    for method, data in (("get", None), ("post", {"kind": "SEEN", "words": "Better."})):
        assert_access(
            client,
            cast,
            "clients:event_entry",
            {"event_id": event.pk},
            allowed_roles=WRITING_ROLES,
            method=method,
            data=data,
            missing={"event_id": 0},
        )


def test_entries_and_the_closing_words_stay_in_view(client: Browser, cast: Cast) -> None:
    maya = people.client(cast.riverside)
    event = reported(cast, maya)
    client.force_login(cast.fred)
    url = reverse("clients:event_entry", args=[event.pk])
    assert client.post(url, {"kind": "WORD", "words": "x"}).status_code == 200
    assert client.post(url, {"kind": "SEEN", "words": "Called: better."}).status_code == 302
    close(cast, event, follows="NEVER")
    assert "Called: better." in client.get(url).content.decode()
    home = client.get(reverse("journey:client", args=[maya.pk])).content.decode()
    assert "Healed without a mark." in home
    assert "Never treat again" in home
    assert "never treated again" in home


def test_an_entry_is_never_changed(cast: Cast) -> None:
    event = reported(cast, people.client(cast.riverside))
    word(cast, event)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        event.entries.update(words="x")


def test_an_event_in_the_way_stands_on_the_review_case(client: Browser, cast: Cast) -> None:
    maya = people.client(cast.riverside)
    screened = journey.screening(maya, cast.pen, findings=[{}])
    event = reported(cast, maya)
    client.force_login(cast.petra)
    url = reverse("review:case", args=[screened.pk])
    assert "An adverse event is open." in client.get(url).content.decode()
    close(cast, event, follows="NEVER")
    case = client.get(url).content.decode()
    assert "Never again." in case
    assert "Healed without a mark." in case
