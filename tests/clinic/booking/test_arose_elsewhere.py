"""Stops, open events and rest follow a client to a sister site, and say where they arose."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from clinic.accounts.models import User
from clinic.booking.booking_checks import doctor_first, never_again, open_event
from clinic.booking.facts import booking_facts
from clinic.booking.gate import Reason, Verdict, bookable
from clinic.booking.models import Appointment
from clinic.booking.values import BookingFacts
from clinic.booking.wording import call_line, reason_words
from clinic.clients import events
from clinic.clients.models import AdverseEvent, Client
from clinic.intake.models import Clearance
from clinic.procedures.models import Procedure, Room
from tests import factories
from tests.clinic.booking import attacks
from tests.clinic.booking.attacks import refused, run
from tests.clinic.many_sites import STOP, browser, link, registered
from tests.factories import MONDAY, NOW, TUESDAY, Cast
from tests.factories.days import at


@pytest.fixture
def linked(cast: Cast) -> Client:
    """Registered at Riverside, seen at Hilltop as well."""
    return link(cast, registered(cast))


@pytest.fixture
def pen(cast: Cast) -> Procedure:
    """The pen at Hilltop."""
    return Procedure.objects.get(site=cast.hilltop, modality="MN_PEN")


def at_hilltop(cast: Cast, held: Clearance, **fields: Any) -> int:
    room = Room.objects.get(site=cast.hilltop)
    lies = {"practitioner_id": cast.hana.pk, "room_id": room.pk} | fields
    return attacks.appointment(cast, held, **lies)


def test_a_stop_holds_at_the_sister_site(cast: Cast, linked: Client, pen: Procedure) -> None:
    held = factories.clearance(linked, pen)
    factories.screening(linked, cast.pen, findings=[STOP])
    facts = booking_facts(client=linked, procedure=pen, on=TUESDAY)
    assert facts.stops_elsewhere == ("Riverside",)
    assert not Clearance.objects.get(pk=held.pk).live


def test_a_stop_comes_before_what_is_cleared_afterwards(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    factories.screening(linked, cast.pen, findings=[STOP])
    held = factories.clearance(linked, pen)
    answer = bookable(booking_facts(client=linked, procedure=pen, on=TUESDAY))
    assert (answer.verdict, [one.where for one in answer.reasons]) == (
        Verdict.CONTRAINDICATED,
        ["Riverside"],
    )
    with refused("a stop at another site holds here too"):
        at_hilltop(cast, held)


def test_a_stop_holds_what_was_booked_at_the_sister_site(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    booked = at_hilltop(cast, factories.clearance(linked, pen))
    factories.screening(linked, cast.pen, findings=[STOP])
    assert Appointment.objects.get(pk=booked).status == "ON_HOLD"
    cause = run(
        "SELECT cause FROM booking_statuschange WHERE appointment_id = %s ORDER BY id DESC",
        [booked],
    )
    assert cause == "At Riverside an answer ruled this treatment out."


def test_a_stop_for_another_device_is_no_stop(cast: Cast, linked: Client, pen: Procedure) -> None:
    factories.screening(linked, cast.rf, findings=[STOP])
    held = factories.clearance(linked, pen)
    assert bookable(booking_facts(client=linked, procedure=pen, on=TUESDAY)).allows
    assert at_hilltop(cast, held)


def test_an_open_event_holds_everywhere_and_says_where(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    booked = at_hilltop(cast, factories.clearance(linked, pen))
    events.report_event(
        actor=cast.actor(cast.fred),
        client=linked,
        what="A burn.",
        onset=MONDAY,
        severity="SEVERE",
        at=NOW,
    )
    assert Appointment.objects.get(pk=booked).status == "ON_HOLD"
    with time_machine.travel(NOW, tick=False):
        page = browser(cast.hana).get(reverse("journey:client", args=[linked.pk]))
        today = browser(cast.hana).get(reverse("journey:today"))
    assert "at Riverside: Severe" in " ".join(page.content.decode().split())
    assert "None reported" not in page.content.decode()
    assert "Maya Lind" in today.content.decode()


def test_the_skin_rests_wherever_it_was_treated(cast: Cast, linked: Client, pen: Procedure) -> None:
    factories.appointment(cast, linked)
    held = factories.clearance(linked, pen)
    facts = booking_facts(client=linked, procedure=pen, on=TUESDAY + timedelta(days=7))
    answer = bookable(facts)
    assert answer.verdict is Verdict.TOO_SOON
    assert [one.where for one in answer.reasons] == ["", "Riverside"]
    assert "at Riverside." in reason_words(answer.reasons[1], now=at(TUESDAY, 9))
    with refused("the_skin_rests_between_sessions"):
        at_hilltop(cast, held, starts_at=at(TUESDAY + timedelta(days=7), 10))


def test_the_page_says_what_arose_where(cast: Cast, linked: Client, pen: Procedure) -> None:
    factories.appointment(cast, linked)
    factories.screening(linked, cast.roller, findings=[STOP])
    with time_machine.travel(NOW, tick=False):
        page = browser(cast.hana).get(reverse("journey:client", args=[linked.pk]))
    words = " ".join(page.content.decode().split())
    assert "Stop at Riverside: Microneedling roller" in words
    assert "Cleared at Riverside" in words
    assert "at Riverside</span>" in words
    assert reverse("booking:appointment", args=[Appointment.objects.get().pk]) not in words


def report(cast: Cast, who: Client, by: User | None = None) -> AdverseEvent:
    """By the desk of Riverside, or by somebody else's."""
    event = events.report_event(
        actor=cast.actor(by or cast.fred),
        client=who,
        what="A burn.",
        onset=MONDAY,
        severity="MILD",
        at=NOW,
    )
    who.refresh_from_db()
    return event


