"""Items of a Questionnaire read back as questions, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import ExchangeError
from . import names
from .elements import Element, condition_from_json, elements, extensions, flag, only, text
from .shape import LISTS, YES_NO_OPTIONS

_KEYS = (
    "extension linkId code text type enableWhen enableBehavior required repeats answerOption "
    "answerConstraint disabledDisplay item"
)
_BESIDE = (
    *(names.SHOW_WHEN, names.ENABLE_EXPRESSION, names.NEEDS_TEXT_WHEN),
    names.MOVES_WITH_TIME,
)
_TYPES = {"date": "date", "text": "text", "string": "text"}


@dataclass(kw_only=True)
class Found:
    """One question as read so far, its item, and how errors call it."""

    item: Element
    where: str
    table: dict[str, object] = field(default_factory=dict)


def question_of(item: Element) -> Found:
    """The question of an item, still without ``show_when``. ExchangeError naming the item."""
    where = f"Questionnaire: item {item.get('linkId')!r}"
    only(item, _KEYS.split(), where)
    found = Found(item=item, where=where)
    found.table.update(id=text(item, "linkId", where), text=text(item, "text", where))
    kind = item.get("type")
    if kind in names.CHOICE.values():
        _choice(found)
    elif kind in _TYPES and not elements(item, "answerOption", where):
        found.table["type"] = _TYPES[str(kind)]
    else:
        raise ExchangeError(f"{where}: the type {kind!r} cannot be read into a pack")
    if item.get("answerConstraint", "optionsOnly") != "optionsOnly":
        raise ExchangeError(f"{where}: only answers from the options can be read")
    if not flag(item, "required", where):
        raise ExchangeError(f"{where}: should be required: every question shown needs an answer")
    _date(found)
    _marks(found)
    _help(found)
    return found


def dated(item: Element, asked: Sequence[Found]) -> bool:
    """Whether an item is the date of an option of a question before it, which then has it."""
    rows = item.get("enableWhen")
    if item.get("type") != "date" or not isinstance(rows, list) or len(rows) != 1:
        return False
    coding = rows[0].get("answerCoding") or {}
    for found in reversed(asked):
        link = names.date_link(str(found.table["id"]), str(coding.get("code")))
        if rows[0].get("question") == found.table["id"] and item.get("linkId") == link:
            _add_date(found, item, coding.get("code"))
            return True
    return False


def _add_date(found: Found, item: Element, value: object) -> None:
    where = f"{found.where}: the date of {value!r}"
    only(item, ("extension", "linkId", "text", "type", "enableWhen", "required"), where)
    options = found.table.get("options")
    listed = options if isinstance(options, list) else []
    chosen = next((option for option in listed if option["value"] == value), None)
    if chosen is None or found.table["type"] not in LISTS:
        raise ExchangeError(f"{where}: belongs to no option of a list")
    if "exclusive" in found.table:
        raise ExchangeError(f"{where}: in a list with dates no option can rule out the others")
    ahead = not _constrained(item, (), where)
    if found.table["type"] == "multi_choice_dated" and ahead != ("allow_future" in found.table):
        raise ExchangeError(f"{where}: may lie in the future, and another date of it may not")
    found.table["type"] = "multi_choice_dated"
    if ahead:
        found.table["allow_future"] = True
    chosen["date"] = "required" if flag(item, "required", where) else "optional"


def _choice(found: Found) -> None:
    options: list[dict[str, object]] = []
    exclusive: list[str] = []
    systems: set[object] = set()
    for option in elements(found.item, "answerOption", found.where):
        only(option, ("extension", "valueCoding"), f"{found.where}: answerOption")
        coding = option.get("valueCoding")
        if not isinstance(coding, dict):
            raise ExchangeError(f"{found.where}: an option should be a coding")
        label = text(coding, "display", f"{found.where}: answerOption")
        code = text(coding, "code", f"{found.where}: answerOption")
        marks = extensions(option, (names.EXCLUSIVE, names.SINCE), f"{found.where}: answerOption")
        if (coding.get("system"), code) == (names.NONE_OF_THESE, names.NONE_CODE):
            found.table.update(allow_empty=True, none_label=label)
        else:
            systems.add(coding.get("system"))
            options.append({"value": code, "label": label})
            if marks[names.EXCLUSIVE]:
                exclusive.append(code)
            for mark in marks[names.SINCE]:
                options[-1]["since"] = text(mark, "valueString", f"{found.where}: answerOption")
    repeats = flag(found.item, "repeats", found.where)
    if exclusive and not repeats:
        raise ExchangeError(f"{found.where}: only an option of a list can rule out the others")
    if exclusive:
        found.table["exclusive"] = exclusive
    yes_no = systems == {names.YES_NO} and not repeats
    found.table["type"] = "multi_choice" if repeats else "yes_no" if yes_no else "single_choice"
    if not (yes_no and options == list(YES_NO_OPTIONS)):
        found.table["options"] = options


def _date(found: Found) -> None:
    limited = _constrained(found.item, _BESIDE, found.where)
    is_date = found.table["type"] == "date"
    if limited and not is_date:
        raise ExchangeError(f"{found.where}: only a date can be kept out of the future")
    if is_date and not limited:
        found.table["allow_future"] = True
    for coding in elements(found.item, "code", found.where):
        if (coding.get("system"), coding.get("code")) != (names.LOINC, names.BIRTH_DATE):
            raise ExchangeError(f"{found.where}: its code cannot be read into a pack")
        found.table["birth_date"] = True


def _marks(found: Found) -> None:
    marks = extensions(found.item, (names.CONSTRAINT, *_BESIDE), found.where)
    if any(flag(mark, "valueBoolean", found.where) for mark in marks[names.MOVES_WITH_TIME]):
        found.table["moves_with_time"] = True
    for mark in marks[names.NEEDS_TEXT_WHEN]:
        raw = condition_from_json(text(mark, "valueString", found.where))
        found.table["needs_text_when"] = raw


def _constrained(item: Element, others: Sequence[str], where: str) -> bool:
    """Whether its date cannot lie in the future. No other constraint can be read."""
    rules = extensions(item, (names.CONSTRAINT, *others), where)[names.CONSTRAINT]
    if any(rule != names.NOT_AFTER_TODAY for rule in rules):
        raise ExchangeError(f"{where}: a constraint other than not-after-today cannot be read")
    return bool(rules)


def _help(found: Found) -> None:
    children = elements(found.item, "item", found.where)
    if not children:
        return
    control = {"coding": [{"system": names.CONTROLS, "code": "help"}]}
    marked = [{"url": names.ITEM_CONTROL, "valueCodeableConcept": control}]
    child = children[0]
    if len(children) > 1 or child.get("type") != "display" or child.get("extension") != marked:
        raise ExchangeError(f"{found.where}: only one help text can lie inside a question")
    only(child, ("extension", "linkId", "text", "type"), found.where)
    found.table["help"] = text(child, "text", found.where)
