"""From a condition to cases that make it true: so that every outcome of a pack is tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, islice, product
from typing import Any

from screening.engine import Pack, Question, QuestionType, visible_questions
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    DepthAbove,
    HitGroups,
    Not,
    Plan,
    RuleHit,
)
from tests.screening.cases import answers_with, raw_context

Facts = dict[tuple[str, str], Any]

BASES: tuple[dict[str, Any], ...] = (
    {},
    {"areas": ["back"]},
    {"depth_mm": 1.0},
    {"areas": ["back"], "depth_mm": 1.5},
    {"modality": "RF_MN"},
)
"""Plans to begin with: an outcome may need that an earlier one does not take it."""
SESSION = {"modality": "MN_PEN", "depth_mm": 0.5}


def cases_for(
    pack: Pack, condition: Condition, day: date
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Contexts and complete answers, given on ``day`` about ``day``, that should make the
    condition true. Dates asked for are ``day`` itself."""
    for facts, base in product(islice(_solve(pack, condition, day), 200), BASES):
        context = raw_context({"assessment_date": day.isoformat(), "planned_date": day.isoformat()})
        context |= base
        answers = answers_with({})
        for (where, name), value in facts.items():
            if where == "q":
                answers[name] = value
            elif name.startswith("last_session"):
                part = name.partition(".")[2]
                before = context["last_session"] or SESSION | {"date": day.isoformat()}
                context["last_session"] = before | ({part: value} if part else {})
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
            return [] if question.allow_empty else [question.options[0].value]
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
            yield from _plan(pack, condition, day)
        case DepthAbove():
            yield from _deeper(pack, condition)
        case AllOf(parts=parts):
            for choice in product(*(list(_solve(pack, part, day)) for part in parts)):
                if (merged := _merge(choice)) is not None:
                    yield merged
        case AnyOf(parts=parts):
            for part in parts:
                yield from _solve(pack, part, day)
        case Not():
            yield {}  # false for a healthy adult; the test judges whether it was enough
        case _:
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
    if ask.op in ("text_present", "text_needs_reader"):
        yield "Warfarin since March"
    elif ask.op == "before_ctx":
        yield (day - timedelta(days=1)).isoformat()
    elif ask.op in ("eq", "in"):
        yield from (v for v in in_order if v in ask.values)
    elif ask.op == "count_gte":
        yield in_order[: ask.count]
    else:
        for value in in_order:
            if ask.op == "not_empty" or value in ask.values:
                yield {value: day.isoformat()} if dated else [value]


def _plan(pack: Pack, plan: Plan, day: date) -> Iterator[Facts]:
    if plan.op == "count_in_gte":
        yield {("ctx", plan.field): sorted(map(str, plan.values))[: plan.count]}
        return
    for value in sorted(plan.values, key=str):
        if plan.field == "age":
            assert isinstance(value, int)
            years = value - 1 if plan.op == "lt" else value
            yield {("q", "dob"): day.replace(year=day.year - years, day=1).isoformat()}
        elif plan.field == "answers_age_days":
            late = day + timedelta(days=int(value) + 1)
            yield {("ctx", "planned_date"): late.isoformat()}
        elif plan.op == "gt":
            yield {("ctx", plan.field): float(value) + 0.1}
        elif plan.op == "intersects":
            yield {("ctx", plan.field): [value]}
        elif plan.op == "exists":
            there = {"last_session.date": day.isoformat()}.get(plan.field, True)
            yield {("ctx", plan.field): there if value else None}
        else:
            yield {("ctx", plan.field): value}


def _deeper(pack: Pack, condition: DepthAbove) -> Iterator[Facts]:
    device = "RF_MN" if condition.group == "RF" else "MN_PEN"
    for limit in pack.depth_limits:
        line = getattr(limit, condition.line)
        if limit.modality == condition.group and line is not None:
            yield {
                ("ctx", "modality"): device,
                ("ctx", "areas"): [limit.areas[0]],
                ("ctx", "depth_mm"): line + 0.05,
            }
