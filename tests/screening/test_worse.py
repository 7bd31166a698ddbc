"""Whatever is made worse, nothing gets better: neither the level nor the earliest date.

`worse.py` says what worse is. Where the published rules themselves let something get better, the
case is named below with its reason; any other fails. None of these ends below REVIEW where an
answer was made worse, so a practitioner always looks. The same holds of what the clinic goes by,
the rules with all that is noticed beside them: how fast somebody answered, to begin with.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Assessment, Conduct, Level, Pace, assess, visible_questions
from tests.screening.amounts import cases
from tests.screening.cases import answers_with, pack, raw_context, screen
from tests.screening.random_cases import random_answers, random_context
from tests.screening.worse import (
    Case,
    Step,
    broken,
    hits_of,
    least,
    neighbours,
    outcome_of,
    worse_plans,
    worse_steps,
)

SEEDS = st.integers(0, 2**48)
NAMES = [question.id for question in pack().questions]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A step that the published rules let end lower: the finding `lost`, and why."""

    what: str
    lost: str
    why: str
    example: Case
    earliest: bool = False


def _case(answers: dict[str, object], **context: object) -> Case:
    return raw_context(context), answers_with(answers)


KNOWN = [
    *(
        Known(
            what=f"{needles} → RF_MN",
            lost="depth_limit",
            why="the limits of depth for needles are lower here than those for RF",
            example=_case({}, modality=needles, depth_mm=depth, areas=[area]),
            earliest=True,
        )
        for needles in ("MN_PEN", "MN_ROLLER")
        for depth, area in ((1.6, "forehead"), (2.0, "nose"))
    ),
]


def known(step: Step, found: list[str]) -> bool:
    """Whether what got better is one of the named cases, and nothing but its finding is gone."""
    before, after = hits_of(step.before), hits_of(step.after)
    for one in KNOWN:
        if one.what != step.what or one.lost not in before:
            continue
        others = max((hit for code, hit in before.items() if code != one.lost), default=Level.CLEAR)
        lower = after.get(one.lost, Level.CLEAR) < before[one.lost]
        if lower and max(after.values(), default=Level.CLEAR) >= others:
            return one.earliest or "earliest" not in found
    return False


def _someone(rng: random.Random, name: str) -> Case:
    """A complete form and plan in which this question and those that meet it are often ill."""
    context = random_context(rng)
    context["anaesthetic_planned"] = rng.random() < 0.3
    last = context["last_session"]
    if last:
        known = {"date": context["assessment_date"], "modality": "MN_PEN", "depth_mm": 0.5}
        last.update({key: last[key] or value for key, value in known.items()})
    if rng.random() < 0.7:
        depth, area = rng.choice([0.25, 0.5, 1.0, 1.5]), rng.choice(pack().areas[:14])
        context.update(depth_mm=depth, areas=[area])
    answers = random_answers(rng, context, wild=0.0, ill=rng.choice([0.0, 0.0, 0.02, 0.1]))
    ill = random_answers(rng, context, wild=0.0, ill=1.0)
    often = rng.choice([0.2, 0.5, 0.9])
    answers.update({near: ill[near] for near in neighbours(name) if rng.random() < often})
    return context, answers


def _shown(case: Case, name: str) -> bool:
    return name in {question.id for question in visible_questions(pack(), case[1])}


@given(seed=SEEDS, name=st.sampled_from(NAMES))
@settings(max_examples=cases(2500), deadline=None)
def test_a_worse_answer_never_makes_anything_better(seed: int, name: str) -> None:
    rng = random.Random(seed)
    case = _someone(rng, name)
    steps = worse_steps(rng, name, case) if _shown(case, name) else iter(())
    for step in islice(steps, 2):
        found = broken(step)
        assert not found or known(step, found), (step, found)


@given(seed=SEEDS, name=st.sampled_from(NAMES))
@settings(max_examples=cases(1000), deadline=None)
def test_a_worse_plan_never_makes_anything_better(seed: int, name: str) -> None:
    rng = random.Random(seed)
    steps = list(worse_plans(rng, _someone(rng, name)))
    for step in rng.sample(steps, 2):
        found = broken(step)
        assert not found or known(step, found), (step, found)


@given(seed=SEEDS, name=st.sampled_from(NAMES))
@example(seed=50101, name="cancer_treatment_end")
@settings(max_examples=cases(1000), deadline=None)
def test_no_answer_is_never_better_than_the_best_one(seed: int, name: str) -> None:
    rng = random.Random(seed)
    case = context, answers = _someone(rng, name)
    if not _shown(case, name) or pack().question_by_id[name].type == "text":
        return
    raw = rng.choice([None, "", 7, True, ["x"], {"x": "2026-01-01"}, "2026-13-01", "maybe"])
    lost = outcome_of((context, {**answers, name: raw}))
    assert lost.wait == float("inf")
    assert lost.level >= Level.REVIEW
    assert lost.level >= least(name, case), (case, name, raw)


EVERYWHERE = sorted(pack().sections)
LONG = {name for name in EVERYWHERE if len(pack().sections[name].questions) > 5}
"""The parts of at least seven questions, whatever is answered: those that are timed."""


def in_a_second(sections: Collection[str]) -> Conduct:
    """A client who took a second for each of these parts; of the others the time is not known."""
    return Conduct(sections={name: Pace(seconds=1.0, by="client") for name in sections})


def assessed(case: Case, conduct: Conduct) -> Assessment:
    return assess(pack(), read_context(case[0], pack()), case[1], conduct)


