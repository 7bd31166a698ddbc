"""Conditions and waits turned, once per pack, into functions over one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import ge, gt, lt

from .answers import Known, text_is_present
from .conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, Plan, RuleHit, Scalar
from .context import PlanValue
from .dates import Window
from .levels import UNKNOWN, Level, Truth, Unknown, kleene_not
from .rules import Defer


@dataclass(slots=True)
class Case:
    """One case while it is judged: answers read, plan, and what the rules said so far."""

    answers: Mapping[str, Known]
    plan: dict[str, PlanValue]
    assessment_date: date
    planned_date: date
    levels: dict[str, Level] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)


Test = Callable[[Case], Truth]
WaitEnd = Callable[[Case], date | Unknown | None]


def compile_condition(condition: Condition) -> Test:
    """The condition as a function from a case to true, false or unknown (``None``)."""
    match condition:
        case Ask():
            return _ask(condition)
        case Plan():
            return _plan(condition)
        case AllOf(parts=parts):
            return _all(tuple(compile_condition(part) for part in parts))
        case AnyOf(parts=parts):
            return _any(tuple(compile_condition(part) for part in parts))
        case Not(part=part):
            inner = compile_condition(part)
            return lambda case: kleene_not(inner(case))
        case RuleHit(code=code, min_level=least):
            return lambda case: _hit(case, code, least)
        case HitGroups():
            return _groups(condition)


def compile_wait(defer: Defer) -> WaitEnd:
    """When the wait ends: a date, UNKNOWN where the basis is, ``None`` where nothing counts."""
    if defer.basis == "option_dates":
        ticked, windows = defer.question, dict(defer.windows)
        return lambda case: end_of_options(case.answers[ticked], windows)
    window = defer.window
    if window is None:
        raise ValueError("a wait needs a window")
    if defer.basis == "assessment_date":
        return lambda case: window.after(case.assessment_date)
    name = defer.question or defer.field
    if defer.basis == "answer":
        return lambda case: end_from(case.answers[name], window)
    return lambda case: end_from(case.plan[name], window)


def end_from(basis: object, window: Window) -> date | Unknown:
    """When a wait from one date ends. A basis that is not there is unknown, never "no wait"."""
    return window.after(basis) if isinstance(basis, date) else UNKNOWN


def end_of_options(ticked: object, windows: Mapping[str, Window]) -> date | Unknown | None:
    """When the last wait of the ticked options ends; ``None`` where none of them has a wait."""
    if not isinstance(ticked, Mapping):
        return UNKNOWN
    ends = []
    for option, window in windows.items():
        if option in ticked:
            day = ticked[option]
            if day is None:
                return UNKNOWN
            ends.append(window.after(day))
    return max(ends, default=None)


def _ask(ask: Ask) -> Test:
    question, values = ask.question, ask.values
    if ask.op == "eq" and len(values) == 1:
        (value,) = values

        def equals(case: Case) -> Truth:
            answer = case.answers[question]
            return None if answer is UNKNOWN else answer == value

        return equals
    holds = _ANSWER_TESTS[ask.op](ask)

    def test(case: Case) -> Truth:
        answer = case.answers[question]
        if answer is UNKNOWN:
            return None
        # None: a question that is not shown has no answer to find anything in.
        return answer is not None and holds(answer)

    return test


def _contains_any(ask: Ask) -> Callable[[object], bool]:
    values = ask.values
    return lambda answer: not values.isdisjoint(_ticked(answer))


def _count_gte(ask: Ask) -> Callable[[object], bool]:
    excluded, count = ask.values, ask.count
    return lambda answer: len(_ticked(answer) - excluded) >= count


def _ticked(answer: object) -> frozenset[str]:
    return frozenset(answer) if isinstance(answer, frozenset | Mapping) else frozenset()


def _says_something(answer: object) -> bool:
    return isinstance(answer, str) and text_is_present(answer)


_ANSWER_TESTS: Mapping[str, Callable[[Ask], Callable[[object], bool]]] = {
    "in": lambda ask: lambda answer: answer in ask.values,
    "contains_any": _contains_any,
    "count_gte": _count_gte,
    "not_empty": lambda _: bool,
    "text_present": lambda _: _says_something,
}

_ORDER: Mapping[str, Callable[[float, Scalar], bool]] = {"lt": lt, "gt": gt, "gte": ge}


def _plan(plan: Plan) -> Test:
    name, values = plan.field, plan.values
    if plan.op == "exists":
        return _unless_unknown(name, lambda found: (found is not None) is plan.value)
    if plan.op == "intersects":
        return _unless_unknown(
            name, lambda found: isinstance(found, frozenset) and not values.isdisjoint(found)
        )
    if plan.op in _ORDER:
        compare, limit = _ORDER[plan.op], plan.value
        return _unless_unknown(
            name, lambda found: isinstance(found, int | float) and compare(found, limit)
        )
    return _unless_unknown(name, lambda found: found in values)


def _unless_unknown(name: str, holds: Callable[[PlanValue], bool]) -> Test:
    def test(case: Case) -> Truth:
        found = case.plan[name]
        return None if found is UNKNOWN else holds(found)

    return test


def _all(parts: tuple[Test, ...]) -> Test:
    """False when one part is false; else unknown when one is unknown; else true."""

    def test(case: Case) -> Truth:
        result: Truth = True
        for part in parts:
            value = part(case)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def _any(parts: tuple[Test, ...]) -> Test:
    """True when one part is true; else unknown when one is unknown; else false."""

    def test(case: Case) -> Truth:
        result: Truth = False
        for part in parts:
            value = part(case)
            if value:
                return True
            if value is None:
                result = None
        return result

    return test


def _hit(case: Case, code: str, least: Level) -> Truth:
    """A rule that hit is a hit; one that could not be decided might have been."""
    level = case.levels.get(code)
    if level is not None and level >= least:
        return True
    return None if code in case.undecided else False


def _groups(condition: HitGroups) -> Test:
    groups, level, least = condition.groups, condition.min_level, condition.least

    def test(case: Case) -> Truth:
        sure = possible = 0
        for group in groups:
            truths = [_hit(case, code, level) for code in group]
            sure += True in truths
            possible += True in truths or None in truths
        if sure >= least:
            return True
        return None if possible >= least else False

    return test
