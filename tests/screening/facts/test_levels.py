"""PostgreSQL gives every row of facts the level that the engine gives the same answers."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from screening.case_context import read_context
from screening.engine import Context, Pack, evaluate
from screening.facts.differences import differs
from screening.facts.logic import sql
from screening.facts.row import facts_of
from screening.facts.slots import NONE
from screening.facts.whole import levels_select
from tests.screening.cases import answers_with, pack, raw_context
from tests.screening.facts.table import TABLE, filled_with, levels
from tests.screening.random_cases import random_answers, random_context
from tests.screening.random_packs import random_pack
from tests.screening.test_generated import HOSTILE, hostile_pack

pytestmark = pytest.mark.django_db

Case = tuple[Context, dict[str, Any]]


def random_cases(rng: random.Random, count: int, *, wild: float = 0.0) -> list[Case]:
    found = []
    for _ in range(count):
        raw = random_context(rng)
        answers = random_answers(rng, raw, wild=wild)
        found.append((read_context(raw, pack()), answers))
    return found


def both(screened: Pack, cases: list[Case]) -> int:
    """Assert that SQL and the engine agree; how many rows SQL judged."""
    slots = NONE.with_room_for(screened)
    filled_with(facts_of(screened, slots, *case) for case in cases)
    found = levels(levels_select(screened, slots, TABLE))
    told = 0
    for number, case in enumerate(cases):
        result = evaluate(screened, *case)
        level, until = found[number]
        assert (level is not None) is (result.complete), (case, result.missing, result.undecided)
        if level is not None:
            told += 1
            assert (level, until) == (result.level, result.defer_until), case
    return told


@pytest.mark.parametrize("seed", range(4))
def test_the_newest_pack_gives_the_levels_of_the_engine(seed: int) -> None:
    rng = random.Random(seed)
    cases = random_cases(rng, 500) + random_cases(rng, 100, wild=0.01)
    assert both(pack(), cases) > 300


@pytest.mark.parametrize("seed", range(20))
def test_any_rules_give_the_levels_of_the_engine(seed: int) -> None:
    rng = random.Random(1000 + seed)
    both(random_pack(rng), random_cases(rng, 150))


def test_the_words_of_a_pack_never_become_sql() -> None:
    screened = hostile_pack()
    slots = NONE.with_room_for(screened)
    context = read_context(raw_context({"areas": [HOSTILE]}), screened)
    assert both(screened, [(context, answers_with({HOSTILE: "text", "phototype": HOSTILE}))]) == 1
    written = levels_select(screened, slots, TABLE) + sql(differs(pack(), screened, slots))
    written += sql(differs(screened, pack(), slots))
    literal = re.compile(r"-?\d+|9999-12-31|\d+ months")
    assert all(literal.fullmatch(text) for text in re.findall(r"'([^']*)'", written))
    assert written.count('"') == 0
    names = {name for question in pack().questions for name in (question.id, *question.values)}
    assert names.isdisjoint(re.findall(r"\w+", written))
