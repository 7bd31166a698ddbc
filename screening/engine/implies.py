"""Whether one condition implies another, judged by structure alone.

``implies`` answers true only where it can show it; false means "not shown". That is enough to
find an outcome that an earlier, equal or weaker one always takes first.
"""

from __future__ import annotations

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
from .rules import Pack

_SUBSET = {"eq", "in", "contains_any", "intersects"}


MOST_STEPS = 1_000
"""How long one proof may take. The longest of the first pack takes 26 steps; the number of ways
through two deep conditions grows with every level of both."""


def implies(strong: Condition, weak: Condition) -> bool:
    """Whether ``weak`` holds wherever ``strong`` does."""
    return _Proof().shows(strong, weak)


class _Proof:
    """One search for a proof; it gives up ("not shown") after so many steps."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def shows(self, strong: Condition, weak: Condition) -> bool:
        self.left -= 1
        if self.left < 0:
            return False
        if strong == weak:
            return True
        if isinstance(strong, AnyOf):
            return all(self.shows(part, weak) for part in strong.parts)
        if isinstance(weak, AllOf):
            return all(self.shows(strong, part) for part in weak.parts)
        if isinstance(strong, Ask | Plan) and strong.op == "in" and len(strong.values) > 1:
            return all(self.shows(one, weak) for one in _one_by_one(strong))
        if isinstance(weak, AnyOf) and any(self.shows(strong, part) for part in weak.parts):
            return True
        if isinstance(strong, AllOf):
            return any(self.shows(part, weak) for part in strong.parts)
        if isinstance(strong, Not) and isinstance(weak, Not):
            return self.shows(weak.part, strong.part)
        return _atom_implies(strong, weak)


def always_true(condition: Condition, pack: Pack) -> bool:
    """Whether every valid answer set makes it true: all options of a question always shown."""
    if isinstance(condition, AllOf):
        return all(always_true(part, pack) for part in condition.parts)
    named: dict[str, set[str]] = {}
    for part in condition.parts if isinstance(condition, AnyOf) else (condition,):
        if isinstance(part, Ask) and part.op in ("eq", "in"):
            named.setdefault(part.question, set()).update(part.values)
        elif part is not condition and always_true(part, pack):
            return True
    for name, values in named.items():
        question = pack.question_by_id.get(name)
        if question and question.show_when is None and question.values <= values:
            return bool(question.values)
    return False


def contradictory(condition: Condition, pack: Pack) -> bool:
    """Whether it can never be true: two answers to one question, or a follow-up read where
    it is not shown."""
    if isinstance(condition, AnyOf):
        return all(contradictory(part, pack) for part in condition.parts)
    required = _required(condition, pack)
    allowed: dict[str, frozenset[Scalar]] = {}
    for part in required:
        if isinstance(part, Ask | Plan) and part.op in ("eq", "in"):
            name = _subject(part)
            allowed[name] = allowed.get(name, part.values) & part.values
    if not all(allowed.values()):
        return True
    return any(isinstance(part, AnyOf) and contradictory(part, pack) for part in required)


def _required(condition: Condition, pack: Pack) -> list[Condition]:
    """The parts that must all hold, with what must hold for their questions to be shown."""
    found: list[Condition] = []
    left, seen = [condition], set[str]()
    while left:
        part = left.pop()
        if isinstance(part, AllOf):
            left.extend(part.parts)
            continue
        found.append(part)
        # Each question once: follow-ups of follow-ups may lead back to it by many ways.
        if isinstance(part, Ask) and part.question not in seen:
            seen.add(part.question)
            question = pack.question_by_id.get(part.question)
            if question and question.show_when:
                left.append(question.show_when)
    return found


def _one_by_one(atom: Ask | Plan) -> list[Condition]:
    if isinstance(atom, Ask):
        return [Ask(question=atom.question, op="eq", values=frozenset({v})) for v in atom.values]
    return [Plan(field=atom.field, op="eq", values=frozenset({v})) for v in atom.values]


def _subject(atom: Condition) -> str:
    if isinstance(atom, Ask):
        return f"q.{atom.question}"
    return f"ctx.{atom.field}" if isinstance(atom, Plan) else ""


def _atom_implies(strong: Condition, weak: Condition) -> bool:
    if isinstance(strong, RuleHit) and isinstance(weak, RuleHit):
        return strong.code == weak.code and strong.min_level >= weak.min_level
    if isinstance(strong, HitGroups) and isinstance(weak, HitGroups):
        same = strong.groups == weak.groups
        return same and strong.min_level >= weak.min_level and strong.least >= weak.least
    if isinstance(strong, DepthAbove) or isinstance(weak, DepthAbove):
        return False  # where the lines lie is data
    if _subject(strong) != _subject(weak):
        return False
    if isinstance(strong, Ask) and isinstance(weak, Ask):
        return _ask_implies(strong, weak)
    if isinstance(strong, Plan) and isinstance(weak, Plan):
        return _plan_implies(strong, weak)
    return False


def _ask_implies(strong: Ask, weak: Ask) -> bool:
    if weak.op == "text_present":
        return strong.op == "text_needs_reader"
    if weak.op == "not_empty":
        return strong.op in ("contains_any", "count_gte")
    if strong.op == weak.op == "count_gte":
        return strong.count >= weak.count and strong.values >= weak.values
    same_kind = strong.op == weak.op or {strong.op, weak.op} == {"eq", "in"}
    return same_kind and strong.op in _SUBSET and strong.values <= weak.values


def _plan_implies(strong: Plan, weak: Plan) -> bool:
    if weak.op == "exists" and weak.value is True:
        return strong.op != "exists"
    if "count_in_gte" in (strong.op, weak.op):
        return _counts_imply(strong, weak)
    if strong.op in _SUBSET and weak.op in _SUBSET:
        same_kind = strong.op == weak.op or {strong.op, weak.op} == {"eq", "in"}
        return same_kind and strong.values <= weak.values
    if strong.op in _SUBSET or weak.op in _SUBSET or "exists" in (strong.op, weak.op):
        return False
    ours, theirs = float(strong.value), float(weak.value)
    if "l" in (strong.op[0], weak.op[0]):
        below = strong.op[0] == weak.op[0]
        return below and (
            ours < theirs or (ours == theirs and (strong.op, weak.op) != ("lte", "lt"))
        )
    return ours > theirs or (ours == theirs and (strong.op, weak.op) != ("gte", "gt"))


def _counts_imply(strong: Plan, weak: Plan) -> bool:
    """So many of some areas are so many of more areas, and at least one of them."""
    if strong.op != "count_in_gte" or not strong.values <= weak.values:
        return False
    return weak.op == "intersects" or (weak.op == strong.op and strong.count >= weak.count)
