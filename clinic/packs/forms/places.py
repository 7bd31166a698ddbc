"""Which field of a page a pack's error line is about.

A line names the file, the rule or question, the place in it and the key:
``rules.toml: rule 'x': outcome 'now': 'message' should be a text``.
"""

import re
from collections.abc import Mapping

from clinic.packs.editing.names import Table, entries

_OUTCOME = re.compile(r"outcome '([^']*)'")
_OPTION = re.compile(r"option[s]? '([^']*)'")
_RULE_KEYS: Mapping[str, str] = {
    "source": "sources",
    "evidence": "evidence",
    "title": "title",
    "rationale": "rationale",
    "practitioner_check": "practitioner_check",
    "category": "category",
    "unsure_level": "unsure_level",
}
_OUTCOME_KEYS: Mapping[str, str] = {
    "'kind'": "kind",
    "override": "by",
    "window": "wait",
    "defer": "wait",
    "counts from": "from",
    "after its window": "after",
    "after_window_level": "after",
    "message": "message",
    "flag": "flags",
    "can never be reached": "level",
    "level": "level",
}
_QUESTION_KEYS: Mapping[str, str] = {
    "none_label": "none_label",
    "show_when": "show_when",
    "label": "o0_label",
    "option": "o0_label",
    "'help'": "help",
    "'text'": "text",
}


def place_in_rule(line: str, rule: Table) -> str | None:
    """The field of the rule's page; None where the line names none."""
    if found := _OUTCOME.search(line):
        ids = [outcome.get("id") for outcome in entries(rule, "outcome")]
        if found.group(1) in ids:
            key = _first(line[found.end() :], _OUTCOME_KEYS) or "level"
            return f"o{ids.index(found.group(1))}_{key}"
    return _first(line, _RULE_KEYS)


def place_in_question(line: str, question: Table) -> str | None:
    """The field of the question's page; None where the line names none."""
    if found := _OPTION.search(line):
        values = [option.get("value") for option in entries(question, "options")]
        if found.group(1) in values:
            return f"o{values.index(found.group(1))}_label"
    return _first(line, _QUESTION_KEYS)


def _first(line: str, keys: Mapping[str, str]) -> str | None:
    return next((field for word, field in keys.items() if word in line), None)
