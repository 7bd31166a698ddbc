"""Packs as an editor might leave them: one or a few things other than in the pack before."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from screening.engine import Level, Option, Outcome, Pack, Question, QuestionType, Rule
from screening.engine.checks import Contradiction
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    walk,
)
from screening.engine.dates import Window
from screening.engine.rules import NOBODY, Defer, FlagWhen
from tests.screening import random_packs
from tests.screening.cases import pack as newest

Change = Callable[[random.Random, Pack], Pack]


def changed(rng: random.Random, pack: Pack) -> Pack:
    """One to three random changes."""
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        pack = rng.choice(CHANGES)(rng, pack)
    return replace(pack, version="9.0.0")


# --- rules -----------------------------------------------------------------------------------


def _one_rule(rng: random.Random, pack: Pack, made: Callable[[Rule], Rule | None]) -> Pack:
    """A pack with one rule or combination made anew, or dropped."""
    which = rng.choice(pack.all_rules)
    new = made(which)

    def swapped(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        found = (new if rule is which else rule for rule in rules)
        return tuple(rule for rule in found if rule is not None)

    dropped = new is None and which in pack.rules
    combinations = tuple(
        rule for rule in swapped(pack.combinations) if not (dropped and _reads(rule, which.code))
    )
    return replace(pack, rules=swapped(pack.rules), combinations=combinations)


def _reads(rule: Rule, code: str) -> bool:
    return any(
        (isinstance(part, RuleHit) and part.code == code)
        or (isinstance(part, HitGroups) and code in {c for group in part.groups for c in group})
        for condition in rule.conditions()
        for part in walk(condition)
    )


def _one_outcome(
    rng: random.Random, pack: Pack, made: Callable[[Outcome], Outcome], *, waits: bool = False
) -> Pack:
    rules = [rule for rule in pack.all_rules if any(o.defer or not waits for o in rule.outcomes)]
    if not rules:
        return pack
    rule = rng.choice(rules)
    which = rng.choice([o for o in rule.outcomes if o.defer or not waits])
    outcomes = tuple(made(o) if o is which else o for o in rule.outcomes)
    new = replace(rule, outcomes=outcomes)
    return replace(
        pack,
        rules=tuple(new if r is rule else r for r in pack.rules),
        combinations=tuple(new if r is rule else r for r in pack.combinations),
    )


def other_window(rng: random.Random, pack: Pack) -> Pack:
    def window() -> Window:
        if rng.random() < 0.5:
            return Window(days=rng.choice([1, 3, 7, 14, 21, 28, 60, 90, 400]))
        return Window(months=rng.choice([1, 2, 3, 6, 12]))

    def defer(old: Defer) -> Defer:
        if old.windows:
            name = rng.choice(sorted(old.windows))
            return replace(old, windows={**old.windows, name: window()})
        return replace(old, window=window())

    def made(outcome: Outcome) -> Outcome:
        return replace(outcome, defer=defer(outcome.defer)) if outcome.defer else outcome

    return _one_outcome(rng, pack, made, waits=True)


def other_level(rng: random.Random, pack: Pack) -> Pack:
    levels = [Level.ADVISE, Level.REVIEW, Level.CONTRAINDICATED]

    def made(outcome: Outcome) -> Outcome:
        if outcome.defer:
            return replace(outcome, after_window_level=rng.choice([Level.CLEAR, *levels[:2]]))
        return replace(outcome, level=rng.choice(levels))

    return _one_outcome(rng, pack, made)


def other_override(rng: random.Random, pack: Pack) -> Pack:
    return _one_outcome(rng, pack, lambda outcome: replace(outcome, override=NOBODY))


def other_flags(rng: random.Random, pack: Pack) -> Pack:
    if rng.random() < 0.5:
        return _one_outcome(rng, pack, lambda outcome: replace(outcome, flags=("new_flag",)))
    entry = FlagWhen(when=random_packs._tree(rng, ()), flags=("new_flag",))
    return _one_rule(rng, pack, lambda rule: replace(rule, flag_when=(*rule.flag_when, entry)))


def other_condition(rng: random.Random, pack: Pack) -> Pack:
    codes = [rule.code for rule in pack.rules]

    def rule_made(rule: Rule) -> Rule:
        outcomes = list(rule.outcomes)
        number = rng.randrange(len(outcomes))
        when = outcomes[number].when
        if rng.random() < 0.7:
            when = _tweaked(rng, when)
        else:
            when = random_packs._tree(rng, codes if rule.is_combination else ())
        outcomes[number] = replace(outcomes[number], when=when)
        return replace(rule, outcomes=tuple(outcomes))

    return _one_rule(rng, pack, rule_made)


def _tweaked(rng: random.Random, condition: Condition) -> Condition:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            number = rng.randrange(len(parts))
            made = (*parts[:number], _tweaked(rng, parts[number]), *parts[number + 1 :])
            return AllOf(parts=made) if rng.random() < 0.5 else AnyOf(parts=made)
        case Not(part=part):
            return Not(part=_tweaked(rng, part))
        case HitGroups(groups=groups, least=least):
            return replace(condition, least=1 + least % max(1, len(groups)))
        case RuleHit():
            return replace(condition, min_level=rng.choice(random_packs.LEVELS))
        case Plan(op=op) if op in ("lt", "gt", "gte"):
            limit = rng.choice(random_packs.NUMBERS[: 8 if condition.field == "age" else 10])
            return replace(condition, values=frozenset({limit}))
        case _:
            leaf = random_packs._leaf(rng)
            either = AnyOf(parts=(condition, leaf))
            others: list[Condition] = [Not(part=condition), either, leaf]
            return rng.choice(others)


def other_outcomes(rng: random.Random, pack: Pack) -> Pack:
    """Fewer of them, others, or the same in another order."""
    new = rng.choice(rng.choice(newest().all_rules).outcomes)
    new = replace(new, when=random_packs._tree(rng, ()))

    def made(rule: Rule) -> Rule:
        kept = list(rule.outcomes)
        match rng.randrange(3):
            case 0 if len(kept) > 1:
                kept.pop(rng.randrange(len(kept)))
            case 1 if len(kept) > 1:
                rng.shuffle(kept)
            case _:
                kept.insert(rng.randint(0, len(kept)), new)
        return replace(rule, outcomes=tuple(kept))

    return _one_rule(rng, pack, made)


def other_unsure(rng: random.Random, pack: Pack) -> Pack:
    def made(rule: Rule) -> Rule:
        level = rng.choice([Level.CLEAR, Level.ADVISE, Level.REVIEW, Level.CONTRAINDICATED])
        return rule if rule.is_combination else replace(rule, unsure_level=level)

    return _one_rule(rng, pack, made)


def without_a_rule(rng: random.Random, pack: Pack) -> Pack:
    return _one_rule(rng, pack, lambda rule: None) if len(pack.rules) > 2 else pack


def with_a_rule(rng: random.Random, pack: Pack) -> Pack:
    rule = rng.choice(random_packs.random_pack(rng).rules)
    return replace(pack, rules=(*pack.rules, replace(rule, code=f"new_{rng.random()}")))


def in_another_order(rng: random.Random, pack: Pack) -> Pack:
    return replace(pack, rules=tuple(rng.sample(pack.rules, len(pack.rules))))


# --- questions -------------------------------------------------------------------------------


def _one_question(
    rng: random.Random, pack: Pack, made: Callable[[Question], Question | None]
) -> Pack:
    which = rng.choice([q for q in pack.questions if not q.birth_date])
    new = made(which)
    sections = {
        name: replace(
            section,
            questions=tuple(q for q in (new if q is which else q for q in section.questions) if q),
        )
        for name, section in pack.sections.items()
    }
    return replace(pack, sections=sections)


def with_a_question(rng: random.Random, pack: Pack) -> Pack:
    yes_no = next(q for q in pack.questions if q.type is QuestionType.YES_NO)
    asked = replace(
        yes_no,
        id=f"new_{rng.random()}",
        show_when=rng.choice([None, _parent(rng, pack)]),
    )
    name = rng.choice(sorted(pack.sections))
    section = pack.sections[name]
    section = replace(section, questions=(*section.questions, asked))
    return replace(pack, sections={**pack.sections, name: section})


def _parent(rng: random.Random, pack: Pack) -> Ask:
    always = [q for q in pack.questions if q.show_when is None]
    parent = rng.choice([q for q in always if q.type is QuestionType.YES_NO])
    value = rng.choice(sorted(parent.values))
    return Ask(question=parent.id, op="eq", values=frozenset({value}))


def shown_otherwise(rng: random.Random, pack: Pack) -> Pack:
    followed = {
        part.question
        for q in pack.questions
        if q.show_when is not None
        for part in walk(q.show_when)
        if isinstance(part, Ask)
    }
    when = rng.choice([None, _parent(rng, pack), _parent(rng, pack)])

    def made(question: Question) -> Question:
        return question if question.id in followed else replace(question, show_when=when)

    return _one_question(rng, pack, made)


def with_an_option(rng: random.Random, pack: Pack) -> Pack:
    def made(question: Question) -> Question:
        if not question.options:
            return question
        extra = Option(value="brand_new", label="New", date=question.options[0].date)
        return replace(question, options=(*question.options, extra))

    return _one_question(rng, pack, made)


def without_an_option(rng: random.Random, pack: Pack) -> Pack:
    def made(question: Question) -> Question:
        kept = (QuestionType.YES_NO, QuestionType.MULTI_CHOICE_DATED)  # waits name its options
        if len(question.options) < 2 or question.type in kept:
            return question
        dropped = rng.choice(question.options)
        options = tuple(option for option in question.options if option is not dropped)
        return replace(question, options=options)

    for _ in range(4):
        pack = _one_question(rng, pack, made)
    return pack


def other_reading(rng: random.Random, pack: Pack) -> Pack:
    def made(question: Question) -> Question:
        if question.type is QuestionType.MULTI_CHOICE_DATED:
            options = tuple(
                replace(o, date="required" if o.date == "optional" else o.date)
                for o in question.options
            )
            return replace(question, options=options)
        if question.type is QuestionType.DATE:
            return replace(question, allow_future=not question.allow_future)
        return replace(question, allow_empty=False)

    for _ in range(8):
        pack = _one_question(rng, pack, made)
    return pack


# --- what is noticed beside the rules --------------------------------------------------------


def other_checks(rng: random.Random, pack: Pack) -> Pack:
    """Fewer, other or no checks."""
    checks = pack.checks
    if checks is None:
        return replace(pack, checks=newest().checks)
    kept = rng.sample(checks.contradictions, max(0, len(checks.contradictions) - 2))
    stranger = Contradiction(
        id="stranger",
        when=random_packs._tree(rng, ()),
        questions=(),
        wording=checks.contradictions[0].wording,
    )
    shorter = tuple(
        replace(one, reach=one.reach and Window(days=rng.choice([1, 30, 9_999_999])))
        for one in checks.periods
    )
    changed_checks = [
        None,
        replace(checks, contradictions=(*kept, stranger)),
        replace(checks, before_birth=None),
        replace(checks, outside_period=None, periods=()),
        replace(checks, periods=shorter),
        replace(checks, periods=checks.periods[::2]),
        replace(checks, haste=None),
        replace(checks, haste=checks.haste and replace(checks.haste, least_questions=2)),
    ]
    return replace(pack, checks=rng.choice(changed_checks))


def other_lexicon(rng: random.Random, pack: Pack) -> Pack:
    """Fewer, other or no words."""
    lexicon = pack.lexicon
    if lexicon is None:
        return replace(pack, lexicon=newest().lexicon)
    without = replace(lexicon, entries=lexicon.entries[::3])
    said = tuple(
        replace(entry, said_by=rng.choice([None, entry.said_by])) for entry in lexicon.entries
    )
    changed_lexicons = [None, without, replace(lexicon, entries=said)]
    return replace(pack, lexicon=rng.choice(changed_lexicons))


CHANGES: tuple[Change, ...] = (
    other_window,
    other_window,
    other_level,
    other_level,
    other_override,
    other_flags,
    other_condition,
    other_condition,
    other_condition,
    other_outcomes,
    other_outcomes,
    other_unsure,
    without_a_rule,
    with_a_rule,
    in_another_order,
    with_a_question,
    shown_otherwise,
    with_an_option,
    without_an_option,
    other_reading,
    other_checks,
    other_lexicon,
)
