"""The conditions of a pack as SQL over a row of facts.

Nothing of a pack's words is ever written into SQL: options have become places, and numbers whole
numbers. Levels, dates and ages are compared exactly as the engine compares them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import ge, gt
from typing import Literal

from screening.engine import Level, Pack, Question
from screening.engine.answers import QuestionType
from screening.engine.conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, Plan, RuleHit

from .logic import FALSE, TRUE, Test, all_of, any_of, counted, held, negated, sql
from .row import GREATEST_DEPTH
from .slots import LAST_SESSION, Slots

Sure = Literal["exact", "may", "must"]
"""What is asked where a level or an age depends on the day: on the day at hand, on some day from
that of the answers on, or on every such day."""

OPPOSITE: dict[Sure, Sure] = {"exact": "exact", "may": "must", "must": "may"}
Hits = Callable[[str, Level, Sure], Test]
"""Whether a rule hits at a level or above."""


def no_hits(code: str, least: Level, sure: Sure) -> Test:
    """For conditions that read none."""
    raise ValueError(f"the hits of {code} are read where none may be")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A pack's conditions over rows that were filled under ``filled`` (the same pack or an older).

    ``age``: the column of the age, or an age that is taken for everybody's.
    """

    pack: Pack
    slots: Slots
    filled: Pack
    age: str | int = "age_planned"
    young: Test = FALSE
    """Who has a birthday to come that matters: asked with ``may`` and ``must`` alone."""

    def test(self, condition: Condition, hits: Hits = no_hits, sure: Sure = "exact") -> Test:
        """Whether the condition holds of a row."""
        match condition:
            case Ask():
                return self._ask(condition)
            case Plan():
                return self._plan(condition, sure)
            case AllOf(parts=parts):
                return all_of([self.test(part, hits, sure) for part in parts])
            case AnyOf(parts=parts):
                return any_of([self.test(part, hits, sure) for part in parts])
            case Not(part=part):
                return negated(self.test(part, hits, OPPOSITE[sure]))
            case RuleHit(code=code, min_level=least):
                return hits(code, least, sure)
            case HitGroups(groups=groups, min_level=least, least=count):
                each = [any_of([hits(code, least, sure) for code in group]) for group in groups]
                return _at_least(count, each)

    def shown(self, question: Question) -> Test:
        """Whether the pack asks the question of whoever gave these answers."""
        return TRUE if question.show_when is None else self._shown[question.id]

    @cached_property
    def _shown(self) -> dict[str, Test]:
        found: dict[str, Test] = {}
        for question in self.pack.questions:
            if question.show_when is not None:
                found[question.id] = self.test(question.show_when)
        return found

    def options(self, question: str, values: frozenset[str]) -> Test:
        """Whether one of the options is ticked."""
        ticked = held(self.slots["option", question, value] for value in values)
        return all_of([ticked, self.counts(question)])

    def answered(self, question: str) -> Test:
        """Whether the row holds an answer that counts."""
        return all_of([held([self.slots["answered", question, ""]]), self.counts(question)])

    def counts(self, question: str) -> Test:
        """Whether an answer in the row counts: not where this pack would not have asked."""
        if self.pack is self.filled:
            return TRUE
        before = self.filled.question_by_id.get(question)
        now = self.pack.question_by_id[question]
        if before is None or now.show_when is None:
            return TRUE
        then = Reader(pack=self.filled, slots=self.slots, filled=self.filled).shown(before)
        asked = self.test(now.show_when)
        return TRUE if asked == then else asked

    def _ask(self, ask: Ask) -> Test:
        name = ask.question
        if ask.op == "text_present":
            return all_of([held([self.slots["text", name, ""]]), self.counts(name)])
        if ask.op in ("eq", "in", "contains_any"):
            return self.options(name, ask.values)
        every = self.pack.question_by_id[name].values
        if ask.op == "not_empty":
            return self.options(name, every)
        others = every - ask.values
        if ask.count == 1:
            return self.options(name, others)
        number = counted(self.slots["option", name, value] for value in others)
        # Most have ticked nothing, which is quicker to see than to count.
        return all_of([self.options(name, others), f"({number} >= {ask.count:d})"])

    def _plan(self, plan: Plan, sure: Sure) -> Test:
        name = plan.field
        if name == "age":
            return self._age(plan, sure)
        if plan.op == "exists":
            there = held([self.slots[LAST_SESSION]])
            return there if plan.value is True else negated(there)
        if name == "depth_mm":
            return compared("depth", plan, hundred=True)
        if name == "last_session.depth_mm":
            found = compared("last_depth", plan, hundred=True)
            return all_of(["(last_depth >= 0)", found])
        if plan.op == "eq" and isinstance(next(iter(plan.values)), bool):
            said = held([self.slots["plan", name, ""]])
            return any_of([said if value is True else negated(said) for value in plan.values])
        known = (("plan", name, str(value)) for value in plan.values)
        return held(self.slots[fact] for fact in known)

    def _age(self, plan: Plan, sure: Sure) -> Test:
        if isinstance(self.age, int):
            least = least_number(plan, hundred=False)
            return TRUE if (self.age >= least) is (plan.op != "lt") else FALSE
        now = compared(self.age, plan, hundred=False)
        if sure == "may":
            return any_of([self.young, now])
        if sure == "must":
            return all_of([negated(self.young), now])
        return now


def compared(column: str, plan: Plan, *, hundred: bool) -> Test:
    """A column of whole numbers compared with what a pack names."""
    least = least_number(plan, hundred=hundred)
    if plan.op == "lt":
        if least == 0:
            return FALSE
        return TRUE if least > GREATEST_DEPTH else f"({column} < {least:d})"
    return FALSE if least > GREATEST_DEPTH else f"({column} >= {least:d})"


def least_number(plan: Plan, *, hundred: bool) -> int:
    """The least whole number (of hundredths) that is above, at, or no longer below the value.

    The engine's own comparison decides, so that rounding cannot tell them apart.
    """
    limit = float(plan.value)
    reached = gt if plan.op == "gt" else ge
    if limit != limit:  # NaN: nothing is above, below or at it
        return 0 if plan.op == "lt" else GREATEST_DEPTH + 1
    every = range(GREATEST_DEPTH + 1)
    return bisect_left(every, True, key=lambda n: reached(n / 100 if hundred else n, limit))


def _at_least(count: int, tests: list[Test]) -> Test:
    if count == 1:
        return any_of(tests)
    if count > len(tests):
        return FALSE
    each = [f"({sql(test)})::int" for test in tests if test != FALSE]
    return f"({' + '.join(each)} >= {count:d})" if len(each) >= count else FALSE


def is_list(question: Question) -> bool:
    """Whether several options may be ticked."""
    return question.type in (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)
