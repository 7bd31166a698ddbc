"""When a question is shown, as FHIR says it.

``enableWhen`` carries one test of an answer, or several joined by one "all" or one "any". What
it cannot carry becomes a FHIRPath expression (SDC ``enableWhenExpression``). Where the condition
as the pack wrote it cannot be told from these, it goes along as JSON in an extension, which an
import holds against them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import ExchangeError
from .fhirpath import true_when
from .names import (
    ENABLE_EXPRESSION,
    NONE_CODE,
    NONE_OF_THESE,
    SHOW_WHEN,
    Json,
)
from .reading_rows import condition_of
from .shape import Asked, as_list, as_table

ALL, ANY = "all", "any"


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of ``enableWhen``. ``joined`` is "" for a single row, which fits both ways."""

    rows: tuple[Json, ...]
    joined: str = ""


def enabling(show_when: Mapping[str, object], asked: Mapping[str, Asked]) -> Json:
    """The keys of an item that say when it is shown: ``enableWhen`` with ``enableBehavior``,
    or ``extension``, or both."""
    found = _rows(show_when, asked)
    extensions: list[Json] = []
    item: Json = {}
    if found is None:
        expression = {"language": "text/fhirpath", "expression": true_when(show_when, asked)}
        extensions.append({"url": ENABLE_EXPRESSION, "valueExpression": expression})
    else:
        item["enableWhen"] = list(found.rows)
        if len(found.rows) > 1:
            item["enableBehavior"] = found.joined
    if found is None or not _reads_back(found, show_when, asked):
        extensions.append({"url": SHOW_WHEN, "valueString": as_json(show_when)})
    if extensions:
        item["extension"] = extensions
    return item


def _reads_back(found: Rows, show_when: Mapping[str, object], asked: Mapping[str, Asked]) -> bool:
    try:
        return condition_of(found.rows, found.joined, asked) == show_when
    except ExchangeError:
        return False


def as_json(condition: Mapping[str, object]) -> str:
    """A condition as one line of JSON."""
    return json.dumps(condition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _rows(raw: Mapping[str, object], asked: Mapping[str, Asked]) -> Rows | None:
    for key in (ALL, ANY):
        if key in raw:
            parts = [_rows(as_table(part), asked) for part in as_list(raw[key])]
            return _joined(parts, key)
    if "not" in raw:
        return _denied(as_table(raw["not"]), asked)
    return _asked_rows(raw, asked[str(raw["q"])])


def _joined(parts: Sequence[Rows | None], how: str) -> Rows | None:
    rows: list[Json] = []
    for part in parts:
        if part is None or part.joined not in ("", how):
            return None
        rows.extend(part.rows)
    return Rows(rows=tuple(rows), joined=how if len(rows) > 1 else "")


def _asked_rows(raw: Mapping[str, object], question: Asked) -> Rows | None:
    if raw["op"] in ("eq", "in", "contains_any"):
        wanted = as_list(raw["value"]) if raw["op"] != "eq" else [raw["value"]]
        rows = tuple(_row(question, "=", str(value)) for value in wanted)
        return Rows(rows=rows, joined=ANY if len(rows) > 1 else "")
    if raw["op"] == "not_empty":
        exists = _exists(question)
        if not question.none_label:
            return Rows(rows=(exists,))
        none = {"system": NONE_OF_THESE, "code": NONE_CODE}
        other: Json = {"question": question.id, "operator": "!=", "answerCoding": none}
        return Rows(rows=(exists, other), joined=ALL)
    return None


def _denied(raw: Mapping[str, object], asked: Mapping[str, Asked]) -> Rows | None:
    """Not this answer: answered, and otherwise. Only for a question that is always shown, for
    one that is hidden is otherwise without an answer."""
    question = asked.get(str(raw.get("q", "")))
    if question is None or question.hides or raw["op"] not in ("eq", "in", "contains_any"):
        return None
    wanted = as_list(raw["value"]) if raw["op"] != "eq" else [raw["value"]]
    others = (_row(question, "!=", str(value)) for value in wanted)
    return Rows(rows=(_exists(question), *others), joined=ALL)


def _exists(question: Asked) -> Json:
    return {"question": question.id, "operator": "exists", "answerBoolean": True}


def _row(question: Asked, operator: str, value: str) -> Json:
    coding = {"system": question.system, "code": value}
    return {"question": question.id, "operator": operator, "answerCoding": coding}
