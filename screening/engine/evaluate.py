"""Screening: one set of answers, one plan, one pack; one result.

Two ways lead to it. The plain evaluator judges every case; functions generated from the pack
judge a complete form, many times as fast, and leave every other case to it. Tests hold the two
to the same results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .answers import Known, Problem, Question, read_answer
from .canonical import canonical_json, hash_of
from .compile import Case
from .context import Context, PlanValue, plan_values
from .earliest import earliest_generated
from .findings import Result, made_of
from .generate import Generated, Values, generate
from .judge import earliest_clear, judge, open_case
from .levels import UNKNOWN, Level
from .program import AskStep, compile_pack
from .rules import Pack

_LEVELS = tuple(Level)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Answers read: a value, UNKNOWN, or ``None`` (not shown) for every question."""

    values: dict[str, Known]
    problems: dict[str, Problem]
    shown: frozenset[str]


def evaluate(pack: Pack, context: Context, answers: Mapping[str, object]) -> Result:
    """Screen one set of answers.

    ``answers`` is plain JSON by question id, as in ``answers.py``. Answers to questions that
    are not shown are ignored. Nothing that is missing or cannot be read is taken for "no": it
    is listed in ``missing``, and the level is then at least REVIEW. Raises TypeError only for
    answers that are not JSON at all, which no stored answer can be.
    """
    form = _read_form(pack, context, answers)
    quick = None if form is None else _judge_form(form, context.planned_on)
    return evaluate_plain(pack, context, answers) if quick is None else quick


def evaluate_on_days(
    pack: Pack, context: Context, answers: Mapping[str, object]
) -> Callable[[date], Result]:
    """``evaluate`` with one planned date after another in place of the context's. The answers
    are read once, and each day is judged once."""
    form = _read_form(pack, context, answers)
    known: dict[date, Result] = {}

    def on(day: date) -> Result:
        if day not in known:
            quick = None if form is None else _judge_form(form, day)
            then = replace(context, planned_date=day)
            known[day] = evaluate_plain(pack, then, answers) if quick is None else quick
        return known[day]

    return on


def evaluate_generated(
    pack: Pack, context: Context, answers: Mapping[str, object]
) -> Result | None:
    """``evaluate`` by the generated functions; ``None`` where anything is missing or unknown."""
    form = _read_form(pack, context, answers)
    return None if form is None else _judge_form(form, context.planned_on)


Form = tuple[Generated, Mapping[str, PlanValue], Values, date, str]
"""A complete form: the functions of its pack, plan, values, day of the answers, their hash."""


def _read_form(pack: Pack, context: Context, answers: Mapping[str, object]) -> Form | None:
    plan, given = plan_values(context), context.assessment_date
    if answers.__class__ is not dict or UNKNOWN in plan.values():
        return None
    made = generate(pack)
    found = made.read(answers, given)
    if found is None:
        return None
    values, text = found
    return made, plan, values, given, hash_of(canonical_json(answers) if text is None else text)


def _judge_form(form: Form, planned: date) -> Result | None:
    made, plan, values, given, sha256 = form
    judged = made.judge(values, plan, given, planned)
    if judged is None:
        return None
    earliest = earliest_generated(
        made, judged, values=values, plan=plan, given=given, planned=planned
    )
    if earliest is UNKNOWN:
        return None
    top, hits, flags, until, _, _, _ = judged
    fields: dict[str, object] = {
        "pack": made.pack,
        "answers_sha256": sha256,
        "complete": True,
        "level": _LEVELS[top],
        "hits": tuple(hits),
        "flags": tuple(flags),
        "missing": (),
        "problems": {},
        "undecided": (),
        "defer_until": until,
        "earliest": earliest,
    }
    return made_of(Result, fields)


def evaluate_plain(pack: Pack, context: Context, answers: Mapping[str, object]) -> Result:
    """``evaluate`` by the conditions as they stand, in three values: the reference."""
    program = compile_pack(pack)
    sheet = read_sheet(pack, answers, given_on=context.assessment_date)
    plan = plan_values(context)
    case = open_case(
        program,
        answers=sheet.values,
        plan=plan,
        assessment_date=context.assessment_date,
        planned_date=context.planned_on,
    )
    verdict = judge(program, case)
    missing = tuple(q.id for q in pack.questions if q.id in sheet.problems) + tuple(
        f"context.{name}" for name, value in plan.items() if value is UNKNOWN
    )
    complete = not missing and not verdict.undecided
    return Result(
        pack=pack.id,
        answers_sha256=answers_hash(answers),
        complete=complete,
        level=verdict.level if complete else max(verdict.level, Level.REVIEW),
        hits=verdict.hits,
        flags=verdict.flags,
        missing=missing,
        problems=sheet.problems,
        undecided=verdict.undecided,
        defer_until=max((h.defer_until for h in verdict.hits if h.defer_until), default=None),
        earliest=earliest_clear(program, case, verdict) if complete else None,
    )


def visible_questions(pack: Pack, answers: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions that these answers show, in the order of asking.

    A follow-up whose parent has no valid answer yet is not shown.
    """
    shown = read_sheet(pack, answers, given_on=None).shown
    return tuple(question for question in pack.questions if question.id in shown)


def answers_hash(answers: Mapping[str, object]) -> str:
    """SHA-256 (hexadecimal) of the answers as canonical JSON: keys sorted, no spaces, UTF-8."""
    return hash_of(canonical_json(answers))


def read_sheet(pack: Pack, answers: Mapping[str, object], *, given_on: date | None) -> Sheet:
    """Read every answer that counts. ``given_on=None`` leaves dates in the future alone."""
    values: dict[str, Known] = {}
    problems: dict[str, Problem] = {}
    shown: set[str] = set()
    # Whether a question is shown depends on other answers only.
    case = Case(answers=values, plan={}, assessment_date=date.min, planned_date=date.min)
    for step in compile_pack(pack).asks:
        name = step.question.id
        visible = True if step.shown is None else step.shown(case)
        if visible is None:
            values[name] = UNKNOWN
        elif not visible:
            values[name] = None
        else:
            shown.add(name)
            values[name] = _read(step, answers.get(name), given_on, problems)
    return Sheet(values=values, problems=problems, shown=frozenset(shown))


def _read(step: AskStep, raw: object, given_on: date | None, problems: dict[str, Problem]) -> Known:
    if raw.__class__ is str and raw in step.plain:
        return raw
    value = read_answer(step.question, raw, given_on=given_on)
    if isinstance(value, Problem):
        problems[step.question.id] = value
        return UNKNOWN
    return value
