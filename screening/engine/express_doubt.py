"""Conditions of combinations written out twice: where they surely hold, and where they may.

Where a condition may hold and does not surely, it is unknown: see ``compile`` on combining.
"""

from __future__ import annotations

from collections.abc import Mapping

from .answers import Question
from .compile import NOT_SURE
from .conditions import AllOf, AnyOf, Ask, Condition, Not
from .express import Scope, expression


def surely(condition: Condition, questions: Mapping[str, Question], scope: Scope) -> str:
    """An expression that is true exactly where the condition is true."""
    return _written(condition, questions, scope, may=False)


def possibly(condition: Condition, questions: Mapping[str, Question], scope: Scope) -> str:
    """An expression that is true exactly where the condition is true or unknown."""
    return _written(condition, questions, scope, may=True)


def _written(
    condition: Condition, questions: Mapping[str, Question], scope: Scope, *, may: bool
) -> str:
    match condition:
        case AllOf(parts=parts):
            return f"({' and '.join(_written(p, questions, scope, may=may) for p in parts)})"
        case AnyOf(parts=parts):
            return f"({' or '.join(_written(p, questions, scope, may=may) for p in parts)})"
        case Not(part=part):
            return f"(not {_written(part, questions, scope, may=not may)})"
        case Ask() if may:
            return f"({' or '.join(_ways(condition, questions, scope))})"
        case _:
            return expression(condition, scope)


def _ways(ask: Ask, questions: Mapping[str, Question], scope: Scope) -> list[str]:
    """The ways in which a condition on one answer may hold."""
    question, found = questions[ask.question], scope.answers[ask.question]
    ways = [expression(ask, scope)]
    if ask.op in ("eq", "in") and NOT_SURE in question.values - ask.values:
        ways.append(f"{found} == {scope.constant(NOT_SURE)}")
    if question.show_when is not None:
        # It was not asked, and perhaps it should have been.
        ways.append(f"({found} is None and {possibly(question.show_when, questions, scope)})")
    return ways
