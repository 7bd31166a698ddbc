"""What a clinician may say of a finding, and when a decision can be signed."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.core.actor import Actor, Role
from clinic.review.verdicts import (
    GOES_AHEAD,
    Case,
    Flag,
    Outcome,
    Problem,
    Problems,
    Verdict,
    allowed,
    needs_second_clinician,
    outcomes,
    problems,
    signing_role,
    valid_from,
)

MONDAY = date(2026, 6, 1)
PLANNED = date(2026, 6, 15)
LAST = MONDAY + timedelta(days=30)


def flag(**fields: Any) -> Flag:
    values: dict[str, Any] = {
        "id": 1,
        "outcome": "calm",
        "level": 2,
        "override_by": "practitioner",
        "defer_until": None,
    }
    return Flag(**(values | fields))


def case(*flags: Flag, **fields: Any) -> Case:
    values: dict[str, Any] = {
        "complete": True,
        "hard_stop": False,
        "assessment_date": MONDAY,
        "planned_date": PLANNED,
        "windows_end": MONDAY,
        "answers_until": LAST,
    }
    return Case(flags=flags, **(values | fields))


def wait(**fields: Any) -> Flag:
    return flag(**({"level": 3, "defer_until": date(2026, 6, 18)} | fields))


@pytest.mark.parametrize(
    ("one", "role", "expected"),
    [
        (flag(), Role.PRACTITIONER, {"ACCEPT", "ASK", "STOP"}),
        (flag(), Role.CLINICAL_LEAD, {"ACCEPT", "ASK", "STOP"}),
        (flag(), None, set()),
        (flag(override_by="prescriber"), Role.PRACTITIONER, {"ASK", "STOP"}),
        (flag(override_by="prescriber"), Role.CLINICAL_LEAD, {"ASK", "STOP"}),
        (flag(override_by="prescriber"), Role.PRESCRIBER, {"ACCEPT", "ASK", "STOP"}),
        (flag(override_by="never"), Role.PRESCRIBER, {"ASK", "STOP"}),
        (flag(override_by="never", reading=True), Role.PRACTITIONER, {"ASK", "STOP"}),
        (flag(override_by="never", reading=True), Role.CLINICAL_LEAD, {"ASK", "STOP"}),
        (flag(override_by="never", reading=True), Role.PRESCRIBER, {"WITHDRAW", "ASK", "STOP"}),
        (flag(override_by="prescriber", reading=True), Role.PRACTITIONER, {"ASK", "STOP"}),
        (
            flag(override_by="prescriber", reading=True),
            Role.PRESCRIBER,
            {"ACCEPT", "WITHDRAW", "ASK", "STOP"},
        ),
        (flag(reading=True), Role.PRACTITIONER, {"ACCEPT", "ASK", "STOP"}),
        (flag(outcome="unsure", override_by="never"), Role.PRESCRIBER, {"ASK", "STOP"}),
        (flag(outcome="unsure"), Role.PRESCRIBER, {"ASK", "STOP"}),
        (wait(), Role.PRACTITIONER, {"WAIT", "OVERRIDE", "ASK", "STOP"}),
        (wait(override_by="never"), Role.PRESCRIBER, {"WAIT", "ASK", "STOP"}),
        (flag(level=4), Role.PRACTITIONER, {"OVERRIDE", "ASK", "STOP"}),
        (flag(level=4, override_by="prescriber"), Role.PRACTITIONER, {"ASK", "STOP"}),
        (flag(level=4, override_by="never"), Role.PRESCRIBER, {"ASK", "STOP"}),
    ],
)
def test_the_rule_says_who_may_set_a_finding_aside(
    one: Flag, role: Role | None, expected: set[str]
) -> None:
    assert {verdict.value for verdict in allowed(one, role)} - {"REFER"} == expected


def test_who_may_not_decide_alone_may_ask_a_prescriber() -> None:
    needs, plain = flag(override_by="prescriber"), flag()
    assert Verdict.REFER in allowed(needs, Role.PRACTITIONER)
    assert Verdict.REFER in allowed(flag(override_by="never", reading=True), Role.CLINICAL_LEAD)
    assert Verdict.REFER not in allowed(needs, Role.PRESCRIBER)
    assert Verdict.REFER not in allowed(plain, Role.PRACTITIONER)
    assert Outcome.PRESCRIBER in outcomes(case(needs), Role.PRACTITIONER)
    assert Outcome.PRESCRIBER not in outcomes(case(needs), Role.PRESCRIBER)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({Role.FRONT_DESK}, None),
        ({Role.MANAGER, Role.AUDITOR}, None),
        ({Role.PRACTITIONER}, Role.PRACTITIONER),
        ({Role.PRACTITIONER, Role.PRESCRIBER}, Role.PRESCRIBER),
        ({Role.CLINICAL_LEAD}, Role.CLINICAL_LEAD),
    ],
)
def test_only_clinicians_sign_and_with_the_role_that_may_do_most(
    roles: set[Role], expected: Role | None
) -> None:
    who = Actor(kind="staff", id=1, name="X", site_id=1, roles=frozenset(roles))
    assert signing_role(who) is expected


def judge(
    decided: Case, outcome: Outcome, said: dict[int, tuple[Verdict, str]], **fields: Any
) -> Problems:
    values: dict[str, Any] = {"role": Role.PRACTITIONER, "defer_until": None, "today": MONDAY}
    return problems(decided, outcome=outcome, verdicts=said, **(values | fields))


def test_a_decided_case_with_reasons_can_be_signed() -> None:
    assert judge(case(flag()), Outcome.CLEARED, {1: (Verdict.ACCEPT, "calm on sight")}) == {}


def test_no_flag_may_stay_open() -> None:
    assert judge(case(flag(), flag(id=2)), Outcome.CLEARED, {1: (Verdict.ACCEPT, "ok")}) == {
        2: Problem.UNDECIDED
    }


def test_a_verdict_without_a_reason_is_told_beside_its_finding() -> None:
    assert judge(case(flag()), Outcome.DECLINED, {1: (Verdict.STOP, "  ")}) == {
        1: Problem.NO_REASON
    }


def test_a_verdict_that_the_role_may_not_give_is_refused() -> None:
    held = case(flag(override_by="prescriber"))
    assert judge(held, Outcome.CLEARED, {1: (Verdict.ACCEPT, "x")}) == {1: Problem.NOT_ALLOWED}


@pytest.mark.parametrize(
    ("held", "said", "expected"),
    [
        (case(flag()), Verdict.STOP, Problem.STOP_IS_NOT_CLEARED),
        (case(flag()), Verdict.ASK, Problem.ASK_IS_NOT_CLEARED),
        (case(flag(), complete=False), Verdict.ACCEPT, Problem.INCOMPLETE),
        (case(flag(), hard_stop=True), Verdict.ACCEPT, Problem.HARD_STOP),
    ],
)
def test_cleared_goes_with_nothing_that_speaks_against_it(
    held: Case, said: Verdict, expected: Problem
) -> None:
    assert judge(held, Outcome.CLEARED, {1: (said, "x")}) == {None: expected}


def test_nobody_is_offered_to_clear_what_cannot_be_cleared() -> None:
    assert Outcome.CLEARED in outcomes(case(flag()))
    assert Outcome.CLEARED not in outcomes(case(flag(), hard_stop=True))
    assert Outcome.CLEARED not in outcomes(case(flag(), complete=False))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (None, {None: Problem.DATE_NEEDED}),
        (MONDAY, {None: Problem.DATE_IS_PAST}),
        (MONDAY + timedelta(days=1), {}),
    ],
)
def test_a_deferral_has_a_day_to_come(until: date | None, expected: Problems) -> None:
    said = {1: (Verdict.ACCEPT, "x")}
    assert judge(case(flag()), Outcome.DEFERRED, said, defer_until=until) == expected


@pytest.mark.parametrize(("days", "fits"), [(29, True), (30, True), (31, False)])
def test_a_wait_longer_than_the_answers_count_cannot_be_cleared(days: int, *, fits: bool) -> None:
    held = case(wait(defer_until=MONDAY + timedelta(days=days)))
    found = judge(held, Outcome.CLEARED, {1: (Verdict.WAIT, "x")})
    assert found == ({} if fits else {None: Problem.WAIT_OUTLASTS_ANSWERS})


def test_only_an_override_that_clears_needs_a_second_clinician() -> None:
    assert needs_second_clinician(Outcome.CLEARED, [Verdict.ACCEPT, Verdict.OVERRIDE])
    assert not needs_second_clinician(Outcome.CLEARED, [Verdict.ACCEPT, Verdict.WAIT])
    assert not needs_second_clinician(Outcome.DECLINED, [Verdict.OVERRIDE])


@pytest.mark.parametrize(
    ("held", "said", "expected"),
    [
        (case(flag()), {1: Verdict.ACCEPT}, MONDAY),
        (case(flag(), windows_end=date(2026, 6, 9)), {1: Verdict.ACCEPT}, date(2026, 6, 9)),
        (case(wait(), windows_end=date(2026, 6, 18)), {1: Verdict.WAIT}, date(2026, 6, 18)),
        (case(wait(), windows_end=date(2026, 6, 18)), {1: Verdict.OVERRIDE}, PLANNED),
        (
            case(wait(), wait(id=2, defer_until=date(2026, 6, 30)), windows_end=date(2026, 6, 30)),
            {1: Verdict.WAIT, 2: Verdict.OVERRIDE},
            date(2026, 6, 18),
        ),
    ],
)
def test_a_clearance_begins_after_every_wait_that_stands(
    held: Case, said: dict[int, Verdict], expected: date
) -> None:
    assert valid_from(held, said) == expected


flags = st.builds(
    flag,
    id=st.integers(1, 4),
    outcome=st.sampled_from(["calm", "unsure"]),
    level=st.integers(2, 4),
    override_by=st.sampled_from(["practitioner", "prescriber", "never"]),
    defer_until=st.just(date(2026, 6, 18)),
    reading=st.booleans(),
)
cases = st.builds(
    lambda found, complete, stop: case(
        *{f.id: f for f in found}.values(), complete=complete, hard_stop=stop
    ),
    st.lists(flags, max_size=4),
    st.booleans(),
    st.booleans(),
)
sayings = st.dictionaries(
    st.integers(1, 4), st.tuples(st.sampled_from(Verdict), st.sampled_from(["", "a reason"]))
)


@given(cases, sayings, st.sampled_from([*Role, None]))
def test_nobody_is_ever_cleared_past_a_finding_that_says_never(
    held: Case, said: dict[int, tuple[Verdict, str]], role: Role | None
) -> None:
    """Whatever is said by whom: cleared means complete, every flag decided, never means never."""
    if judge(held, Outcome.CLEARED, said, role=role):
        return
    assert held.complete
    assert not held.hard_stop
    for one in held.flags:
        verdict, reason = said[one.id]
        assert verdict in GOES_AHEAD
        assert reason
        assert one.outcome != "unsure" or verdict is Verdict.WAIT
        if verdict is Verdict.WITHDRAW:
            assert one.reading
            assert role is Role.PRESCRIBER
        elif verdict is not Verdict.WAIT:
            assert one.override_by != "never"
            assert one.override_by != "prescriber" or role is Role.PRESCRIBER