def words_of(cast: Cast, name: str, *args: int) -> str:
    with time_machine.travel(NOW, tick=False):
        page = browser(cast.hana).get(reverse(name, args=args))
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("follows", "check", "sentence"),
    [
        ("", open_event, "Something went wrong after a treatment at Riverside"),
        ("NEVER", never_again, "At Riverside an adverse event was closed with “never again”."),
        ("DOCTOR", doctor_first, "At Riverside an adverse event was closed with “only after"),
    ],
)
def test_an_event_in_the_way_is_named_with_its_site(
    cast: Cast,
    linked: Client,
    pen: Procedure,
    follows: str,
    check: Callable[[BookingFacts], list[Reason]],
    sentence: str,
) -> None:
    event = report(cast, linked)
    if follows:
        who = cast.actor(cast.petra)
        events.close_event(actor=who, event=event, cause="Seen.", follows=follows, at=NOW)
    elsewhere = check(booking_facts(client=linked, procedure=pen, on=TUESDAY))
    assert sentence in " ".join(reason_words(one, now=NOW) for one in elsewhere)
    at_home = check(booking_facts(client=linked, procedure=cast.pen, on=TUESDAY))
    assert [one.where for one in at_home] == [""]


def test_events_of_both_sites_are_both_said(cast: Cast, linked: Client, pen: Procedure) -> None:
    report(cast, linked)
    report(cast, linked, by=cast.hana)
    facts = booking_facts(client=linked, procedure=pen, on=TUESDAY)
    assert [one.where for one in open_event(facts)] == ["", "Riverside"]


def test_pages_name_the_site_of_an_open_event(cast: Cast, linked: Client) -> None:
    event = report(cast, linked)
    assert "Adverse event open · at Riverside" in words_of(cast, "journey:client", linked.pk)
    assert "at Riverside" in words_of(cast, "journey:today")
    assert "<dd>Riverside</dd>" in words_of(cast, "clients:event_entry", event.pk)


def test_a_case_names_the_site_of_an_event_and_of_a_stop(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    report(cast, linked)
    factories.screening(linked, cast.pen, findings=[STOP])
    case = factories.screening(linked, pen)
    page = words_of(cast, "review:case", case.pk)
    assert "at Riverside, Mild" in page
    assert "Stop at Riverside: Microneedling pen" in page


def test_whom_to_call_about_a_stop_at_another_site_names_it(
    cast: Cast, linked: Client, pen: Procedure
) -> None:
    factories.screening(linked, cast.pen, findings=[STOP])
    factories.clearance(linked, pen)
    answer = bookable(booking_facts(client=linked, procedure=pen, on=TUESDAY))
    line = call_line(answer, name="Maya Lind", before=TUESDAY, today=MONDAY)
    assert "no treatment as things are (Riverside)" in line
