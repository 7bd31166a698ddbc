"""No row that two packs judge differently is ever missed."""

from __future__ import annotations

import copy
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic.intake.judging import PlanChoice, judge
from screening.case_context import read_context
from screening.engine import Conduct, Context, Level, Outcome, Pack, Rule, build_pack
from screening.engine.conditions import Condition, Not, Plan
from screening.engine.conduct import Pace
from screening.facts.differences import differs
from screening.facts.logic import Held, sql
from screening.facts.row import facts_of
from screening.facts.slots import NONE
from tests.screening import amounts
from tests.screening.cases import pack, raw_context, tables
from tests.screening.facts.changed import CHANGES, changed
from tests.screening.facts.table import TABLE, filled_with, selected
from tests.screening.random_cases import random_answers, random_context
from tests.screening.random_packs import random_pack

pytestmark = pytest.mark.django_db

IN_HASTE = Conduct(sections={name: Pace(seconds=2.0, by="client") for name in pack().sections})
AMENDED = Conduct(
    amended={
        name: (
            Pace(seconds=2.0, by="client", questions=frozenset(q.id for q in section.questions)),
        )
        for name, section in pack().sections.items()
    }
)
WORDS = ("none", "No.", "vitamin D", "warfarin 3 mg", "Roacutane until May", "metformin")
Case = tuple[Context, dict[str, Any]]


def clinic_cases(rng: random.Random, count: int) -> list[Case]:
    """What the clinic screens: a plan that is known, and every answer given."""
    found = []
    for _ in range(count):
        raw = random_context(rng)
        raw["anaesthetic_planned"] = bool(raw["anaesthetic_planned"])
        raw["parental_consent"] = False
        if raw["last_session"]:
            raw["last_session"] |= {"modality": "MN_PEN", "depth_mm": 1.5}
        answers = random_answers(rng, raw, wild=0.0, ill=rng.choice([0.02, 0.1, 0.3]))
        answers["other_medicines"] = rng.choice(WORDS)
        found.append((read_context(raw, pack()), answers))
    return found


def judged(screened: Pack, case: Case) -> tuple[Any, ...]:
    """What counts as the same: everything that a screening and its findings keep but words."""
    context, answers = case
    last = context.last_session
    assert context.modality is not None
    assert context.areas is not None
    assert context.anaesthetic_planned is not None
    plan = PlanChoice(
        modality=context.modality,
        depth_mm=Decimal(str(context.depth_mm)),
        areas=context.areas,
        anaesthetic_planned=context.anaesthetic_planned,
        planned_date=context.planned_on,
        test_patch_ok=context.test_patch_ok,
    )
    found = judge(
        screened,
        answers,
        plan,
        assessment_date=context.assessment_date,
        last_session=last,
        conduct=IN_HASTE if context.test_patch_ok else AMENDED if last else None,
    )
    hits = {
        (h.code, h.outcome, h.level, h.defer_until, h.after_level, h.override, h.flags, h.kind)
        for h in found.assessment.hits
    }
    result = found.assessment
    return (
        result.level,
        result.complete,
        result.result.missing,
        set(result.flags),
        hits,
        {(hit.code, hit.defer_until) for hit in found.waits},
        found.clear_from,
        found.clear_until,
        found.windows_end,
        found.hard_stop,
    )


def candidates(old: Pack, new: Pack, cases: list[Case]) -> set[int]:
    slots = NONE.with_room_for(old).with_room_for(new)
    filled_with(facts_of(old, slots, *case) for case in cases)
    test = sql(differs(old, new, slots))
    rows = selected(f"SELECT screening_id FROM {TABLE} WHERE NOT whole OR {test}")
    return {number for (number,) in rows}


def none_is_missed(old: Pack, new: Pack, cases: list[Case]) -> tuple[int, int]:
    """Assert it; how many were found, and how many of them needlessly."""
    found = candidates(old, new, cases)
    different = {n for n, case in enumerate(cases) if judged(old, case) != judged(new, case)}
    missed = different - found
    assert not missed, [cases[n] for n in sorted(missed)][:1]
    return len(found), len(found - different)


