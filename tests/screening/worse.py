"""What a worse answer and a worse plan are, taken from the pack and from nothing else.

- One answer of a single choice (or of yes, no, not sure) is worse than another, in level or in
  earliest date, where it is so alone: in an otherwise harmless form, with the follow-ups that it
  has in the case, under the same plan.
- In lists more ticks are worse. A later date is worse, and for a date of birth: younger.
- A text is worse than "none". No answer, or one that cannot be read, is worse than the best one.
- A plan is worse deeper, over more areas, nearer, with numbing cream, without a reviewed test
  patch, after a session or a later, deeper or hotter one, and with RF in place of needles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from screening.case_context import read_context
from screening.engine import Level, Question, QuestionType, evaluate
from screening.engine.conditions import questions_read, rules_read
from screening.engine.partial import read_period
from tests.screening.cases import BASELINE_ANSWERS, pack
from tests.screening.solver import complete

Case = tuple[dict[str, Any], dict[str, Any]]
"""A context and answers, both as plain JSON."""

SINGLE = (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)
LONG_AGO = "2015-01-01"
ANSWERS_HOLD = 30
"""Days. A plan beyond them is worse than a nearer one: the answers are too old by then."""
OLD = 79
"""Years: about the age from which a practitioner looks first."""
GRADES = ("MN_ROLLER", "MN_PEN", "RF_MN")
DEPTHS = (0.25, 0.49, 0.5, 0.9, 1.0, 1.4, 1.5, 1.6, 2.0, 2.1, 2.5, 2.6)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing made worse, in level or in the earliest date or in both."""

    what: str
    before: Case
    after: Case
    level: bool = True
    earliest: bool = True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The level, and how many days until nothing is left against it (no date: never)."""

    level: Level
    wait: float


def outcome_of(case: Case) -> Outcome:
    context, answers = case
    read = read_context(context, pack())
    result = evaluate(pack(), read, answers)
    until = result.earliest
    wait = float("inf") if until is None else (until - read.assessment_date).days
    return Outcome(level=result.level, wait=wait)


def hits_of(case: Case) -> dict[str, Level]:
    """The level of each hit by its code."""
    context, answers = case
    hits = evaluate(pack(), read_context(context, pack()), answers).hits
    return {hit.code: hit.level for hit in hits}


def broken(step: Step) -> list[str]:
    """What a step that makes one thing worse made better: nothing, one hopes."""
    before, after = outcome_of(step.before), outcome_of(step.after)
    found = []
    if step.level and after.level < before.level:
        found.append("level")
    if step.earliest and after.wait < before.wait:
        found.append("earliest")
    return found


@cache
def follow_ups(name: str) -> frozenset[str]:
    """The questions that only an answer to this one shows."""
    shown = {q.id for q in pack().questions if q.show_when and name in questions_read(q.show_when)}
    return frozenset(shown.union(*(follow_ups(other) for other in shown)))


@cache
def neighbours(name: str) -> tuple[str, ...]:
    """The questions that meet this one in some rule or combination."""
    met = {name} | follow_ups(name)
    for rule in pack().all_rules:
        asked = {q for condition in rule.conditions() for q in questions_read(condition)}
        for code in {c for condition in rule.conditions() for c in rules_read(condition)}:
            asked |= set(pack().rule_by_code[code].question_ids)
        if name in asked:
            met |= asked
    return tuple(sorted(met))


def _complete(name: str, answers: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    """The answers with a harmless follow-up for each that this question may show."""
    if follow_ups(name) <= answers.keys():
        return answers
    return complete(pack(), answers, date.fromisoformat(context["assessment_date"]))


def alone(name: str, case: Case) -> Outcome:
    """What one answer does with its follow-ups in an otherwise harmless form."""
    context, answers = case
    own = {key: answers[key] for key in {name} | follow_ups(name) if key in answers}
    return outcome_of((context, _complete(name, {**BASELINE_ANSWERS, **own}, context)))


def worse_steps(rng: random.Random, name: str, case: Case) -> Iterator[Step]:
    """Every way, or one at random of each kind, to make one answer worse, in any order."""
    question = pack().question_by_id[name]
    context, answers = case
    given = date.fromisoformat(context["assessment_date"])
    if question.type in SINGLE:
        yield from _other_choices(rng, question, case)
        return
    steps = list(_worse_values(rng, question, answers[name], given))
    for what, value in rng.sample(steps, len(steps)):
        after = _complete(name, {**answers, name: value}, context)
        yield Step(what=f"{name}: {what}", before=case, after=(context, after))


def _other_choices(rng: random.Random, question: Question, case: Case) -> Iterator[Step]:
    context, answers = case
    now = alone(question.id, case)
    others = sorted(question.values - {answers[question.id]})
    for value in rng.sample(others, len(others)):
        other = _complete(question.id, {**answers, question.id: value}, context)
        then = alone(question.id, (context, other))
        if then.level > now.level or then.wait > now.wait:
            yield Step(
                what=f"{question.id}: {answers[question.id]} → {value}",
                before=case,
                after=(context, other),
                level=then.level > now.level,
                earliest=then.wait > now.wait,
            )


def _worse_values(
    rng: random.Random, question: Question, value: Any, given: date
) -> Iterator[tuple[str, Any]]:
    match question.type:
        case QuestionType.MULTI_CHOICE:
            for more in sorted(question.values - set(value)):
                yield f"also {more}", [*value, more]
        case QuestionType.MULTI_CHOICE_DATED:
            for more in sorted(question.values - set(value)):
                yield f"also {more}", {**value, more: _on(rng, given)}
            for ticked, day in value.items():
                if day is not None:
                    yield f"{ticked} later", {**value, ticked: _later(rng, day, given)}
        case QuestionType.DATE if question.birth_date and int(value[:4]) <= given.year - OLD:
            return  # of the very old, whom a practitioner sees first, the older are no better off
        case QuestionType.DATE:
            last = given + timedelta(400) if question.allow_future else given
            yield "later", _later(rng, value, last)
        case _:
            yield "a text", "Something that nobody has listed"


def _on(rng: random.Random, given: date) -> str:
    return (given - timedelta(rng.choice([0, 1, 6, 8, 13, 15, 20, 29, 60, 100, 300]))).isoformat()


def _later(rng: random.Random, day: str, last: date) -> str:
    """A day after the last one that was meant, up to the last that may be answered."""
    period = read_period(day)
    assert period
    start = min(period.last, last)
    between = (last - start).days
    step = rng.choice([0, 1, between, rng.randint(0, between)])
    return (start + timedelta(min(step, between))).isoformat()


def least(name: str, case: Case) -> Level:
    """The lowest level that any answer to one question would give in a case."""
    context, answers = case
    question = pack().question_by_id[name]
    harmless: dict[QuestionType, Any] = {
        QuestionType.MULTI_CHOICE: [],
        QuestionType.MULTI_CHOICE_DATED: {},
        QuestionType.DATE: LONG_AGO,
        QuestionType.TEXT: "none",
    }
    values = sorted(question.values) if question.type in SINGLE else [harmless[question.type]]
    if question.birth_date:
        values = [BASELINE_ANSWERS[name]]
    return min(outcome_of((context, {**answers, name: value})).level for value in values)


def worse_plans(rng: random.Random, case: Case) -> Iterator[Step]:
    """One way at random of each kind to make the plan of a case worse."""
    context, answers = case
    for what, changed in _plans(rng, context):
        # The earliest date is the same whatever day is planned.
        yield Step(what=what, before=case, after=({**context, **changed}, answers))


def _plans(rng: random.Random, context: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    deeper = [depth for depth in DEPTHS if depth > context["depth_mm"]]
    if deeper:
        yield "deeper", {"depth_mm": rng.choice(deeper)}
    yield "more areas", {"areas": [*context["areas"], rng.choice(pack().areas)]}
    yield "numbing cream", {"anaesthetic_planned": True}
    yield "no test patch", {"test_patch_ok": False}
    yield "a parent agrees", {"parental_consent": True}
    grade = GRADES.index(context["modality"])
    for hotter in GRADES[grade + 1 :]:
        yield f"{context['modality']} → {hotter}", {"modality": hotter}
    given, planned = (date.fromisoformat(context[f"{x}_date"]) for x in ("assessment", "planned"))
    if (days := (planned - given).days) <= ANSWERS_HOLD:
        yield "nearer", {"planned_date": (given + timedelta(rng.randint(0, days))).isoformat()}
    yield from (("last session", {"last_session": last}) for last in _sessions(rng, context, given))


def _sessions(rng: random.Random, context: dict[str, Any], given: date) -> Iterator[dict[str, Any]]:
    last = context["last_session"]
    if last is None:
        yield {"date": _on(rng, given), "modality": rng.choice(GRADES), "depth_mm": 0.5}
        return
    yield {**last, "date": _later(rng, last["date"], given)}
    yield {**last, "depth_mm": max(last["depth_mm"], rng.choice(DEPTHS))}
    yield {**last, "modality": "RF_MN"}
