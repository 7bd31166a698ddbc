"""The order in which the files of a pack list things never matters, outcomes of a rule apart."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Context, Hit, Pack, Result, build_pack, evaluate
from screening.engine.evaluate import evaluate_plain
from tests.screening.amounts import cases
from tests.screening.cases import pack, tables
from tests.screening.random_cases import random_answers, random_context

CASES_PER_PACK = 50
LISTS = {"section", "question", "options", "rule", "combination", "source", "flag_when"} | {
    *("all", "any", "groups", "value", "question_ids", "involves", "sources"),
    *("modalities", "areas"),
}


def shuffled(rng: random.Random, found: Any) -> Any:
    """Tables with every list in another order, except outcomes, whose order means something."""
    if isinstance(found, dict):
        keys = rng.sample(sorted(found), len(found))
        return {key: _in_any_order(rng, key, shuffled(rng, found[key])) for key in keys}
    return [shuffled(rng, one) for one in found] if isinstance(found, list) else found


def _in_any_order(rng: random.Random, key: str, found: Any) -> Any:
    return rng.sample(found, len(found)) if key in LISTS and isinstance(found, list) else found


def _hit(hit: Hit) -> Hit:
    return replace(
        hit,
        flags=tuple(sorted(hit.flags)),
        sources=tuple(sorted(hit.sources)),
        question_ids=tuple(sorted(hit.question_ids)),
    )


def _told(result: Result) -> dict[str, object]:
    """Everything a result says, whatever the order it says it in."""
    return {
        **vars(result),
        "hits": sorted(map(_hit, result.hits), key=lambda hit: hit.code),
        "flags": set(result.flags),
        "missing": set(result.missing),
        "law": {(one.law.id, one.binding) for one in result.law},
        "undecided": set(result.undecided),
    }


def _agree(one: Pack, other: Pack, context: Context, answers: dict[str, Any]) -> None:
    told = _told(evaluate(one, context, answers))
    assert _told(evaluate(other, context, answers)) == told
    assert _told(evaluate_plain(other, context, answers)) == told


@given(seed=st.integers(0, 2**48))
@settings(max_examples=max(1, cases(1200) // CASES_PER_PACK), deadline=None)
def test_any_order_of_the_files_says_the_same(seed: int) -> None:
    rng = random.Random(seed)
    other = build_pack(**shuffled(rng, copy.deepcopy(tables())))
    assert [rule.code for rule in other.rules] != [rule.code for rule in pack().rules]
    for _ in range(CASES_PER_PACK):
        context = random_context(rng)
        answers = random_answers(rng, context, wild=rng.choice([0.0, 0.0, 0.03]))
        _agree(pack(), other, read_context(context, pack()), answers)


def test_shuffling_moves_everything_but_outcomes() -> None:
    moved = shuffled(random.Random(4), copy.deepcopy(tables()))
    rules = {rule["code"]: rule for rule in moved["rules"]["rule"]}
    assert list(rules) != [rule["code"] for rule in tables()["rules"]["rule"]]
    for rule in tables()["rules"]["rule"]:
        assert [o["id"] for o in rules[rule["code"]]["outcome"]] == [
            o["id"] for o in rule["outcome"]
        ]
