"""Whether a condition asks only what the pack knows, with operators that fit."""

from __future__ import annotations

from .answers import QuestionType
from .conditions import Ask, Condition, DepthAbove, Plan, Scalar, walk
from .context import DATES, FIELDS
from .rules import Pack
from .tables import PackError

_ASK_FITS = {
    QuestionType.YES_NO: {"eq", "in"},
    QuestionType.SINGLE_CHOICE: {"eq", "in"},
    QuestionType.MULTI_CHOICE: {"contains_any", "not_empty", "count_gte"},
    QuestionType.MULTI_CHOICE_DATED: {"contains_any", "not_empty", "count_gte"},
    QuestionType.DATE: {"before_ctx"},
    QuestionType.TEXT: {"text_present", "text_needs_reader"},
}
_PLAN_FITS = {
    "number": {"lt", "lte", "gt", "gte", "exists"},
    "enum": {"eq", "in", "exists"},
    "list": {"intersects", "count_in_gte"},
    "bool": {"eq"},
    "date": {"exists"},
    "object": {"exists"},
}


def check_condition(pack: Pack, condition: Condition, where: str, *, plan: bool = True) -> None:
    """PackError for an unknown question, option, context field or value, or an operator that
    does not fit. ``plan=False`` forbids reading the context."""
    for part in walk(condition):
        if isinstance(part, Ask):
            _ask(pack, part, where, plan=plan)
        elif isinstance(part, DepthAbove):
            _depth(pack, part, where, plan=plan)
        elif isinstance(part, Plan):
            if not plan:
                raise PackError(f"{where}: show_when must not read the context")
            _plan(pack, part, where)


def _depth(pack: Pack, part: DepthAbove, where: str, *, plan: bool) -> None:
    if not plan:
        raise PackError(f"{where}: show_when must not read the context")
    if all(limit.modality != part.group for limit in pack.depth_limits):
        raise PackError(f"{where}: there is no depth limit for {part.group!r}")


def _ask(pack: Pack, ask: Ask, where: str, *, plan: bool) -> None:
    question = pack.question_by_id.get(ask.question)
    if question is None:
        raise PackError(f"{where}: unknown question {ask.question!r}")
    if ask.op not in _ASK_FITS[question.type]:
        raise PackError(f"{where}: operator {ask.op!r} does not fit {ask.question!r}")
    if ask.op == "before_ctx":
        if not plan or not ask.values <= set(DATES):
            raise PackError(f"{where}: {ask.question!r} can only be before one of {DATES}")
        return
    if unknown := sorted(ask.values - question.values):
        raise PackError(f"{where}: {ask.question!r} has no option {unknown[0]!r}")
    if ask.op == "count_gte" and ask.count > len(question.values - ask.values):
        raise PackError(f"{where}: {ask.question!r} has fewer than {ask.count} options")


def _plan(pack: Pack, part: Plan, where: str) -> None:
    kind = FIELDS.get(part.field)
    if kind is None:
        raise PackError(f"{where}: unknown context field {part.field!r}")
    if part.op not in _PLAN_FITS[kind]:
        raise PackError(f"{where}: operator {part.op!r} does not fit context field {part.field!r}")
    if part.op == "count_in_gte" and part.count > len(part.values):
        raise PackError(f"{where}: {part.field!r}: {part.count} of {len(part.values)} areas")
    for value in part.values:
        if not _value_fits(pack, "bool" if part.op == "exists" else kind, value):
            raise PackError(f"{where}: context field {part.field!r} cannot be {value!r}")


def _value_fits(pack: Pack, kind: str, value: Scalar) -> bool:
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("bool", "date", "object"):
        return isinstance(value, bool)
    return value in (pack.modalities if kind == "enum" else pack.areas)
