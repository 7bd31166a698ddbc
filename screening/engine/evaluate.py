"""Screening: one set of answers, one plan, one pack; one result.

Two ways lead to it. The plain evaluator judges every case; functions generated from the pack
judge a complete form, many times as fast, and leave every other case to it. Tests hold the two
to the same results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .answers import Problem, Question
from .canonical import canonical_json, hash_of
from .context import Context
from .earliest import earliest_generated
from .findings import Result, made_of
from .generate import Form, Generated, generate
from .judge import Opened, earliest_clear, judge, open_case
from .law_of import flags_of, law_of
from .levels import UNKNOWN, Level
from .plan import ReadPlan, read_plan
from .program import Program, compile_pack
from .rules import Pack
from .sheet import Sheet, everyday_question, read_sheet, read_texts

_LEVELS = tuple(Level)


def evaluate(pack: Pack, context: Context, answers: Mapping[str, object]) -> Result:
    """Screen one set of answers.

    ``answers`` is plain JSON by question id, as in ``answers.py``. Answers to questions that
    are not shown are ignored. Nothing that is missing or cannot be read is taken for "no": it
    is listed in ``missing``, or in ``invalid_context`` where the context lacks it, and the level
    is then at least REVIEW. Raises TypeError only for answers that are not JSON at all, which no
    stored answer can be.
    """
    plan = read_plan(pack, context)
    form = _read_form(pack, context, plan, answers)
    quick = None if form is None else _judge_form(form, form.planned)
    return _plainly(pack, context, plan, answers) if quick is None else quick


def evaluate_on_days(
    pack: Pack, context: Context, answers: Mapping[str, object]
) -> Callable[[date], Result]:
    """``evaluate`` with one planned date after another in place of the context's. The answers
    are read once, and each day is judged once."""
    form = _read_form(pack, context, read_plan(pack, context), answers)
    known: dict[date, Result] = {}

    def on(day: date) -> Result:
        if day not in known:
            quick = None if form is None or day < form.given else _judge_form(form, day)
            then = replace(context, planned_date=day)
            known[day] = evaluate_plain(pack, then, answers) if quick is None else quick
        return known[day]

    return on


def evaluate_generated(
    pack: Pack, context: Context, answers: Mapping[str, object]
) -> Result | None:
    """``evaluate`` by the generated functions; ``None`` where anything is missing or unknown."""
    form = _read_form(pack, context, read_plan(pack, context), answers)
    return None if form is None else _judge_form(form, form.planned)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """A complete form: the functions of its pack, what they read, the hash of the answers."""

    pack: Pack
    made: Generated
    read: Form
    sha256: str
    given: date
    planned: date
    confirmed: bool
    jurisdiction: str | None


def _read_form(
    pack: Pack, context: Context, plan: ReadPlan, answers: Mapping[str, object]
) -> _Form | None:
    given, planned = plan.assessed, plan.planned
    if answers.__class__ is not dict or plan.invalid or given is None or planned is None:
        return None
    made = generate(pack)
    found = made.read(answers, given)
    if found is None:
        return None
    values, text = found
    texts = (
        read_texts(pack, dict(zip(made.order, values, strict=True)))
        if any(made.says(values[place]) for place in made.texts)
        else None
    )
    if texts is not None and texts.ticks:
        place = made.order.index(everyday_question(pack) or "")
        ticked = values[place]
        if not isinstance(ticked, frozenset):
            return None
        values = (*values[:place], ticked | texts.ticks, *values[place + 1 :])
    read = Form(
        values=values,
        plan=plan.values,
        said=texts.said if texts else frozenset(),
        unread=texts.unread if texts else frozenset(),
    )
    return _Form(
        pack=pack,
        made=made,
        read=read,
        sha256=hash_of(canonical_json(answers) if text is None else text),
        given=given,
        planned=planned,
        confirmed=context.confirmed,
        jurisdiction=context.jurisdiction,
    )


def _judge_form(form: _Form, planned: date) -> Result | None:
    made, given = form.made, form.given
    judged = made.judge(form.read, given, planned, form.confirmed)
    if judged is None:
        return None
    earliest = earliest_generated(made, judged, form.read, given=given, planned=planned)
    if earliest is UNKNOWN:
        return None
    law = (
        law_of(
            form.pack,
            form.jurisdiction,
            answers=dict(zip(made.order, form.read.values, strict=True)),
            plan=form.read.plan,
            planned_date=planned,
        )
        if form.jurisdiction is not None
        else ()
    )
    top, hits, flags, until, *_ = judged
    fields: dict[str, object] = {
        "pack": made.pack,
        "answers_sha256": form.sha256,
        "complete": True,
        "level": _LEVELS[top],
        "hits": tuple(hits),
        "flags": (*flags, *flags_of(law)),
        "missing": (),
        "problems": {},
        "undecided": (),
        "defer_until": until,
        "earliest": earliest,
        "invalid_context": (),
        "law": law,
    }
    return made_of(Result, fields)


def evaluate_plain(pack: Pack, context: Context, answers: Mapping[str, object]) -> Result:
    """``evaluate`` by the conditions as they stand, in three values: the reference."""
    return _plainly(pack, context, read_plan(pack, context), answers)


def _plainly(pack: Pack, context: Context, plan: ReadPlan, answers: Mapping[str, object]) -> Result:
    program = compile_pack(pack)
    given, planned = plan.assessed, plan.planned
    sheet = read_sheet(pack, answers, given_on=given)
    if given is None or planned is None:
        return _without_a_day(pack, plan, answers, sheet)
    case = open_case(
        program,
        sheet=sheet,
        plan=plan.values,
        assessment_date=given,
        planned_date=planned,
        confirmed=context.confirmed,
    )
    verdict = judge(program, case)
    problems = _problems(program, sheet, case)
    missing = tuple(q.id for q in pack.questions if q.id in problems)
    complete = not missing and not plan.invalid and not verdict.undecided
    law = law_of(
        pack,
        context.jurisdiction,
        answers=case.rules.answers,
        plan=case.rules.plan,
        planned_date=planned,
    )
    return Result(
        pack=pack.id,
        answers_sha256=answers_hash(answers),
        complete=complete,
        level=verdict.level if complete else max(verdict.level, Level.REVIEW),
        hits=verdict.hits,
        flags=(*verdict.flags, *flags_of(law)),
        missing=missing,
        problems=problems,
        undecided=verdict.undecided,
        defer_until=max((h.defer_until for h in verdict.hits if h.defer_until), default=None),
        earliest=earliest_clear(program, case, sheet) if complete else None,
        invalid_context=plan.invalid,
        law=law,
    )


def _problems(program: Program, sheet: Sheet, case: Opened) -> dict[str, Problem]:
    """What is amiss with the answers; also a birth so long ago that nobody lives on the day."""
    born = program.born
    if born and born not in sheet.problems and case.too_old:
        return {**sheet.problems, born: Problem.TOO_LONG_AGO}
    return sheet.problems


def _without_a_day(
    pack: Pack, plan: ReadPlan, answers: Mapping[str, object], sheet: Sheet
) -> Result:
    """Where neither day can be used, nothing can be judged."""
    return Result(
        pack=pack.id,
        answers_sha256=answers_hash(answers),
        complete=False,
        level=Level.REVIEW,
        hits=(),
        flags=(),
        missing=tuple(q.id for q in pack.questions if q.id in sheet.problems),
        problems=sheet.problems,
        undecided=tuple(rule.code for rule in pack.all_rules),
        invalid_context=plan.invalid,
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
