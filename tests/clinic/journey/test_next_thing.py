"""The strip of seven steps and the one next thing, over every state of the journey."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from clinic.booking.gate import Answer, Code, Reason, Verdict
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.journey.next_thing import next_thing
from clinic.journey.steps import State, steps
from clinic.journey.whereabouts import Agreed, Booked, Questions, Reviewed, Treated, Whereabouts
from tests.factories.days import MONDAY, NOW, TUESDAY, at

START = at(TUESDAY, 10)
ASKED = Questions(screening_id=7, submission_id=8, level="REVIEW", submitted_at=NOW)
GIVEN = Agreed(id=5, made_at=NOW)

ANSWER_NEEDED = Answer(verdict=Verdict.NEEDS_REVIEW, reasons=(Reason(code=Code.ANSWER_NEEDED),))


def where(**facts: Any) -> Whereabouts:
    values: dict[str, Any] = {"client_id": 1, "today": MONDAY, "procedure_id": 2}
    return Whereabouts(**(values | facts))


def gate(verdict: Verdict, earliest: date | None = None) -> Answer:
    return Answer(verdict=verdict, earliest=earliest)


def asked(verdict: Verdict, **facts: Any) -> Whereabouts:
    earliest = facts.pop("earliest", None)
    return where(questions=ASKED, bookable=gate(verdict, earliest), **facts)


def booked(*in_the_way: Verdict, status: str = "BOOKED", **facts: Any) -> Whereabouts:
    missing = tuple(gate(verdict) for verdict in in_the_way)
    held = Booked(id=3, status=status, starts_at=START, day=TUESDAY, missing=missing)
    return asked(Verdict.BOOKABLE, booked=held, **facts)


def reviewed(*, awaiting: bool) -> Reviewed:
    return Reviewed(
        outcome="CLEARED", decided_at=NOW, decided_name="Petra", awaiting=awaiting, decision_id=4
    )


def treated(ended: datetime | None = None, **facts: Any) -> Whereabouts:
    status = "DONE" if ended else "IN_TREATMENT"
    done = Treated(id=6, started_at=START, ended_at=ended, **facts)
    return booked(status=status, treated=done, today=TUESDAY)


CASES = [
    (where(), "intake:start", (1,)),
    (where(questions=Questions(draft_id=9, draft_started=NOW)), "intake:resume", (9,)),
    (
        replace(booked(Verdict.NEEDS_CHECK_IN), questions=Questions(draft_id=9)),
        "intake:resume",
        (9,),
    ),
    (asked(Verdict.SCREENING_OUTDATED), "intake:amend", (1, 2)),
    (asked(Verdict.NEEDS_REVIEW), "review:case", (7,)),
    (asked(Verdict.NEEDS_REVIEW, reviewed=reviewed(awaiting=True)), "review:confirm", (4,)),
    (where(questions=ASKED, bookable=ANSWER_NEEDED), "intake:amend", (1, 2)),
    (asked(Verdict.CONTRAINDICATED), "review:case", (7,)),
    (asked(Verdict.DECLINED), "review:case", (7,)),
    (asked(Verdict.DEFERRED, earliest=TUESDAY), "review:case", (7,)),
    (asked(Verdict.DEFERRED, earliest=TUESDAY, clear_from=TUESDAY), "booking:book", (1, 2)),
    (asked(Verdict.TOO_SOON, earliest=TUESDAY, clear_from=MONDAY), "booking:book", (1, 2)),
    (asked(Verdict.BOOKABLE, clear_from=MONDAY), "booking:book", (1, 2)),
    (asked(Verdict.ADVERSE_EVENT_OPEN, event_open=True), "", ()),
    (booked(Verdict.NEEDS_CONSENT, Verdict.NEEDS_CHECK_IN), "consent:give", (7,)),
    (booked(Verdict.NEEDS_CONSENT, agreed=GIVEN), "consent:page", (5,)),
    (booked(Verdict.CONSENT_REFUSED, agreed=GIVEN), "consent:page", (5,)),
    (booked(Verdict.CONSENT_WITHDRAWN, agreed=GIVEN), "consent:page", (5,)),
    (booked(Verdict.COOLING_OFF, agreed=GIVEN), "consent:page", (5,)),
    (booked(Verdict.NEEDS_COUNTERSIGNATURE, agreed=GIVEN), "consent:page", (5,)),
    (booked(Verdict.NEEDS_CHECK_IN), "booking:appointment", (3,)),
    (booked(Verdict.NEEDS_CHECK_IN, today=TUESDAY), "booking:check_in", (3,)),
    (booked(status="ARRIVED", today=TUESDAY), "treatments:treat", (3,)),
    (treated(), "treatments:treat", (3,)),
    (treated(START, record_id=11), "aftercare:sheet", (11,)),
    (treated(START, record_id=11, sheet_id=12), "intake:start", (1,)),
]


@pytest.mark.parametrize(("facts", "url", "args"), CASES)
def test_the_next_thing_is_the_first_that_stands_in_the_way(
    facts: Whereabouts, url: str, args: tuple[int, ...]
) -> None:
    thing = next_thing(facts)
    assert (thing.url, thing.args) == (url, args)
    assert str(thing.do)
    assert not url or (thing.button and reverse(url, args=args))


def test_only_clinicians_are_sent_to_treat_or_confirm() -> None:
    for facts in (treated(), asked(Verdict.NEEDS_REVIEW, reviewed=reviewed(awaiting=True))):
        assert next_thing(facts).roles == CLINICAL_ROLES
    assert Role.FRONT_DESK in next_thing(where()).roles


def test_an_appointment_on_hold_says_why_and_goes_back_to_the_gate() -> None:
    held = Booked(id=3, status="ON_HOLD", starts_at=START, day=TUESDAY, hold_cause="Changed.")
    thing = next_thing(asked(Verdict.NEEDS_REVIEW, booked=held))
    assert (thing.url, thing.detail) == ("review:case", "Changed.")


def test_an_appointment_on_hold_is_booked_again_itself_when_its_plan_is_cleared() -> None:
    held = Booked(id=3, status="ON_HOLD", starts_at=START, day=TUESDAY, can_be_rebooked=True)
    cleared = asked(Verdict.BOOKABLE, booked=held, clear_from=MONDAY)
    assert (next_thing(cleared).url, next_thing(cleared).args) == ("booking:move", (3,))
    other_plan = replace(cleared, booked=replace(held, can_be_rebooked=False))
    assert next_thing(other_plan).url == "booking:book"


def test_an_adverse_event_comes_before_the_next_session() -> None:
    thing = next_thing(replace(treated(START, record_id=11, sheet_id=12), event_open=True))
    assert "adverse event" in str(thing.do)
    assert thing.url == ""


N, D, W, B, S = State.NOW, State.DONE, State.WAITING, State.BLOCKED, State.SKIPPED


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (where(), [N, W, W, W, W, W, W]),
        (asked(Verdict.NEEDS_REVIEW), [D, N, W, W, W, W, W]),
        (asked(Verdict.CONTRAINDICATED), [D, B, W, W, W, W, W]),
        (asked(Verdict.BOOKABLE), [D, S, N, W, W, W, W]),
        (asked(Verdict.BOOKABLE, reviewed=reviewed(awaiting=False)), [D, D, N, W, W, W, W]),
        (asked(Verdict.ADVERSE_EVENT_OPEN, event_open=True), [D, S, B, W, W, W, W]),
        (booked(Verdict.NEEDS_CONSENT), [D, S, D, N, W, W, W]),
        (booked(Verdict.NEEDS_CHECK_IN, today=TUESDAY), [D, S, D, N, N, W, W]),
        (treated(), [D, S, D, N, W, N, W]),
        (treated(START, record_id=11), [D, S, D, N, W, D, N]),
        (treated(START, record_id=11, sheet_id=12), [D, S, D, N, W, D, D]),
    ],
)
def test_the_seven_steps_say_how_each_stands(facts: Whereabouts, expected: list[State]) -> None:
    assert [step.state for step in steps(facts)] == expected


def test_a_consent_that_no_longer_counts_is_not_shown_as_done() -> None:
    signed = Agreed(**(vars(GIVEN) | {"signed_at": NOW, "countersigned_at": NOW}))
    assert steps(booked(Verdict.NEEDS_CONSENT, agreed=signed))[3].state == State.NOW


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        (None, State.NOW),
        (GIVEN, State.NOW),
        (Agreed(**(vars(GIVEN) | {"signed_at": NOW})), State.NOW),
        (Agreed(**(vars(GIVEN) | {"signed_at": NOW, "countersigned_at": NOW})), State.DONE),
        (Agreed(**(vars(GIVEN) | {"end": "WITHDRAWN"})), State.BLOCKED),
        (Agreed(**(vars(GIVEN) | {"end": "REFUSED"})), State.BLOCKED),
        (Agreed(**(vars(GIVEN) | {"end": "SUPERSEDED"})), State.NOW),
    ],
)
def test_consent_is_done_only_when_both_have_signed(agreed: Agreed | None, expected: State) -> None:
    assert steps(booked(Verdict.NEEDS_CHECK_IN, agreed=agreed))[3].state == expected
