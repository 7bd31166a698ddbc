"""Changed packs, as a clinical lead might publish them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from screening.engine import Level, Outcome, Pack, Rule
from screening.engine.conditions import Condition, Plan
from screening.engine.dates import Window

WORSE = {Level.ADVISE: Level.REVIEW, Level.REVIEW: Level.ADVISE}


def longer(window: Window) -> Window:
    """Half as long again, and a day or a month."""
    if window.days:
        return Window(days=window.days * 3 // 2 + 1)
    return Window(months=(window.months or 0) * 3 // 2 + 1)


def waits_longer(outcome: Outcome) -> Outcome:
    defer = outcome.defer
    if defer is None:
        return outcome
    windows = {option: longer(window) for option, window in defer.windows.items()}
    window = longer(defer.window) if defer.window else None
    return replace(outcome, defer=replace(defer, window=window, windows=windows))


def says_otherwise(outcome: Outcome) -> Outcome:
    """Another level; where it is a wait, a longer one; and never to be overridden the same way."""
    if outcome.defer:
        return waits_longer(outcome)
    return replace(outcome, level=WORSE.get(outcome.level, outcome.level))


def older(condition: Condition) -> Condition:
    if isinstance(condition, Plan) and condition.field == "age" and condition.value == 22:
        return replace(condition, values=frozenset({25}))
    return condition


def changed(pack: Pack, made: Callable[[Outcome], Outcome], *codes: str) -> Pack:
    """The pack with these rules' outcomes (all of them, where none is named) made anew."""

    def anew(rule: Rule) -> Rule:
        if codes and rule.code not in codes:
            return rule
        return replace(rule, outcomes=tuple(map(made, rule.outcomes)))

    return replace(
        pack,
        version="9.0.0",
        rules=tuple(map(anew, pack.rules)),
        combinations=tuple(map(anew, pack.combinations)),
    )


def changes(pack: Pack) -> dict[str, Pack]:
    """The packs that are measured, by what was changed."""
    ten = [rule.code for rule in pack.rules[::6]][:10]
    return {
        "one window longer": changed(pack, waits_longer, "isotretinoin"),
        "one age raised": changed(
            pack, lambda outcome: replace(outcome, when=older(outcome.when)), "age_minimum"
        ),
        "ten rules": changed(pack, says_otherwise, *ten),
        "every rule": changed(pack, says_otherwise),
    }
