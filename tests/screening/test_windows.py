"""Every waiting time: the day before it ends, the day itself, the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from screening.case_context import read_context
from screening.engine import Level, Outcome, Rule, evaluate
from screening.engine.dates import Window
from tests.screening.cases import found, hit_of, pack, screen
from tests.screening.reference import after
from tests.screening.solver import cases_for

# A month that ends early follows; a leap day; a day before a leap day; a common day.
BASES = [date(2025, 8, 31), date(2024, 2, 29), date(2023, 8, 30), date(2026, 5, 4)]


def _options(outcome: Outcome) -> list[str | None]:
    named: list[str | None] = [*sorted(outcome.defer.windows)] if outcome.defer else []
    return named or [None]


WAITS = [
    (rule, outcome, option)
    for rule in pack().all_rules
    for outcome in rule.outcomes
    if outcome.defer and (rule.code, outcome.id) != ("planned_sun", "yes")
    for option in _options(outcome)
]


def plain(window: Window) -> dict[str, int]:
    return {"days": window.days} if window.days else {"months": window.months or 0}


def ticking(rule: Rule, outcome: Outcome, option: str | None, basis: date) -> tuple[Any, Any]:
    """A case of this outcome whose basis date is ``basis``, with only this option ticked."""
    for context, answers in cases_for(pack(), outcome.when, basis):
        defer = outcome.defer
        assert defer is not None
        taken = hit_of(evaluate(pack(), read_context(context, pack()), answers), rule.code)
        if taken is None or taken.outcome != outcome.id:
            continue
        if option is None or answers[defer.question] == {option: basis.isoformat()}:
            return context, answers
    pytest.fail(f"no case for {outcome.id} {option}")


def test_the_pack_holds_every_wait() -> None:
    assert len({(rule.code, outcome.id) for rule, outcome, _ in WAITS}) == 30


@pytest.mark.parametrize("basis", BASES, ids=str)
@pytest.mark.parametrize(
    ("rule", "outcome", "option"), WAITS, ids=[f"{r.code}.{o.id}.{x}" for r, o, x in WAITS]
)
def test_a_wait_ends_on_its_day(
    rule: Rule, outcome: Outcome, option: str | None, basis: date
) -> None:
    defer = outcome.defer
    assert defer is not None
    window = defer.windows[option] if option else defer.window
    assert window is not None
    context, answers = ticking(rule, outcome, option, basis)
    if defer.basis == "answer":
        basis = date.fromisoformat(answers[defer.question])
    end = after(basis, plain(window))
    for shift, open_again in ((-1, False), (0, True), (1, True)):
        context["planned_date"] = (end + timedelta(days=shift)).isoformat()
        result = evaluate(pack(), read_context(context, pack()), answers)
        hit = hit_of(result, rule.code)
        if not open_again:
            assert hit is not None
            assert (hit.outcome, hit.level, hit.defer_until) == (outcome.id, Level.DEFER, end)
        elif outcome.after_window_level is Level.CLEAR:
            assert hit is None
        else:
            assert hit is not None
            assert (hit.outcome, hit.defer_until) == (outcome.id, None)
            assert hit.level is outcome.after_window_level


@pytest.mark.parametrize("days", [0, 1])
def test_planned_sun_that_is_still_to_come_waits_from_its_end(days: int) -> None:
    end = date(2026, 6, 15) + timedelta(days=days)
    result = screen({"planned_sun": "yes", "planned_sun_end": end.isoformat()})
    assert found(result)["planned_sun"] == ("yes", "DEFER", end + timedelta(days=14))


def test_sun_that_ends_before_the_plan_is_asked_about_again() -> None:
    said = {"planned_sun": "yes", "planned_sun_end": "2026-06-14"}
    assert found(screen(said))["planned_sun"] == ("end_before_plan", "DEFER", date(2026, 6, 28))
    later = screen(said, {"planned_date": "2026-06-28"})
    assert found(later)["planned_sun"] == ("end_before_plan", "REVIEW", None)


def test_the_latest_of_several_options_counts() -> None:
    result = screen({"sun_exposure": {"sunburn": "2026-05-20", "tan": "2026-05-31"}})
    assert found(result)["sun_and_tanning"] == ("mn", "DEFER", date(2026, 6, 17))
    assert result.defer_until == date(2026, 6, 17)


def test_the_latest_of_several_waits_counts() -> None:
    result = screen(
        {
            "isotretinoin": "stopped",
            "isotretinoin_stop": "2026-01-31",
            "hair_removal": "yes",
            "hair_removal_date": "2026-05-31",
            "unwell": "yes",
        }
    )
    assert result.defer_until == date(2026, 7, 31)
    assert result.earliest == date(2026, 7, 31)


def test_a_wait_near_the_end_of_the_calendar_is_no_crash() -> None:
    result = screen(
        {"planned_sun": "yes", "planned_sun_end": "9999-12-31"},
    )
    assert found(result)["planned_sun"] == ("yes", "DEFER", date.max)
