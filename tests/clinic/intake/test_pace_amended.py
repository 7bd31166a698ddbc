"""How long a change of answers took is kept beside how long they took at first."""

from collections.abc import Callable

import pytest

from clinic.clients.links import client_actor
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.evidence import evidence_of
from clinic.intake.models import Intake, Screening, Submission
from clinic.intake.rejudging import rejudge
from screening.packs import latest
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.timed import codes, fast, hand_in, save
from tests.factories import NOW, Cast

CHANGED = {
    "unwell": "yes",
    "fainting": "yes",
    "thin_face": "yes",
    "seizures": "over_12m",
    "metal_implant": "dental_only",
    "other_health": "my knee",
    "diabetes": "yes",
    "diabetes_control": "good",
}
"""Eight answers about health, most of which the rules let pass."""


class TestAmended:
    """A form that is changed keeps its first times, and each change has one of its own."""

    @pytest.fixture
    def again(self, filled: Filled, fred: Actor, cast: Cast) -> Callable[[], Intake]:
        def make(seconds: float = 300) -> Intake:
            first = filled()
            fast(first, seconds)
            hand_in(first, fred)
            return actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)

        return make

    def test_answers_changed_in_haste_need_a_practitioner(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        save(draft, client_actor(draft.client), 2, **CHANGED)
        made = hand_in(draft, fred)
        assert "answered_in_haste" in codes(made)
        found = made.findings.get(code="answered_in_haste")
        assert set(found.question_ids) == set(CHANGED)
        kept = Submission.objects.latest("pk").conduct
        (change,) = kept["health"].pop("amended")
        asked = kept["health"].pop("questions")
        assert len(asked) == 11
        assert "diabetes_control" not in asked, "it was not shown when the first answers were given"
        assert kept == {"health": {"seconds": 300, "who": "client"}}
        assert set(change.pop("questions")) == set(CHANGED)
        assert change == {"seconds": 2, "who": "client"}
        (evidence,) = evidence_of(Screening.objects.filter(pk=made.pk))
        assert rejudge(latest(), evidence).assessment.hits[-1].code == "answered_in_haste"

    def test_with_time_to_read_them_they_do_not(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        save(draft, client_actor(draft.client), 60, **CHANGED)
        assert "answered_in_haste" not in codes(hand_in(draft, fred))

    def test_a_few_answers_may_be_changed_fast(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        save(draft, client_actor(draft.client), 2, unwell="yes", fainting="yes")
        assert "answered_in_haste" not in codes(hand_in(draft, fred))

    def test_staff_may_change_answers_at_any_speed(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        save(draft, fred, None, **CHANGED)
        assert "answered_in_haste" not in codes(hand_in(draft, fred))

    def test_the_first_haste_stays_whatever_is_changed(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again(2)
        save(draft, client_actor(draft.client), 300, **CHANGED)
        found = hand_in(draft, fred).findings.get(code="answered_in_haste")
        assert found.rationale.startswith("“Your health”: 11 questions")

    def test_hiding_what_was_answered_in_haste_does_not_take_it_back(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        """Twelve questions in 11.5 seconds stay so when only eleven of them are left."""
        draft = filled(diabetes="yes", diabetes_control="good")
        save(draft, client_actor(draft.client), 11.5)
        assert "answered_in_haste" in codes(hand_in(draft, fred))
        again = actions.amend(actor=fred, client=draft.client, procedure=cast.pen, at=NOW)
        save(again, fred, 300, diabetes="no", diabetes_control=None)
        made = hand_in(again, fred)
        assert made.findings.get(code="answered_in_haste").rationale.startswith(
            "“Your health”: 12 questions"
        )

    def test_new_follow_ups_do_not_make_an_honest_first_time_hasty(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again(11)
        save(draft, client_actor(draft.client), 300, diabetes="yes", diabetes_control="good")
        assert "answered_in_haste" not in codes(hand_in(draft, fred))

    def test_each_change_is_kept_beside_the_one_before(
        self, again: Callable[..., Intake], fred: Actor, cast: Cast
    ) -> None:
        draft = again()
        save(draft, client_actor(draft.client), 2, **CHANGED)
        hand_in(draft, fred)
        third = actions.amend(actor=fred, client=draft.client, procedure=cast.pen, at=NOW)
        save(third, client_actor(third.client), 50, unwell="no")
        assert "answered_in_haste" in codes(hand_in(third, fred))
        kept = Submission.objects.latest("pk").conduct["health"]
        assert [len(one["questions"]) for one in kept["amended"]] == [8, 1]
        assert kept["amended"][1] == {"seconds": 50, "who": "client", "questions": ["unwell"]}
        before = Submission.objects.order_by("pk")[1].conduct["health"]
        assert len(before["amended"]) == 1, "what was frozen stays as it was"

    def test_a_section_that_was_never_timed_is_still_judged_by_its_change(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        first = filled()
        hand_in(first, fred)
        draft = actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)
        save(draft, client_actor(draft.client), 2, **CHANGED)
        assert "answered_in_haste" in codes(hand_in(draft, fred))
        kept = Submission.objects.latest("pk").conduct["health"]
        assert (kept["seconds"], kept["who"], len(kept["amended"])) == (None, "", 1)
