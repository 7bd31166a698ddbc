"""One value of a pack in words: a level, a wait, an override, a list."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.core.words import LEVELS, level_look
from clinic.packs.editing.conditions import in_words
from clinic.packs.editing.edits import content
from clinic.packs.editing.labels import (
    BASES,
    BEARS_ON,
    CATEGORIES,
    EVIDENCE,
    FIELDS,
    KINDS,
    QUESTION_TYPES,
    READ_AS,
)
from clinic.packs.editing.names import Names

NOTHING: Final = "–"
LEVEL_KEYS = frozenset({"level", "unsure_level", "after_window_level", "min_level"})


def value_in_words(key: str, value: object, names: Names) -> str:
    """The value of a field, by the field's name. What nobody knows is quoted as it is."""
    if value is None or value in ("", []):
        return NOTHING
    if key in _BY_KEY:
        return _BY_KEY[key](value, names)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping) and set(value) <= {"days", "months"}:
        return window_in_words(value)
    if isinstance(value, Mapping):
        return "; ".join(_pair(inner, item, names) for inner, item in value.items())
    if isinstance(value, list):
        return "; ".join(value_in_words("", item, names) for item in value)
    return value if isinstance(value, str) else content(value)


def level_in_words(value: object) -> str:
    """A level's word; what is no level is quoted."""
    return str(level_look(value).word) if str(value).lower() in LEVELS else str(value)


def day_in_words(value: object, _names: Names) -> str:
    """A date written out; what is no date is quoted."""
    with suppress(ValueError):
        if isinstance(value, str) and (day := parse_date(value)):
            return date_format(day, "j F Y")
    return value if isinstance(value, str) else content(value)


def window_in_words(value: object) -> str:
    """A wait: "14 days", "6 months"."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((unit, number),) = value.items()
        if isinstance(number, int) and unit == "days":
            return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}
        if isinstance(number, int) and unit == "months":
            return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}
    return content(value)


def override_in_words(value: object) -> str:
    """Who may go ahead in spite of an outcome."""
    if not isinstance(value, Mapping):
        return content(value)
    if value.get("allowed") is not True:
        return _("nobody")
    who = {"prescriber": _("a prescriber"), "practitioner": _("a practitioner")}
    said = who.get(str(value.get("by")), str(value.get("by")))
    if value.get("reason_required") is True:
        return _("%(who)s, with a reason") % {"who": said}
    return said


def _pair(key: str, value: object, names: Names) -> str:
    """A field with its value; an answer with its question."""
    if key in names.questions:
        answers = list(value) if isinstance(value, list | Mapping) else [value]
        said = ", ".join(names.option(key, str(answer)) for answer in answers)
        if isinstance(value, Mapping):
            dates = [str(day) for day in value.values() if day]
            said += f" ({', '.join(dates)})" if dates else ""
        return f"{names.question(key)} {said or NOTHING}"
    return f"{FIELDS.get(key, key.replace('_', ' '))}: {value_in_words(key, value, names)}"


def _named(name: Callable[[Names, str], str]) -> Callable[[object, Names], str]:
    def say(value: object, names: Names) -> str:
        items = value if isinstance(value, list) else [value]
        return "; ".join(name(names, str(item)) for item in items)

    return say


def _listed(words: Mapping[str, object]) -> Callable[[object, Names], str]:
    def say(value: object, names: Names) -> str:
        items = value if isinstance(value, list) else [value]
        return ", ".join(str(words.get(str(item), item)) for item in items)

    return say


_BY_KEY: Mapping[str, Callable[[object, Names], str]] = {
    **dict.fromkeys(("defer_until", "earliest"), day_in_words),
    **dict.fromkeys(LEVEL_KEYS, lambda value, names: level_in_words(value)),
    **dict.fromkeys(("when", "show_when", "said_by"), in_words),
    "window": lambda value, names: window_in_words(value),
    "override": lambda value, names: override_in_words(value),
    "sources": _named(lambda names, one: f"{one} {names.source(one)}"),
    "question_ids": _named(Names.question),
    **dict.fromkeys(("question", "questions", "asked_in"), _named(Names.question)),
    **dict.fromkeys(("rules", "code"), _named(Names.rule)),
    "category": lambda value, names: str(CATEGORIES.get(str(value)) or names.rule(str(value))),
    "bears_on": _listed(BEARS_ON),
    "involves": _named(Names.rule),
    "evidence": _listed(EVIDENCE),
    "read_as": _listed(READ_AS),
    "kind": _listed(KINDS),
    "type": _listed(QUESTION_TYPES),
    "basis": _listed(BASES),
}
