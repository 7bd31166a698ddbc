"""A pack made ready to run: every question and rule compiled once, in the right order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter

from .answers import Question, QuestionType
from .compile import Test, WaitEnd, compile_condition, compile_wait
from .conditions import Condition, Plan, questions_read, rules_read, walk
from .findings import Hit, hit_of, unsure_hit_of
from .levels import Level
from .rules import Outcome, Pack, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class AskStep:
    """One question: whether it is shown, and the answers that are valid as they stand."""

    question: Question
    shown: Test | None
    plain: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeStep:
    """One outcome. ``after`` is the hit once the wait is over; ``None`` is no hit.
    ``moves``: its condition may change with the planned date."""

    test: Test
    hit: Hit
    wait: WaitEnd | None
    after: Hit | None
    moves: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleStep:
    """One rule or combination."""

    code: str
    outcomes: tuple[OutcomeStep, ...]
    unsure: Hit | None
    unsure_questions: tuple[str, ...]
    flag_when: tuple[tuple[Test, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """Questions, parents before follow-ups; rules, then combinations; the ages at which
    something may change."""

    asks: tuple[AskStep, ...]
    rules: tuple[RuleStep, ...]
    born: str | None
    ages: tuple[int, ...]


@lru_cache(maxsize=64)
def compile_pack(pack: Pack) -> Program:
    """Compile a pack; the same pack object is compiled once."""
    moving = frozenset(rule.code for rule in pack.rules if _moves(rule))
    return Program(
        asks=tuple(_ask_step(pack.question_by_id[name]) for name in asking_order(pack)),
        rules=tuple(_rule_step(pack, rule, moving) for rule in pack.all_rules),
        born=pack.birth_question.id if pack.birth_question else None,
        ages=_ages(pack),
    )


def asking_order(pack: Pack) -> tuple[str, ...]:
    """Ids with every question after those that decide whether it is shown.
    graphlib.CycleError where they go round in a circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for question in pack.questions:
        sorter.add(question.id, *(questions_read(question.show_when) if question.show_when else ()))
    return tuple(sorter.static_order())


def _ask_step(question: Question) -> AskStep:
    choice = question.type in (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)
    return AskStep(
        question=question,
        shown=compile_condition(question.show_when) if question.show_when else None,
        plain=question.values if choice else frozenset(),
    )


def _rule_step(pack: Pack, rule: Rule, moving: frozenset[str]) -> RuleStep:
    level = rule.unsure_level
    return RuleStep(
        code=rule.code,
        outcomes=tuple(_outcome_step(rule, outcome, moving) for outcome in rule.outcomes),
        unsure=unsure_hit_of(pack, rule, level) if level is not None else None,
        unsure_questions=tuple(
            name for name in rule.question_ids if "not_sure" in pack.question_by_id[name].values
        ),
        flag_when=tuple((compile_condition(e.when), e.flags) for e in rule.flag_when),
    )


def _outcome_step(rule: Rule, outcome: Outcome, moving: frozenset[str]) -> OutcomeStep:
    after = outcome.after_window_level
    return OutcomeStep(
        test=compile_condition(outcome.when),
        hit=hit_of(rule, outcome, outcome.level),
        wait=compile_wait(outcome.defer) if outcome.defer else None,
        after=hit_of(rule, outcome, after) if after > Level.CLEAR else None,
        moves=_reads_age(outcome.when) or not moving.isdisjoint(rules_read(outcome.when)),
    )


def _moves(rule: Rule) -> bool:
    """Whether what a rule says may change with the planned date."""
    return any(o.defer is not None or _reads_age(o.when) for o in rule.outcomes)


def _reads_age(condition: Condition) -> bool:
    return any(isinstance(part, Plan) and part.field == "age" for part in walk(condition))


def _ages(pack: Pack) -> tuple[int, ...]:
    found: set[int] = set()
    for condition in (c for rule in pack.all_rules for c in rule.conditions()):
        for part in walk(condition):
            if isinstance(part, Plan) and part.field == "age":
                found.update(n for v in part.values for n in (int(v), int(v) + 1))
    return tuple(sorted(found))
