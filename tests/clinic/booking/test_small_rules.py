"""The small pure rules around the gates, each at its edges."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic.booking import transitions
from clinic.booking.models import Appointment
from clinic.booking.rest import in_the_way, rest_days
from clinic.booking.same_day import QUESTIONS, SHORT, Said, nothing_new, read
from clinic.booking.states import state_of
from clinic.booking.values import DecisionFacts, Outcome, PlanFacts, Session, Standing
from clinic.booking.verdicts import Answer, Verdict
from tests.clinic.booking.facts_made import DEEPER, ELSEWHERE, NUMBED, PLAN, WIDER

Status = Appointment.Status
DAY = date(2026, 6, 16)
SAID_NO = dict.fromkeys(QUESTIONS, "no")


class TestAskedAfresh:
    def test_the_questions_are_those_of_the_rules(self) -> None:
        asked = ["changed", "pregnancy", "cold_sore", "infection", "sun", "medicines", "allergies"]
        assert list(QUESTIONS) == list(SHORT) == asked

    def test_no_to_everything_is_nothing_new(self) -> None:
        assert nothing_new(read(SAID_NO))

    @pytest.mark.parametrize("name", QUESTIONS)
    @pytest.mark.parametrize("said", ["yes", "not_sure"])
    def test_one_other_answer_is_something_new(self, name: str, said: str) -> None:
        answers = read(SAID_NO | {name: said})
        assert answers[name] is Said(said)
        assert not nothing_new(answers)

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_a_question_left_out_is_not_no(self, name: str) -> None:
        some = {key: said for key, said in SAID_NO.items() if key != name}
        with pytest.raises(ValueError, match=r"^every question of the day has one answer$"):
            read(some)
        assert not nothing_new(dict.fromkeys(some, Said.NO))

    @pytest.mark.parametrize("said", ["", "No", "maybe"])
    def test_what_cannot_be_read_is_refused(self, said: str) -> None:
        with pytest.raises(ValueError, match="is not a valid Said"):
            read(SAID_NO | {"sun": said})

    def test_an_answer_to_something_else_is_refused(self) -> None:
        with pytest.raises(ValueError, match="every question"):
            read(SAID_NO | {"moon": "no"})
        assert not nothing_new(read(SAID_NO) | {"moon": Said.NO})


class TestRest:
    @pytest.mark.parametrize(
        ("modality", "depth", "days"),
        [
            ("MN_PEN", "1.49", 28),
            ("MN_PEN", "1.5", 42),
            ("MN_ROLLER", "2", 42),
            ("RF_MN", "0.5", 42),
        ],
    )
    def test_deep_and_hot_sessions_rest_longer(self, modality: str, depth: str, days: int) -> None:
        found = rest_days(modality=modality, depth_mm=Decimal(depth), interval=28, deep_interval=42)
        assert found == days

    @pytest.mark.parametrize(
        ("since", "rests", "free"),
        [
            (-28, 0, None),
            (-27, 1, 1),
            (0, 28, 28),
            (27, 55, 55),
            (28, 56, None),
        ],
    )
    def test_one_other_session(self, since: int, rests: int, free: int | None) -> None:
        other = Session(day=DAY + timedelta(days=since), rest_until=DAY + timedelta(days=rests))
        expected = None if free is None else DAY + timedelta(days=free)
        found = in_the_way(DAY, 28, (other,))
        assert (found[-1].rest_until if found else None) == expected

    def test_sessions_are_looked_at_in_their_order_whatever_theirs(self) -> None:
        first = Session(day=DAY - timedelta(days=1), rest_until=DAY + timedelta(days=27))
        second = Session(day=DAY + timedelta(days=40), rest_until=DAY + timedelta(days=68))
        for sessions in ((first, second), (second, first)):
            assert in_the_way(DAY, 28, sessions)[-1].rest_until == DAY + timedelta(days=68)


class TestPlans:
    def test_a_plan_covers_itself_and_less(self) -> None:
        assert PLAN.covers(PLAN)
        assert WIDER.covers(PLAN)
        assert NUMBED.covers(PLAN)

    @pytest.mark.parametrize(
        "more",
        [
            DEEPER,
            ELSEWHERE,
            NUMBED,
            WIDER,
            replace(PLAN, areas=frozenset()),
            replace(PLAN, depth_mm=Decimal("0")),
            replace(PLAN, depth_mm=Decimal("-0.5")),
        ],
    )
    def test_a_plan_does_not_cover_more_nor_nothing(self, more: PlanFacts) -> None:
        assert not PLAN.covers(more)

    def test_the_shallowest_depth_is_covered(self) -> None:
        assert PLAN.covers(replace(PLAN, depth_mm=Decimal("0.01")))

    @pytest.mark.parametrize("outcome", Outcome)
    @pytest.mark.parametrize("standing", Standing)
    def test_only_a_final_clearing_decision_clears(
        self, outcome: Outcome, standing: Standing
    ) -> None:
        clears = outcome is Outcome.CLEARED and standing is Standing.FINAL
        assert DecisionFacts(outcome=outcome, standing=standing).clears is clears


@pytest.mark.parametrize("verdict", Verdict)
def test_only_two_verdicts_allow(verdict: Verdict) -> None:
    assert Answer(verdict=verdict).allows is (verdict in ("BOOKABLE", "TREATABLE"))


STATES = {
    "NEEDS_INTAKE": "intake_missing",
    "SCREENING_OUTDATED": "intake_missing",
    "NEEDS_CONSENT": "consent_missing",
    "CONSENT_REFUSED": "consent_missing",
    "CONSENT_WITHDRAWN": "consent_missing",
    "COOLING_OFF": "consent_missing",
    "NEEDS_COUNTERSIGNATURE": "consent_missing",
    "NEEDS_CHECK_IN": "ready",
    "TREATABLE": "ready",
}


@pytest.mark.parametrize("verdict", Verdict)
def test_a_booked_appointment_stands_where_its_first_verdict_says(verdict: Verdict) -> None:
    first, second = Answer(verdict=verdict), Answer(verdict=Verdict.NEEDS_CONSENT)
    assert state_of("BOOKED", [first, second]) == STATES.get(verdict, "in_review")


def test_nothing_missing_is_ready_and_any_other_status_speaks_for_itself() -> None:
    assert state_of("BOOKED", []) == "ready"
    missing = [Answer(verdict=Verdict.NEEDS_INTAKE)]
    told = {
        "ARRIVED": "here",
        "IN_TREATMENT": "in_treatment",
        "DONE": "done",
        "ON_HOLD": "on_hold",
        "CANCELLED": "cancelled",
        "NO_SHOW": "no_show",
    }
    assert {status: state_of(status, missing) for status in told} == told


STEPS = {
    "BOOKED": {"BOOKED", "ARRIVED", "ON_HOLD", "CANCELLED", "NO_SHOW"},
    "ARRIVED": {"IN_TREATMENT", "ON_HOLD", "CANCELLED"},
    "IN_TREATMENT": {"DONE", "CANCELLED"},
    "ON_HOLD": {"BOOKED", "CANCELLED", "NO_SHOW"},
    "DONE": {"CANCELLED"},  # only where it turns out that nothing was done
}


@pytest.mark.parametrize("status", Status)
def test_an_appointment_takes_only_the_steps_of_its_life(status: Status) -> None:
    may = {to for to in Status if transitions.may(Appointment(status=status), to)}
    assert may == STEPS.get(status, set())
