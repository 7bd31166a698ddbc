"""What was said when an adverse event was closed stands in the way of everything after it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.booking.facts import booking_facts
from clinic.booking.gate import Verdict, bookable
from clinic.clients import actions
from clinic.clients.events import add_entry
from clinic.clients.models import AdverseEvent, Client
from clinic.core.errors import Refused
from clinic.intake.models import Clearance, News
from clinic.review.actions import decide
from clinic.review.told import news_in_view
from clinic.review.verdicts import Outcome
from clinic.review.verdicts import Verdict as Said
from tests.factories import journey, people
from tests.factories.days import MONDAY, NOW
from tests.factories.people import Cast

ENDS = [("NEVER", Verdict.NEVER_AGAIN), ("DOCTOR", Verdict.DOCTOR_FIRST)]


def reported(cast: Cast, who: Client) -> AdverseEvent:
    return actions.report_event(
        actor=cast.actor(cast.fred), client=who, what="Scar", onset=MONDAY, severity="MILD", at=NOW
    )


def cleared_knowing(who: Client, cast: Cast) -> Clearance:
    """Cleared by answers that were given with the event in view."""
    newest = News.objects.filter(client=who).latest("pk")
    screened = journey.screening(who, cast.pen, answers={"skin": "no"}, heard={"skin": newest.pk})
    return journey.clearance(who, cast.pen, screening=screened)


def closed(cast: Cast, event: AdverseEvent, follows: str) -> AdverseEvent:
    petra = cast.actor(cast.petra)
    return actions.close_event(actor=petra, event=event, cause="Seen.", follows=follows, at=NOW)


@pytest.mark.parametrize(("follows", "verdict"), ENDS)
def test_it_is_a_stop_before_any_answer(cast: Cast, follows: str, verdict: Verdict) -> None:
    maya = people.client(cast.riverside)
    closed(cast, reported(cast, maya), follows)
    maya.refresh_from_db()
    facts = booking_facts(client=maya, procedure=cast.pen, on=MONDAY)
    assert bookable(facts).verdict is verdict


@pytest.mark.parametrize("follows", ["NEVER", "DOCTOR"])
def test_no_clearance_is_granted_after_it(cast: Cast, follows: str) -> None:
    maya = people.client(cast.riverside)
    closed(cast, reported(cast, maya), follows)
    with (
        pytest.raises(IntegrityError, match="what follows an adverse event"),
        transaction.atomic(),
    ):
        journey.clearance(maya, cast.pen)


@pytest.mark.parametrize("follows", ["NEVER", "DOCTOR"])
def test_it_ends_what_was_cleared_meanwhile(cast: Cast, follows: str) -> None:
    maya = people.client(cast.riverside)
    event = reported(cast, maya)
    held = cleared_knowing(maya, cast)
    closed(cast, event, follows)
    held.refresh_from_db()
    assert (held.live, held.ended_by) == (False, "Petra Novak")


def test_a_word_given_before_does_not_keep_what_never_again_ends(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    event = reported(cast, maya)
    petra = cast.actor(cast.petra)
    add_entry(actor=petra, event=event, kind="WORD", words="May go on.", at=NOW)
    held = cleared_knowing(maya, cast)
    closed(cast, event, "NEVER")
    held.refresh_from_db()
    assert not held.live


def test_with_the_word_on_record_it_is_cleared_again(cast: Cast) -> None:
    maya = people.client(cast.riverside)
    event = closed(cast, reported(cast, maya), "DOCTOR")
    petra = cast.actor(cast.petra)
    add_entry(actor=petra, event=event, kind="WORD", words="May go on.", at=NOW)
    assert cleared_knowing(maya, cast).live


@pytest.mark.parametrize("follows", ["NEVER", "DOCTOR"])
def test_no_decision_to_clear_is_signed_after_it(cast: Cast, follows: str) -> None:
    maya = people.client(cast.riverside)
    closed(cast, reported(cast, maya), follows)
    maya.refresh_from_db()
    screened = journey.screening(maya, cast.pen, findings=[{}])
    with pytest.raises(Refused, match="cannot be cleared"):
        decide(
            actor=cast.actor(cast.petra),
            user=cast.petra,
            screening=screened,
            outcome=Outcome.CLEARED,
            reason="Fine.",
            said={one.pk: (Said.ACCEPT, "Fine.") for one in screened.findings.all()},
            defer_until=None,
            expected_latest_id=None,
            at=NOW,
            today=MONDAY,
            news=[one.pk for one in news_in_view(screened)],
        )
    assert not Clearance.objects.filter(live=True).exists()


@pytest.mark.parametrize(
    ("follows", "words"),
    [("NEVER", "never treated again after an adverse event"), ("DOCTOR", "doctor’s word")],
)
def test_the_page_of_booking_says_so(client: Browser, cast: Cast, follows: str, words: str) -> None:
    maya = people.client(cast.riverside)
    held = journey.clearance(maya, cast.pen)
    closed(cast, reported(cast, maya), follows)
    client.force_login(cast.fred)
    page = client.get(reverse("booking:book", args=[maya.pk, held.procedure_id])).content.decode()
    assert words in page
    assert "open adverse event" not in page
