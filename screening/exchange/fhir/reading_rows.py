"""``enableWhen`` read back as a condition of a pack.

Read is only what means the same in both: FHIR says true or false, screening also says unknown,
and shows nothing then. So a "!=" that an unanswered question would satisfy is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import ExchangeError
from .names import NONE_CODE, NONE_OF_THESE
from .shape import CHOICES, LISTS, Asked

_NONE = (NONE_OF_THESE, NONE_CODE)
Raw = dict[str, object]


def condition_of(
    rows: Sequence[Mapping[str, object]], joined: str, asked: Mapping[str, Asked]
) -> Raw:
    """The condition that rows joined by ``all`` or ``any`` say ("" for a single row).
    ExchangeError for what a pack cannot say."""
    if len(rows) > 1 and joined not in ("all", "any"):
        raise ExchangeError("enableBehavior should be all or any")
    parts: list[Raw] = []
    left = list(rows)
    while left:
        count, part = _next(left, joined, asked)
        parts.append(part)
        del left[:count]
    if not parts:
        raise ExchangeError("enableWhen is empty")
    return parts[0] if len(parts) == 1 else {joined: parts}


def _next(
    rows: Sequence[Mapping[str, object]], joined: str, asked: Mapping[str, Asked]
) -> tuple[int, Raw]:
    """The next part of the condition, and of how many rows it is made."""
    question = asked.get(str(rows[0].get("question")))
    if question is None:
        raise ExchangeError(f"enableWhen reads {rows[0].get('question')!r}, which is no question")
    if question.kind not in CHOICES:
        raise ExchangeError(f"enableWhen reads {question.id!r}, which is no choice")
    match rows[0].get("operator"):
        case "=":
            count = _run(rows, "=", question.id) if joined == "any" else 1
            return count, _either(question, [_code(row, question) for row in rows[:count]])
        case "exists" if rows[0].get("answerBoolean") is True:
            count = _run(rows[1:], "!=", question.id) if joined == "all" else 0
            return count + 1, _answered(question, [_coding(row) for row in rows[1 : count + 1]])
        case _:
            raise ExchangeError("enableWhen can be read with '=', or 'exists' true then '!='")


def _run(rows: Sequence[Mapping[str, object]], operator: str, question: str) -> int:
    """How many of the first rows ask the same question in the same way."""
    count = 0
    for row in rows:
        if row.get("operator") != operator or row.get("question") != question:
            break
        count += 1
    return count


def _either(question: Asked, values: list[str]) -> Raw:
    if question.kind in LISTS:
        return {"q": question.id, "op": "contains_any", "value": values}
    if len(values) == 1:
        return {"q": question.id, "op": "eq", "value": values[0]}
    return {"q": question.id, "op": "in", "value": values}


def _answered(question: Asked, others: list[tuple[object, object]]) -> Raw:
    may_be_none = question.kind in LISTS and question.none_label
    if others == ([_NONE] if may_be_none else []):
        if question.kind in LISTS:
            return {"q": question.id, "op": "not_empty"}
        return {"q": question.id, "op": "in", "value": list(question.values)}
    if not others or _NONE in others:
        raise ExchangeError("enableWhen with 'exists' would be true for \"none of these\" too")
    if question.hides:
        raise ExchangeError("enableWhen with '!=' reads a question that is not always shown")
    codes = [_known(code, question) for _system, code in others]
    return {"not": _either(question, codes)}


def _code(row: Mapping[str, object], question: Asked) -> str:
    system, code = _coding(row)
    if (system, code) == _NONE:
        raise ExchangeError('enableWhen cannot be read where it asks for "none of these"')
    return _known(code, question)


def _known(code: object, question: Asked) -> str:
    if not isinstance(code, str) or code not in question.values:
        raise ExchangeError(f"enableWhen asks {question.id!r} for what is no option of it")
    return code


def _coding(row: Mapping[str, object]) -> tuple[object, object]:
    coding = row.get("answerCoding")
    if not isinstance(coding, Mapping):
        raise ExchangeError("enableWhen compares with what is no coding")
    return coding.get("system"), coding.get("code")