@pytest.mark.parametrize("change", dict.fromkeys(CHANGES), ids=lambda change: change.__name__)
def test_a_change_of_the_newest_pack_misses_nobody(change: Any) -> None:
    rng = random.Random(change.__name__)
    cases = clinic_cases(rng, min(1000, amounts.cases(100)))
    for _ in range(4):
        none_is_missed(pack(), replace(change(rng, pack()), version="9.0.0"), cases)


@pytest.mark.parametrize("seed", range(10))
def test_a_change_of_any_rules_misses_nobody(seed: int) -> None:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(4):
        old = random_pack(rng)
        cases = clinic_cases(rng, min(400, amounts.cases(40)))
        for _ in range(4):
            found, needless = none_is_missed(old, changed(rng, old), cases)
            seen.update(found=found, needless=needless)
    assert seen["found"] > 10


def asking_age(rng: random.Random) -> Pack:
    """The pack with a rule that finds something at some ages, and so at some birthdays."""

    def outcome(old: Outcome) -> Outcome:
        op, age = rng.choice(["lt", "gt", "gte"]), rng.choice([17, 18, 18.5, 19, 21, 22])
        asked: Condition = Plan(field="age", op=op, values=frozenset({age}))
        if rng.random() < 0.5:
            asked = Not(part=asked)
        level = rng.choice([Level.ADVISE, Level.REVIEW, Level.CONTRAINDICATED])
        return replace(old, when=asked, level=level)

    def rule(old: Rule) -> Rule:
        if old.code != "age_minimum":
            return old
        return replace(old, outcomes=tuple(map(outcome, old.outcomes[: rng.randint(1, 2)])))

    return replace(pack(), version="9.0.0", rules=tuple(map(rule, pack().rules)))


def young_cases(rng: random.Random, count: int) -> list[Case]:
    """Healthy people with a birthday about the time of their plan."""
    found = []
    for context, _ in clinic_cases(rng, count):
        given = context.assessment_date
        answers = random_answers(rng, raw_context(), wild=0.0, ill=0.0)
        years = rng.choice([17, 18, 19, 21, 22])
        born = date(given.year - years, given.month, min(given.day, 28))
        answers["dob"] = (born + timedelta(rng.randint(-3, 40))).isoformat()
        plan = Context(
            assessment_date=given,
            planned_date=context.planned_date,
            modality="MN_PEN",
            depth_mm=0.5,
            areas=("neck",),
            anaesthetic_planned=False,
        )
        found.append((plan, answers))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_birthday_hides_a_difference(seed: int) -> None:
    rng = random.Random(seed)
    cases = young_cases(rng, 60)
    found = 0
    for _ in range(12):
        found += none_is_missed(asking_age(rng), asking_age(rng), cases)[0]
    assert found > 100


def test_other_words_differ_for_nobody() -> None:
    said = copy.deepcopy(tables())
    for section in said["questions"]["section"]:
        section["title"] = "Other words"
        for question in section["question"]:
            question["text"] = "Other words?"
    for rule in said["rules"]["rule"] + said["rules"]["combination"]:
        rule["title"] = "Other words"
        for outcome in rule["outcome"]:
            outcome["message"] = "Other words."
    for check in said["checks"]["contradiction"]:
        check["told"] = check["rationale"] = "Other words."
    slots = NONE.with_room_for(pack())
    assert differs(pack(), build_pack(**said), slots) == "FALSE"


def test_rules_noticed_for_the_first_time_concern_all_who_wrote_something() -> None:
    old = replace(pack(), lexicon=None)
    slots = NONE.with_room_for(pack())
    texts = {slots["text", name, ""] for name in ("other_medicines", "other_health")}
    assert differs(old, pack(), slots) == Held(frozenset(texts))
