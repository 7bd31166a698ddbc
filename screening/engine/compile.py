"""Conditions turned, once per pack, into functions over one case.

Rules are judged by what was said: an answer that is missing or unreadable leaves a condition
unknown (``None``), and an unknown one never hits. Combinations are judged by what may be so
(``combining``): there "not sure" is unknown as well, unless a condition asks for it, while what is
not known of the plan is not so; the form is incomplete then anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt

from .case import Case
from .conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    DepthAbove,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    Scalar,
)
from .context import PlanValue
from .depth_limits import DepthLimit, deeper_than, line_by_area
from .levels import UNKNOWN, Level, Truth, kleene_not
from .plan import DEPTHS

Test = Callable[[Case], Truth]
NOT_SURE = "not_sure"


def compile_condition(condition: Condition, limits: Iterable[DepthLimit] = ()) -> Test:
    """A rule's condition as a function from a case to true, false or unknown (``None``)."""
    return Compiler(limits=tuple(limits)).test(condition)


def compile_combining(condition: Condition, limits: Iterable[DepthLimit] = ()) -> Test:
    """The same for a combination."""
    return Compiler(limits=tuple(limits), combining=True).test(condition)


@dataclass(frozen=True, kw_only=True)
class Compiler:
    """Compiles conditions one way or the other."""

    limits: tuple[DepthLimit, ...] = ()
    combining: bool = False

    def test(self, condition: Condition) -> Test:
        """The condition as a function."""
        match condition:
            case Ask():
                return _ask(condition, combining=self.combining)
            case Plan():
                return self._two(_plan(condition))
            case DepthAbove():
                return self._two(_depth(condition, self.limits))
            case AllOf(parts=parts):
                return _all(tuple(self.test(part) for part in parts))
            case AnyOf(parts=parts):
                return _any(tuple(self.test(part) for part in parts))
            case Not(part=part):
                inner = self.test(part)
                return lambda case: kleene_not(inner(case))
            case RuleHit(code=code, min_level=least):
                return lambda case: _hit(case, code, least)
            case HitGroups():
                return _groups(condition)

    def _two(self, test: Test) -> Test:
        """What is not known of the plan is not so, where combinations ask."""
        return (lambda case: test(case) is True) if self.combining else test


def _ask(ask: Ask, *, combining: bool) -> Test:
    question, values = ask.question, ask.values
    if ask.op in ("text_present", "text_needs_reader"):
        return _text(question, to_read=ask.op == "text_needs_reader")
    if ask.op == "before_ctx":
        return _before_planned(question)
    holds = _ANSWER_TESTS[ask.op](ask)
    open_to_doubt = combining and ask.op in ("eq", "in") and NOT_SURE not in values

    def test(case: Case) -> Truth:
        answer = case.answers[question]
        if answer is UNKNOWN or (open_to_doubt and answer == NOT_SURE):
            return None
        # None: a question that is not shown has no answer to find anything in.
        return answer is not None and holds(answer)

    return test


def _text(question: str, *, to_read: bool) -> Test:
    def test(case: Case) -> Truth:
        if case.answers[question] is UNKNOWN:
            return None
        return question in (case.unread if to_read else case.said)

    return test


def _before_planned(question: str) -> Test:
    def test(case: Case) -> Truth:
        answer = case.answers[question]
        if answer is UNKNOWN:
            return None
        return isinstance(answer, date) and answer < case.planned_date

    return test


def _contains_any(ask: Ask) -> Callable[[object], bool]:
    values = ask.values
    return lambda answer: not values.isdisjoint(_ticked(answer))


def _count_gte(ask: Ask) -> Callable[[object], bool]:
    excluded, count = ask.values, ask.count
    return lambda answer: len(_ticked(answer) - excluded) >= count


def _ticked(answer: object) -> frozenset[str]:
    return frozenset(answer) if isinstance(answer, frozenset | Mapping) else frozenset()


_ANSWER_TESTS: Mapping[str, Callable[[Ask], Callable[[object], bool]]] = {
    "eq": lambda ask: lambda answer: answer in ask.values,
    "in": lambda ask: lambda answer: answer in ask.values,
    "contains_any": _contains_any,
    "count_gte": _count_gte,
    "not_empty": lambda _: bool,
}

_ORDER: Mapping[str, Callable[[float, Scalar], bool]] = {"lt": lt, "lte": le, "gt": gt, "gte": ge}


def _plan(plan: Plan) -> Test:
    name, values = plan.field, plan.values
    if plan.op == "exists":
        return lambda case: (case.plan[name] not in (None, UNKNOWN)) is plan.value
    if plan.op == "intersects":
        return _unless_unknown(
            name, lambda found: isinstance(found, frozenset) and not values.isdisjoint(found)
        )
    if plan.op == "count_in_gte":
        return _unless_unknown(
            name, lambda found: isinstance(found, frozenset) and len(found & values) >= plan.count
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


def _depth(condition: DepthAbove, limits: tuple[DepthLimit, ...]) -> Test:
    lines = line_by_area(limits, condition)
    return lambda case: deeper_than(lines, condition, case.plan["modality"], case.plan[DEPTHS])


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
    level = case.levels.get(code)
    return level is not None and level >= least


def _groups(condition: HitGroups) -> Test:
    groups, level, least = condition.groups, condition.min_level, condition.least

    def test(case: Case) -> Truth:
        hits = (any(_hit(case, code, level) for code in group) for group in groups)
        return sum(hits) >= least

    return test
