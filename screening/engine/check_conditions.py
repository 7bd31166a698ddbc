"""Whether a condition asks only what the pack knows, with operators that fit."""

from __future__ import annotations

from .answers import QuestionType
from .conditions import Ask, Condition, Plan, Scalar, walk
from .context import FIELDS
from .rules import Pack
from .tables import PackError

_ASK_FITS = {
    QuestionType.YES_NO: {"eq", "in"},
    QuestionType.SINGLE_CHOICE: {"eq", "in"},
    QuestionType.MULTI_CHOICE: {"contains_any", "not_empty", "count_gte"},
    QuestionType.MULTI_CHOICE_DATED: {"contains_any", "not_empty", "count_gte"},
    QuestionType.DATE: set(),
    QuestionType.TEXT: {"text_present"},
}
_PLAN_FITS = {
    "number": {"lt", "gt", "gte"},
    "enum": {"eq", "in"},
    "list": {"intersects"},
    "bool": {"eq"},
    "date": {"exists"},
}


def check_condition(pack: Pack, condition: Condition, where: str, *, plan: bool = True) -> None:
    """PackError for an unknown question, option, context field or value, or an operator that
    does not fit. ``plan=False`` forbids reading the context."""
    for part in walk(condition):
        if isinstance(part, Ask):
            _ask(pack, part, where)
        elif isinstance(part, Plan):
            if not plan:
                raise PackError(f"{where}: show_when must not read the context")
            _plan(pack, part, where)


def _ask(pack: Pack, ask: Ask, where: str) -> None:
    question = pack.question_by_id.get(ask.question)
    if question is None:
        raise PackError(f"{where}: unknown question {ask.question!r}")
    if ask.op not in _ASK_FITS[question.type]:
        raise PackError(f"{where}: operator {ask.op!r} does not fit {ask.question!r}")
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
    for value in part.values:
        if not _value_fits(pack, kind, value):
            raise PackError(f"{where}: context field {part.field!r} cannot be {value!r}")


def _value_fits(pack: Pack, kind: str, value: Scalar) -> bool:
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("bool", "date"):
        return isinstance(value, bool)
    return value in (pack.modalities if kind == "enum" else pack.areas)
