"""A pack made ready to run: every question and rule compiled once, in the right order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter

from .answers import GREATEST_AGE, Question, QuestionType
from .compile import NOT_SURE, Compiler, Test, compile_combining, compile_condition
from .conditions import Ask, Condition, Plan, questions_read, rules_read, walk
from .findings import Hit, hit_of, unsure_hit_of
from .levels import Level
from .rules import NOBODY, Outcome, Override, Pack, Rule
from .waiting import WaitEnd, compile_wait


@dataclass(frozen=True, kw_only=True, slots=True)
class AskStep:
    """One question: whether it is shown, and the answers that are valid as they stand.

    ``may_be_shown`` is ``shown`` as combinations see it, ``None`` where no "not sure" can leave
    that open; ``needs_text`` says whether a text must say something.
    """

    question: Question
    shown: Test | None
    plain: frozenset[str]
    may_be_shown: Test | None = None
    needs_text: Test | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsureStep:
    """The hit for what is not sure, where ``test`` holds (``None``: always)."""

    test: Test | None
    when: Condition | None
    hit: Hit


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeStep:
    """One outcome. ``after`` is the hit once the wait is over; ``None`` is no hit.
    ``moves``: its condition may change with the planned date. ``before``: the questions whose
    date it compares with the planned date. ``doubt``: the hits of a combination where it is not
    sure whether the outcome holds, of which the first that applies counts."""

    test: Test
    hit: Hit
    wait: WaitEnd | None
    after: Hit | None
    moves: bool
    before: tuple[str, ...] = ()
    doubt: tuple[UnsureStep, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleStep:
    """One rule or combination."""

    code: str
    outcomes: tuple[OutcomeStep, ...]
    combines: bool
    unsure: tuple[UnsureStep, ...]
    unsure_questions: tuple[str, ...]
    flag_when: tuple[tuple[Test, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """Questions, parents before follow-ups; rules, then combinations; the ages of the client, in
    years, and of the answers, in days, at which something may change. Nobody is ``oldest``
    years old and more."""

    asks: tuple[AskStep, ...]
    rules: tuple[RuleStep, ...]
    texts: tuple[str, ...]
    born: str | None
    oldest: int
    ages: tuple[int, ...]
    answer_ages: tuple[int, ...]


@lru_cache(maxsize=64)
def compile_pack(pack: Pack) -> Program:
    """Compile a pack; the same pack object is compiled once."""
    moving = frozenset(rule.code for rule in pack.rules if _moves(rule))
    born = pack.birth_question
    return Program(
        asks=tuple(_ask_step(pack, pack.question_by_id[name]) for name in asking_order(pack)),
        rules=tuple(_rule_step(pack, rule, moving) for rule in pack.all_rules),
        texts=tuple(q.id for q in pack.questions if q.type is QuestionType.TEXT),
        born=born.id if born else None,
        oldest=born.oldest if born else GREATEST_AGE,
        ages=_turning(pack, "age"),
        answer_ages=_turning(pack, "answers_age_days"),
    )


def asking_order(pack: Pack) -> tuple[str, ...]:
    """Ids with every question after those that decide whether it is shown.
    graphlib.CycleError where they go round in a circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for question in pack.questions:
        conditions = [c for c in (question.show_when, question.needs_text_when) if c is not None]
        sorter.add(question.id, *(name for c in conditions for name in sorted(questions_read(c))))
    return tuple(sorter.static_order())


def _ask_step(pack: Pack, question: Question) -> AskStep:
    choice = question.type in (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)
    shown, needs = question.show_when, question.needs_text_when
    return AskStep(
        question=question,
        shown=compile_condition(shown) if shown else None,
        plain=question.values if choice else frozenset(),
        may_be_shown=compile_combining(shown) if shown and open_to_doubt(pack, shown) else None,
        needs_text=compile_condition(needs) if needs else None,
    )


def open_to_doubt(pack: Pack, condition: Condition) -> bool:
    """Whether a "not sure" can leave open whether it holds, also of the questions that decide
    whether those it reads are shown."""
    left, seen = [condition], set[str]()
    while left:
        for part in walk(left.pop()):
            if isinstance(part, Ask) and part.question not in seen:
                seen.add(part.question)
                question = pack.question_by_id[part.question]
                if NOT_SURE in question.values:
                    return True
                if question.show_when:
                    left.append(question.show_when)
    return False


def _rule_step(pack: Pack, rule: Rule, moving: frozenset[str]) -> RuleStep:
    level = rule.unsure_level
    compiler = Compiler(limits=pack.depth_limits)
    return RuleStep(
        code=rule.code,
        combines=rule.is_combination,
        outcomes=tuple(_outcome_step(pack, rule, outcome, moving) for outcome in rule.outcomes),
        unsure=() if level is None else _unsure_steps(pack, rule, level, ()),
        unsure_questions=tuple(
            name for name in rule.question_ids if NOT_SURE in pack.question_by_id[name].values
        ),
        flag_when=tuple((compiler.test(e.when), e.flags) for e in rule.flag_when),
    )


def _outcome_step(pack: Pack, rule: Rule, outcome: Outcome, moving: frozenset[str]) -> OutcomeStep:
    after = outcome.after_window_level
    compiler = Compiler(limits=pack.depth_limits, combining=rule.is_combination)
    return OutcomeStep(
        test=compiler.test(outcome.when),
        hit=hit_of(pack, rule, outcome, outcome.level),
        wait=compile_wait(outcome.defer) if outcome.defer else None,
        after=hit_of(pack, rule, outcome, after) if after > Level.CLEAR else None,
        moves=_reads_day(outcome.when) or not moving.isdisjoint(rules_read(outcome.when)),
        before=_before(outcome.when),
        doubt=_unsure_steps(pack, rule, Level.REVIEW, outcome.flags) if rule.is_combination else (),
    )


def _unsure_steps(
    pack: Pack, rule: Rule, level: Level, flags: tuple[str, ...]
) -> tuple[UnsureStep, ...]:
    """The hits for what is not sure, by who may decide; the last holds always."""
    entries: list[tuple[Condition | None, Override]] = [
        *((entry.when, entry.override) for entry in rule.unsure_override),
        (None, NOBODY),
    ]
    found: list[UnsureStep] = []
    for when, override in entries:
        test = None if when is None else compile_condition(when, pack.depth_limits)
        hit = unsure_hit_of(pack, rule, level, override, flags)
        found.append(UnsureStep(test=test, when=when, hit=hit))
        if when is None:
            break
    return tuple(found)


def _moves(rule: Rule) -> bool:
    """Whether what a rule says may change with the planned date."""
    return any(o.defer is not None or _reads_day(o.when) for o in rule.outcomes)


def _reads_day(condition: Condition) -> bool:
    fields = {part.field for part in walk(condition) if isinstance(part, Plan)}
    return bool(fields & {"age", "answers_age_days"} or _before(condition))


def _before(condition: Condition) -> tuple[str, ...]:
    """The questions whose date it compares with the planned date."""
    return tuple(
        part.question
        for part in walk(condition)
        if isinstance(part, Ask) and part.op == "before_ctx"
    )


def _turning(pack: Pack, field: str) -> tuple[int, ...]:
    """The numbers of a field at which something may change: those named, and the next ones."""
    found: set[int] = set()
    for condition in (c for rule in pack.all_rules for c in rule.conditions()):
        for part in walk(condition):
            if isinstance(part, Plan) and part.field == field:
                found.update(n for v in part.values for n in (int(v), int(v) + 1))
    return tuple(sorted(found))
