"""From a condition to cases that make it true: so that every outcome of a pack is tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice, product
from typing import Any

from screening.engine import Pack, Question, QuestionType, visible_questions
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    HitGroups,
    Not,
    Plan,
    RuleHit,
)
from tests.screening.cases import answers_with, raw_context

Facts = dict[tuple[str, str], Any]


def cases_for(
    pack: Pack, condition: Condition, day: date
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Contexts and complete answers, given on ``day`` about ``day``, that should make the
    condition true. Dates asked for are ``day`` itself."""
    for facts in islice(_solve(pack, condition, day), 200):
        context = raw_context({"assessment_date": day.isoformat(), "planned_date": day.isoformat()})
        answers = answers_with({})
        for (where, name), value in facts.items():
            if where == "q":
                answers[name] = value
            elif name.startswith("last_session."):
                context["last_session"] = {
                    "date": day.isoformat(),
                    "modality": "MN_PEN",
                    "depth_mm": 0.5,
                    **(context["last_session"] or {}),
                    name.partition(".")[2]: value,
                }
            else:
                context[name] = value
        yield context, complete(pack, answers, day)


def complete(pack: Pack, answers: dict[str, Any], day: date) -> dict[str, Any]:
    """The answers with a harmless one for every follow-up that they show."""
    answers = dict(answers)
    while open_questions := [q for q in visible_questions(pack, answers) if q.id not in answers]:
        for question in open_questions:
            answers[question.id] = harmless(question, day)
    return answers


def harmless(question: Question, day: date) -> Any:
    match question.type:
        case QuestionType.YES_NO:
            return "no"
        case QuestionType.SINGLE_CHOICE:
            return "calm" if "calm" in question.values else question.options[0].value
        case QuestionType.MULTI_CHOICE:
            return []
        case QuestionType.MULTI_CHOICE_DATED:
            return {}
        case QuestionType.DATE:
            return day.isoformat()
        case QuestionType.TEXT:
            return "none"


def _solve(pack: Pack, condition: Condition, day: date) -> Iterator[Facts]:
    match condition:
        case Ask():
            yield from _ask(pack, condition, day)
        case Plan():
            yield from _plan(condition, day)
        case AllOf(parts=parts):
            for choice in product(*(list(_solve(pack, part, day)) for part in parts)):
                if (merged := _merge(choice)) is not None:
                    yield merged
        case AnyOf(parts=parts):
            for part in parts:
                yield from _solve(pack, part, day)
        case Not():
            yield {}  # false for a healthy adult; the test judges whether it was enough
        case RuleHit() | HitGroups():
            yield from _hits(pack, condition, day)


def _hits(pack: Pack, ask: RuleHit | HitGroups, day: date) -> Iterator[Facts]:
    if isinstance(ask, RuleHit):
        for outcome in pack.rule_by_code[ask.code].outcomes:
            if outcome.level >= ask.min_level:
                yield from _solve(pack, outcome.when, day)
        return
    for chosen in combinations(ask.groups, ask.least):
        hits = tuple(RuleHit(code=group[0], min_level=ask.min_level) for group in chosen)
        yield from _solve(pack, AllOf(parts=hits), day)


def _merge(choice: tuple[Facts, ...]) -> Facts | None:
    merged: Facts = {}
    for facts in choice:
        for key, value in facts.items():
            if key not in merged or merged[key] == value:
                merged[key] = value
            elif isinstance(value, list):
                merged[key] = [*merged[key], *(v for v in value if v not in merged[key])]
            elif isinstance(value, dict):
                merged[key] = {**merged[key], **value}
            else:
                return None
    return merged


def _ask(pack: Pack, ask: Ask, day: date) -> Iterator[Facts]:
    question = pack.question_by_id[ask.question]
    shown = list(_solve(pack, question.show_when, day)) if question.show_when else [{}]
    for value, parent in product(_values(question, ask, day), shown):
        yield {**parent, ("q", ask.question): value}


def _values(question: Question, ask: Ask, day: date) -> Iterator[Any]:
    dated = question.type is QuestionType.MULTI_CHOICE_DATED
    in_order = [o.value for o in question.options]
    if ask.op == "text_present":
        yield "Vitamin D"
    elif ask.op in ("eq", "in"):
        yield from (v for v in in_order if v in ask.values)
    elif ask.op == "count_gte":
        yield in_order[: ask.count]
    else:
        for value in in_order:
            if ask.op == "not_empty" or value in ask.values:
                yield {value: day.isoformat()} if dated else [value]


def _plan(plan: Plan, day: date) -> Iterator[Facts]:
    for value in sorted(plan.values, key=str):
        if plan.field == "age":
            assert plan.op == "lt"
            assert isinstance(value, int)
            yield {("q", "dob"): day.replace(year=day.year - value + 1, day=1).isoformat()}
        elif plan.op == "gt":
            yield {("ctx", plan.field): float(value) + 0.1}
        elif plan.op == "intersects":
            yield {("ctx", plan.field): [value]}
        elif plan.op == "exists":
            yield {("ctx", plan.field): day.isoformat()}
        else:
            yield {("ctx", plan.field): value}
