"""Which rows two packs may judge differently, as one condition.

Only the rules that differ are computed, and for every day from that of the answers on: a longer
wait moves the first free day although the planned day is free either way, and a birthday may
bring a finding later. The condition never misses a row; see ``differs`` for what is compared.
"""

from __future__ import annotations

from dataclasses import replace

from screening.engine import Pack, Rule

from .beside import other_beside
from .combined import combination_differs
from .comparing import Side, other_said
from .logic import Test, all_of, any_of
from .reading import Reader
from .saying import ages_of
from .slots import Slots
from .unread import unread

NOTHING = Rule(
    code="", title="", outcomes=(), rationale="", sources=(), evidence="", question_ids=()
)
"""What a pack without the rule says."""


def differs(old: Pack, new: Pack, slots: Slots) -> Test:
    """Whether the new pack may judge a whole row, filled under the old one, differently.

    Differently: a rule's finding has another outcome, level, end of its wait, level after it,
    override or flags, on the planned day or on any other from that of the answers on; something
    else may be noticed beside the rules; or the new pack asks something that was not answered.
    Words and sources do not count.
    """
    before = Reader(pack=old, slots=slots, filled=old, age="age_assessed")
    now = Reader(pack=new, slots=slots, filled=old, age="age_assessed")
    codes = dict.fromkeys(rule.code for pack in (old, new) for rule in pack.all_rules)
    rules = (_rule_differs(code, before, now) for code in codes)
    return any_of([unread(now), other_beside(before, now), *rules])


def _rule_differs(code: str, before: Reader, now: Reader) -> Test:
    old = before.pack.rule_by_code.get(code, NOTHING)
    new = now.pack.rule_by_code.get(code, NOTHING)
    if old.is_combination or new.is_combination:
        return combination_differs(Side(rule=old, reader=before), Side(rule=new, reader=now))
    ages = sorted(ages_of(old) | ages_of(new))
    tests = [_differs_at_an_age(old, new, before, now)]
    for age in ages:
        # Judged again for each age that is still to come.
        then = [replace(reader, age=age) for reader in (before, now)]
        later = _differs_at_an_age(old, new, *then)
        tests.append(all_of([f"(age_assessed < {age:d})", later]))
    return any_of(tests)


def _differs_at_an_age(old: Rule, new: Rule, before: Reader, now: Reader) -> Test:
    return other_said(Side(rule=old, reader=before), Side(rule=new, reader=now))