def beside(found: Assessment) -> set[str]:
    return {hit.code for hit in found.further}


def resolved(step: Step, before: Assessment, after: Assessment) -> bool:
    """The one thing that may lower the level that the clinic goes by: a date that did not fit its
    own question is moved later, to where it does, so that there is no contradiction left. Nothing
    else beside the rules is gone, and what the rules say is no better."""
    name = step.what.partition(": ")[0]
    checks = pack().checks
    assert checks
    own = {f"contradiction_{one.id}" for one in checks.periods if one.question == name}
    gone = beside(before) - beside(after)
    later = step.what.endswith("later")
    return later and bool(gone) and gone <= own and after.result.level >= before.result.level


@given(seed=SEEDS, name=st.sampled_from(NAMES))
@settings(max_examples=cases(2500), deadline=None)
def test_no_worse_answer_lets_a_hasty_client_pass(seed: int, name: str) -> None:
    """Without any exception but those of the rules."""
    rng = random.Random(seed)
    case, hasty = _someone(rng, name), in_a_second(EVERYWHERE)
    steps = worse_steps(rng, name, case) if _shown(case, name) else iter(())
    for step in islice(steps, 2):
        before, after = assessed(step.before, hasty), assessed(step.after, hasty)
        assert "answered_in_haste" in beside(before) & beside(after), step
        assert after.level >= Level.REVIEW, step
        if step.level and after.level < before.level:
            assert known(step, broken(step)), step


@given(seed=SEEDS, name=st.sampled_from(NAMES), quick=st.sets(st.sampled_from(EVERYWHERE)))
@settings(max_examples=cases(2500), deadline=None)
def test_a_worse_answer_lowers_the_level_only_out_of_a_contradiction(
    seed: int, name: str, quick: set[str]
) -> None:
    rng = random.Random(seed)
    case, conduct = _someone(rng, name), in_a_second(quick)
    steps = worse_steps(rng, name, case) if _shown(case, name) else iter(())
    for step in islice(steps, 2):
        before, after = assessed(step.before, conduct), assessed(step.after, conduct)
        assert ("answered_in_haste" in beside(after)) is bool(quick & LONG), step
        if step.level and after.level < before.level:
            assert resolved(step, before, after) or known(step, broken(step)), step


@given(seed=SEEDS, name=st.sampled_from(NAMES))
@settings(max_examples=cases(1000), deadline=None)
def test_no_answer_lets_no_hasty_client_pass(seed: int, name: str) -> None:
    rng = random.Random(seed)
    case = context, answers = _someone(rng, name)
    raw = rng.choice([None, "", 7, True, ["x"], {"x": "2026-01-01"}, "2026-13-01", "maybe"])
    lost = assessed((context, {**answers, name: raw}), in_a_second(EVERYWHERE))
    assert "answered_in_haste" in beside(lost), (case, raw)
    assert lost.level >= Level.REVIEW
    if _shown(case, name) and pack().question_by_id[name].type != "text":
        assert lost.level >= least(name, case), (case, name, raw)


def test_a_date_moved_out_of_a_contradiction_is_the_example() -> None:
    """Two years ago does not fit "in the last 6 weeks"; 40 days ago does, and needs no wait."""
    old = _case({"sun_exposure": {"fake_tan": "2024-06-01"}})
    new = _case({"sun_exposure": {"fake_tan": "2026-04-22"}})
    step = Step(what="sun_exposure: fake_tan later", before=old, after=new)
    before, after = (assessed(case, in_a_second(())) for case in (old, new))
    assert (before.level, after.level) == (Level.REVIEW, Level.CLEAR)
    assert broken(step) == []
    assert resolved(step, before, after)
    both = [assessed(case, in_a_second(["skin"])).level for case in (old, new)]
    assert both == [Level.REVIEW, Level.REVIEW]


def test_what_a_lost_date_leaves_open_counts_as_a_review() -> None:
    ill = {"cancer_treatment": "finished", "radiotherapy_area": "no"}
    ill |= {"diabetes": "yes", "diabetes_control": "good"}
    whole = screen({**ill, "cancer_treatment_end": "2015-01-01"})
    assert whole.level is Level.CONTRAINDICATED
    lost = screen(ill)
    assert (lost.complete, lost.level) == (False, Level.CONTRAINDICATED)
    assert lost.missing == ("cancer_treatment_end",)


@pytest.mark.parametrize("one", KNOWN, ids=lambda one: f"{one.what} {one.lost}")
def test_what_the_rules_let_get_better_is_as_described(one: Known) -> None:
    context, answers = one.example
    worse = {**context, "modality": "RF_MN"}, answers
    assert outcome_of(worse).level < outcome_of(one.example).level
    assert hits_of(worse).get(one.lost, Level.CLEAR) < hits_of(one.example)[one.lost]


def test_the_steps_know_what_worse_is() -> None:
    rng = random.Random(1)
    case = _case({"keloid": "family_only", "sun_exposure": {"tan": "2026-05-01"}})
    keloid = {step.what for step in worse_steps(rng, "keloid", case)}
    assert keloid == {
        f"keloid: family_only → {v}" for v in ("personal_keloid", "personal_raised", "not_sure")
    }
    sun = {step.what for step in worse_steps(rng, "sun_exposure", case)}
    assert sun == {
        f"sun_exposure: {v}" for v in ("also fake_tan", "also sunbed", "also sunburn", "tan later")
    }
