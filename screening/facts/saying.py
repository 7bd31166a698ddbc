"""What a rule may say, outcome by outcome, as SQL over a row of facts."""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine import UNSURE, Level, Rule
from screening.engine.conditions import Plan, walk
from screening.engine.rules import NOBODY, Outcome

from .logic import FALSE, TRUE, Test, all_of, any_of, first_of, negated
from .reading import Hits, Reader, Sure, no_hits
from .waits import Wait, wait_of


@dataclass(frozen=True, kw_only=True)
class Said:
    """One outcome: when it matches if none before it does, and what it then says.

    ``meaning`` is all that a finding says apart from words and dates: two that are equal judge
    alike. ``after`` is the level once the wait is over.
    """

    when: Test
    meaning: tuple[object, ...]
    level: Level
    wait: Wait | None = None
    after: Level = Level.CLEAR


def said_by(rule: Rule, reader: Reader, hits: Hits = no_hits, sure: Sure = "exact") -> list[Said]:
    """Everything a rule may say, in the order in which it is tried; "not sure" comes last."""
    found = [_said(outcome, reader, hits, sure) for outcome in rule.outcomes]
    if rule.unsure_level is not None:
        asked = reader.pack.question_by_id
        unsure = frozenset({"not_sure"})
        tests = [
            reader.options(name, unsure)
            for name in rule.question_ids
            if "not_sure" in asked[name].values
        ]
        level = rule.unsure_level
        meaning = (UNSURE, level, None, NOBODY, (), Level.CLEAR)
        found.append(Said(when=any_of(tests), meaning=meaning, level=level))
    return [said for said in found if said.when != FALSE]


def _said(outcome: Outcome, reader: Reader, hits: Hits, sure: Sure) -> Said:
    after = outcome.after_window_level
    return Said(
        when=reader.test(outcome.when, hits, sure),
        meaning=(outcome.id, outcome.level, outcome.kind, outcome.override, outcome.flags, after),
        level=outcome.level,
        wait=wait_of(outcome.defer, reader) if outcome.defer else None,
        after=after,
    )


def hit_on(rule: Rule, least: Level, reader: Reader, day: str) -> Test:
    """Whether a rule hits at a level or above on a day (a column). No rule that reads others."""
    return first_of([(s.when, _reaches(s, least, day)) for s in said_by(rule, reader)])


def hit_some_day(rule: Rule, least: Level, reader: Reader, sure: Sure) -> Test:
    """Whether it does on some day from that of the answers on, or on every one."""
    if reads_age(rule):
        # Which outcome matches may change with a birthday.
        anyhow: Test = TRUE if sure == "may" else FALSE
        now = hit_some_day_of_an_age(rule, least, reader, sure)
        return first_of([(reader.young, anyhow)], now)
    return hit_some_day_of_an_age(rule, least, reader, sure)


def hit_some_day_of_an_age(rule: Rule, least: Level, reader: Reader, sure: Sure) -> Test:
    """The same for those whose age no longer matters."""
    return first_of([(s.when, _reaches_some_day(s, least, sure)) for s in said_by(rule, reader)])


def moving(rule: Rule, reader: Reader) -> Test:
    """Whether the level of a rule may still change from the day of the answers on."""
    waiting = first_of([(s.when, _goes_on(s)) for s in said_by(rule, reader)])
    return any_of([reader.young, waiting]) if reads_age(rule) else waiting


def reads_age(rule: Rule) -> bool:
    """Whether what it says depends on the age."""
    return bool(ages_of(rule))


def ages_of(rule: Rule) -> frozenset[int]:
    """The ages at which something may change, as the engine has them."""
    return frozenset(
        age
        for condition in rule.conditions()
        for part in walk(condition)
        if isinstance(part, Plan) and part.field == "age"
        for value in part.values
        for age in (int(value), int(value) + 1)
    )


def _reaches(said: Said, least: Level, day: str) -> Test:
    if said.wait is None:
        return TRUE if said.level >= least else FALSE
    if said.after >= least:
        return TRUE
    return said.wait.after(day) if said.level >= least else FALSE


def _reaches_some_day(said: Said, least: Level, sure: Sure) -> Test:
    """With a wait that nobody can tell, anything may be so, and nothing must."""
    if said.wait is None:
        return TRUE if said.level >= least else FALSE
    waits, unknown = said.wait.after("assessed_on"), said.wait.unknown
    if sure == "may":
        if said.after >= least:
            return TRUE
        return any_of([waits, unknown]) if said.level >= least else unknown
    if said.after < least:
        return FALSE
    over = TRUE if said.level >= least else negated(waits)
    return all_of([over, negated(unknown)])


def _goes_on(said: Said) -> Test:
    if said.wait is None:
        return FALSE
    return any_of([said.wait.after("assessed_on"), said.wait.unknown])
