"""Whoever goes through answers again is timed like whoever gives them."""

from collections.abc import Callable

import pytest

from clinic.clients.links import client_actor
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.errors import Unanswered
from clinic.intake.evidence import evidence_of
from clinic.intake.models import Intake, Screening, Submission
from clinic.intake.rejudging import rejudge
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.timed import codes, fast, hand_in
from tests.factories import NOW, Cast

Again = Callable[..., Intake]


@pytest.fixture
def again(filled: Filled, fred: Actor, cast: Cast) -> Again:
    """`again(300)`: answers whose section of health took 300 seconds, opened again."""

    def make(seconds: float = 300) -> Intake:
        first = filled()
        fast(first, seconds)
        hand_in(first, fred)
        return actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)

    return make


def go_through(draft: Intake, actor: Actor, seconds: float) -> None:
    """Every section as it was, each in that time."""
    for section in latest().sections.values():
        asked = [question.id for question in section.questions if question.id in ALL_CLEAR]
        draft.refresh_from_db()
        actions.save_section(
            actor=actor,
            intake=draft,
            answers={name: ALL_CLEAR[name] for name in asked},
            section=section.id,
            version=draft.version,
            at=NOW,
            seconds=seconds,
        )
    draft.refresh_from_db()


def test_parts_confirmed_in_haste_need_a_practitioner(again: Again, fred: Actor) -> None:
    draft = again()
    go_through(draft, client_actor(draft.client), 2)
    made = hand_in(draft, fred)
    assert "answered_in_haste" in codes(made)
    kept = Submission.objects.latest("pk").conduct
    assert kept["health"] == {"seconds": 2, "who": "client"}
    (evidence,) = evidence_of(Screening.objects.filter(pk=made.pk))
    assert rejudge(latest(), evidence).assessment.hits[-1].code == "answered_in_haste"


def test_with_time_to_read_them_they_do_not(again: Again, fred: Actor) -> None:
    draft = again()
    go_through(draft, client_actor(draft.client), 60)
    assert "answered_in_haste" not in codes(hand_in(draft, fred))


def test_what_was_answered_in_haste_at_first_has_been_read_by_then(
    again: Again, fred: Actor
) -> None:
    draft = again(2)
    go_through(draft, client_actor(draft.client), 60)
    assert "answered_in_haste" not in codes(hand_in(draft, fred))


def test_a_part_that_nobody_went_through_is_not_handed_in(again: Again, fred: Actor) -> None:
    draft = again()
    with pytest.raises(Unanswered):
        hand_in(draft, fred)
