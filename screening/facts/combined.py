"""Whether a combination in two packs says another thing, as SQL over a row of facts.

Combinations read the levels of rules, which change with the day. Where none of those can change
any more, what is said is compared; elsewhere a row differs as soon as either may say anything.
The rules themselves are compared apart: a row on which one of them differs is found by that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.engine import Level, Rule
from screening.engine.conditions import rules_read

from .comparing import Side, flags_of, other_said
from .logic import FALSE, Test, any_of, first_of
from .reading import Hits, Reader, Sure
from .saying import ages_of, hit_on, hit_some_day, moving


def combination_differs(old: Side, new: Side) -> Test:
    """Whether what is said differs on some day, given rules that say the same."""
    if other_said(*(replace(side, hits=_whatever) for side in (old, new))) == FALSE:
        return FALSE
    ages = {
        age for side in (old, new) for rule in (side.rule, *_read(side)) for age in ages_of(rule)
    }
    young = f"(age_assessed < {max(ages):d})" if ages else FALSE
    old, new = (_reading(side, young) for side in (old, new))
    sides = (old, new)
    moves = any_of(moving(rule, side.reader) for side in sides for rule in _read(side))
    says = [said.when for side in sides for said in side.said("may")]
    says += [side.flagged(flag, "may") for side in sides for flag in flags_of(old, new)]
    return first_of([(any_of([young, moves]), any_of(says))], other_said(old, new))


def _read(side: Side) -> Iterator[Rule]:
    """The rules whose levels it reads."""
    read = {code for condition in side.rule.conditions() for code in rules_read(condition)}
    yield from (rule for rule in side.reader.pack.rules if rule.code in read)


def _reading(side: Side, young: Test) -> Side:
    reader = replace(side.reader, young=young)
    return replace(side, reader=reader, hits=_hits(reader))


def _hits(reader: Reader) -> Hits:
    def hits(code: str, least: Level, sure: Sure) -> Test:
        rule = reader.pack.rule_by_code[code]
        if sure == "exact":
            return hit_on(rule, least, reader, "assessed_on")
        return hit_some_day(rule, least, reader, sure)

    return hits


def _whatever(code: str, least: Level, sure: Sure) -> Test:
    """Stands for the hits of a rule where only the combinations are compared: never run."""
    return f"(hit {code} {int(least)})"
