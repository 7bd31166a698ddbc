"""Who decides about recognised words is who decides about what they name."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from screening.engine import Pack, assess
from screening.engine.authority import authority_over, strictness
from screening.engine.lexicon import Entry
from screening.packs import pack_from
from tests.screening.cases import answers_with, context_with, pack, tables

AS = {"warfarin": "any", "diabetes": "good", "isotretinoin": "taking_now"}


@cache
def changed() -> Pack:
    """The newest pack, in which some entries name the outcome that they come to."""
    made: dict[str, Any] = copy.deepcopy(tables())
    for one in made["lexicon"]["entry"]:
        if one["id"] in AS:
            one["as_outcome"] = AS[one["id"]]
    return pack_from(made)


def entry(name: str, rules: Pack) -> Entry:
    assert rules.lexicon is not None
    return next(one for one in rules.lexicon.entries if one.id == name)


def who(text: str) -> str | None:
    (hit,) = assess(changed(), context_with(), answers_with({"other_medicines": text})).further
    assert hit.reading
    return hit.override.by


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("warfrin 3 mg", "prescriber"),
        ("metformin", "practitioner"),
        ("roacutane", None),
        ("metformin and warfarin", "prescriber"),
        ("warfarin, roacutane, metformin", None),
    ],
)
def test_of_several_words_the_strictest_counts(text: str, by: str | None) -> None:
    assert who(text) == by


def test_without_an_outcome_it_is_the_strictest_of_the_rule() -> None:
    rules = changed()
    for one in (entry("pregnancy", rules), entry("cancer", rules)):
        outcomes = rules.rule_by_code[one.category].outcomes
        strictest = max(strictness(outcome.override) for outcome in outcomes)
        assert strictness(authority_over(rules, [one])) == strictest


def test_what_names_nothing_is_decided_by_a_practitioner() -> None:
    (hit,) = assess(pack(), context_with(), answers_with({"other_health": "word " * 5_000})).further
    assert hit.override.by == "practitioner"
    assert not hit.reading
