"""When an item is enabled, read back as ``show_when``."""

from __future__ import annotations

from collections.abc import Mapping

from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    ConditionError,
    Not,
    parse_condition,
    walk,
)
from screening.strict_json import BadInput, check_values, read_json

from ..errors import ExchangeError
from . import names
from .elements import MOST_DEPTH, Element, elements, text
from .enabling import enabling
from .reading_rows import Raw, condition_of
from .shape import Asked

_SHOWN = (names.SHOW_WHEN, names.ENABLE_EXPRESSION)


def is_hidden_at_first(item: Element) -> bool:
    """Whether anything says when the item is enabled."""
    return "enableWhen" in item or any(_marks(item, ""))


def show_when_of(item: Element, asked: Mapping[str, Asked], where: str) -> Raw | None:
    """The condition under which an item is enabled, ``None`` if it always is. ExchangeError if
    it cannot be told. Of the questions that it reads, ``asked`` needs to know whether they hide.
    """
    rows = elements(item, "enableWhen", where)
    try:
        for extension in _marks(item, where):
            if extension["url"] == names.SHOW_WHEN:
                return _as_written(text(extension, "valueString", "its show-when"), asked)
        if _marks(item, where):
            raise ExchangeError("an enableWhenExpression of others cannot be read into a pack")
        return condition_of(rows, str(item.get("enableBehavior", "")), asked) if rows else None
    except ExchangeError as error:
        raise ExchangeError(f"{where}: {error}") from error


def check_agreement(item: Element, raw: Raw, asked: Mapping[str, Asked], where: str) -> None:
    """ExchangeError if an item with the condition as a pack wrote it says something else beside
    it: somebody may have changed one of the two."""
    marks = _marks(item, where)
    if not marks:
        return
    said = {key: item[key] for key in ("enableWhen", "enableBehavior") if key in item}
    try:
        written = enabling(raw, asked)
    except ExchangeError as error:
        raise ExchangeError(f"{where}: {error}") from error
    if written != {**said, "extension": marks}:
        raise ExchangeError(f"{where}: its show-when and when it is enabled do not say the same")


def _marks(item: Element, where: str) -> list[Element]:
    return [e for e in elements(item, "extension", where) if e.get("url") in _SHOWN]


def _as_written(written: str, asked: Mapping[str, Asked]) -> Raw:
    try:
        raw = read_json(written.encode("utf-8"))
        check_values(raw, "", most=MOST_DEPTH)
        condition = parse_condition(raw)
    except BadInput as error:
        raise ExchangeError(f"its show-when cannot be read: {error.reason}") from error
    except ConditionError as error:
        raise ExchangeError(f"its show-when cannot be read: {error}") from error
    for part in walk(condition):
        _check(part, asked)
    return raw if isinstance(raw, dict) else {}


def _check(part: Condition, asked: Mapping[str, Asked]) -> None:
    match part:
        case Ask(question=name):
            if name not in asked:
                raise ExchangeError(f"its show-when reads {name!r}, which is no question")
        case AllOf() | AnyOf() | Not():
            return
        case _:
            raise ExchangeError("its show-when reads more than answers")
