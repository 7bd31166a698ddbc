"""That a later answer is never the milder one, so that an uncertain date may be taken as the
latest day it can have been.

It holds of every pack that passes, for the level on any planned date, and so for the earliest:

- An answered date is read by waits, and by conditions only to ask whether it lies before a day of
  the context (``before_ctx``; of a dated list they read only what is ticked). Such an outcome is
  no worse than DEFER, and whoever no longer meets it with a later date meets the same outcome
  without that question, which waits from that very date: it is then still to come
  (``_before_ctx``). What is shown depends on conditions that read no date; ages come from the
  date of birth, which must be exact; the plan's dates are no answers.
- A wait ends a window after its date, and that end never moves back when the date moves on, be
  it counted in days or in months. Until then the outcome is DEFER, afterwards something lower
  (``validate``). So a rule by itself finds the same with a later date, or finds it for longer.
- A combination alone may read how high a rule hit (``validate``), so a later date may bring it
  about, or bring about an earlier one of its outcomes. Two shapes would make that milder, and are
  refused here: to ask that such a hit is *not* there, and to put an outcome that rests on one
  before a worse outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from .conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, RuleHit, walk
from .implies import implies
from .levels import Level
from .rules import Outcome, Pack, Rule
from .tables import PackError

_ANSWERED = ("answer", "option_dates")


def check_dates(pack: Pack) -> None:
    """PackError where a later date could lower a level, or bring the earliest day nearer."""
    for rule in pack.all_rules:
        _before_ctx(rule)
    for rule in pack.combinations:
        where = f"rules.toml: rule {rule.code!r}"
        for number, outcome in enumerate(rule.outcomes):
            at = f"{where}: outcome {outcome.id!r}"
            if _rests_on_a_date(pack, outcome.when, at):
                _nothing_worse_after(outcome, rule.outcomes[number + 1 :], at)


def _before_ctx(rule: Rule) -> None:
    """PackError where an outcome asks for an early date and a later one might be judged milder."""
    for number, outcome in enumerate(rule.outcomes):
        asked = [part for part in walk(outcome.when) if is_before(part)]
        if not asked:
            continue
        at = f"rules.toml: rule {rule.code!r}: outcome {outcome.id!r}"
        whole = outcome.when
        parts = whole.parts if isinstance(whole, AllOf) else (whole,)
        rest = AllOf(parts=tuple(part for part in parts if not is_before(part)))
        alone = len(asked) == 1 and asked[0] in parts
        following = rule.outcomes[number + 1 :]
        later = following[0] if following else None
        if not (
            alone
            and outcome.level <= Level.DEFER
            and later is not None
            and later.defer is not None
            and later.defer.basis == "answer"
            and later.defer.question == asked[0].question
            and implies(rest, later.when)
        ):
            raise PackError(
                f"{at}: asks whether {asked[0].question!r} is early, and no outcome after it waits "
                "from that date for all others: a later date would be judged milder"
            )


def is_before(condition: Condition) -> TypeGuard[Ask]:
    """Whether it compares an answered date with a day of the context."""
    return isinstance(condition, Ask) and condition.op == "before_ctx"


def _rests_on_a_date(pack: Pack, condition: Condition, at: str) -> bool:
    """Whether a later date may make it true. PackError where one may make it false."""
    found = False
    for code, least, denied in _hits(condition, denied=False):
        if _ends_below(pack.rule_by_code[code], least):
            if denied:
                raise PackError(
                    f"{at}: asks that {code!r} does not hit, which ends with a wait from an "
                    "answered date: a later date would be judged milder"
                )
            found = True
    return found


def _hits(condition: Condition, *, denied: bool) -> Iterator[tuple[str, Level, bool]]:
    """The hits that it reads: rule, level, and whether it wants them not to be there."""
    match condition:
        case RuleHit(code=code, min_level=least):
            yield code, least, denied
        case HitGroups(groups=groups, min_level=least):
            yield from ((code, least, denied) for group in groups for code in group)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _hits(part, denied=denied)
        case Not(part=part):
            yield from _hits(part, denied=not denied)


def _ends_below(rule: Rule, least: Level) -> bool:
    """Whether a hit at this level may end with a wait from an answered date."""
    return any(
        outcome.defer is not None
        and outcome.defer.basis in _ANSWERED
        and outcome.after_window_level < least <= Level.DEFER
        for outcome in rule.outcomes
    )


def _nothing_worse_after(outcome: Outcome, later: tuple[Outcome, ...], at: str) -> None:
    for other in later:
        if not _never_milder(outcome, other):
            raise PackError(
                f"{at}: rests on a wait from an answered date and comes before {other.id!r}, "
                "which may be worse: a later date would be judged milder"
            )


def _never_milder(outcome: Outcome, other: Outcome) -> bool:
    """Whether the first is at least as bad as the other on every planned date."""
    if other.defer is None:
        lowest = outcome.level if outcome.defer is None else outcome.after_window_level
        return lowest >= other.level
    if outcome.defer is None:
        return outcome.level > Level.DEFER
    same_wait = outcome.defer == other.defer
    return same_wait and outcome.after_window_level >= other.after_window_level
