"""Conditions written out as Python expressions, for a case in which nothing is unknown.

Nothing of a pack ever becomes code: its texts and numbers are written as literals, anything
else is bound to a name, and questions, fields and rules are known by numbered names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from .conditions import AllOf, AnyOf, Ask, Condition, DepthAbove, HitGroups, Not, Plan, RuleHit
from .depth_limits import GROUP_OF, UNSUPPORTED, DepthLimit, line_by_area
from .levels import Level

_SIGNS: Mapping[str, str] = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The local names by question id, context field and rule code, and the values bound.

    A question that is not shown is ``None``, a list of ticked options that is empty is false,
    and a rule that did not hit has level 0. ``reading``: the answers are only being read.
    """

    answers: Mapping[str, str]
    plan: Mapping[str, str]
    levels: Mapping[str, str]
    limits: tuple[DepthLimit, ...] = ()
    reading: bool = False
    bound: dict[str, object] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        """A name for a value."""
        name = f"k{len(self.bound)}"
        self.bound[name] = value
        return name

    def constant(self, value: object) -> str:
        """A literal where the value has one, else a name for it."""
        kind = type(value)
        if kind in (str, int, bool) or (isinstance(value, float) and isfinite(value)):
            return repr(value)
        return self.bind(value)

    def among(self, name: str, values: Iterable[object]) -> str:
        """Whether a name holds one of the values."""
        written = [self.constant(value) for value in sorted(values, key=repr)]
        if len(written) == 1:
            return f"{name} == {written[0]}"
        return f"{name} in ({', '.join(written)},)"

    def holding(self, name: str, values: Iterable[object]) -> list[str]:
        """For each value, whether a name holds it among others."""
        return [f"{self.constant(value)} in {name}" for value in sorted(values, key=repr)]


def expression(condition: Condition, scope: Scope) -> str:
    """The condition as an expression that is true exactly where the condition is."""
    match condition:
        case Ask():
            return f"({_ask(condition, scope)})"
        case Plan():
            return f"({_plan(condition, scope)})"
        case DepthAbove():
            return f"({_depth(condition, scope)})"
        case AllOf(parts=parts):
            return f"({' and '.join(expression(part, scope) for part in parts)})"
        case AnyOf(parts=parts):
            return f"({' or '.join(expression(part, scope) for part in parts)})"
        case Not(part=part):
            return f"(not {expression(part, scope)})"
        case RuleHit(code=code, min_level=least):
            return _hit(code, least, scope)
        case HitGroups(groups=groups, min_level=least, least=count):
            either = (" or ".join(_hit(code, least, scope) for code in group) for group in groups)
            return f"({' + '.join(f'({hits or False})' for hits in either)} >= {count:d})"


def _ask(ask: Ask, scope: Scope) -> str:
    found = scope.answers[ask.question]
    if ask.op in ("eq", "in"):
        return scope.among(found, ask.values)
    if ask.op == "contains_any":
        return f"{found} and ({' or '.join(scope.holding(found, ask.values))})"
    if ask.op == "count_gte":
        others = "".join(f" - ({held})" for held in scope.holding(found, ask.values))
        return f"{found} and len({found}){others} >= {ask.count:d}"
    if ask.op == "text_present" and scope.reading:
        return f"{found} is not None and says({found})"
    if ask.op in ("text_present", "text_needs_reader"):
        among = "unread" if ask.op == "text_needs_reader" else "said"
        return f"{scope.constant(ask.question)} in {among}"
    if ask.op == "before_ctx":
        return f"{found} is not None and {found} < planned"
    return found


def _depth(depth: DepthAbove, scope: Scope) -> str:
    """Only areas that have the line, or that no limit names, can go deeper than it."""
    group = scope.among(
        scope.plan["modality"], [name for name, kind in GROUP_OF.items() if kind == depth.group]
    )
    lines = scope.bind(dict(line_by_area(scope.limits, depth)))
    line = f"{lines}.get(area, {UNSUPPORTED[depth.line]!r})"
    deeper = f"(line := {line}) is not None and mm > line for area, mm in depths.items()"
    return f"{group} and any({deeper})"


def _plan(plan: Plan, scope: Scope) -> str:
    found = scope.plan[plan.field]
    if plan.op == "exists":
        return f"{found} is {'not ' if plan.value is True else ''}None"
    if plan.op == "intersects":
        return " or ".join(scope.holding(found, plan.values))
    if plan.op == "count_in_gte":
        held = " + ".join(f"({one})" for one in scope.holding(found, plan.values)) or "0"
        return f"{held} >= {plan.count:d}"
    if plan.op in _SIGNS:
        compared = f"{found} {_SIGNS[plan.op]} {scope.constant(plan.value)}"
        never_none = plan.field in ("age", "answers_age_days")
        return compared if never_none else f"{found} is not None and {compared}"
    return scope.among(found, plan.values)


def _hit(code: str, least: Level, scope: Scope) -> str:
    return f"{scope.levels[code]} >= {int(least):d}"
