"""The packs ask and judge exactly what the clinical rules they were made from do: `rules.json`.

What may differ is named: words of explanation in which the rules speak of their own making, and
help that says how a date may be given.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.packs import available, tables_of

RULES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "rules.json").read_text(encoding="utf-8")
)
PACKS = [name for name in available() if name.startswith("microneedling@1.")]
YES_NO = ["yes", "no", "not_sure"]
"""What a question of that type offers without listing it."""
EXPLAINED = {"rationale", "evidence_note"}


def said(value: Any, *leave_out: str) -> Any:
    """A table without what is empty, which a file may leave out as well."""
    if isinstance(value, list):
        return [said(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: said(one) for key, one in value.items() if key not in leave_out}
    return {key: one for key, one in kept.items() if one not in (None, [], "", YES_NO)}


def question(raw: dict[str, Any]) -> dict[str, Any]:
    """What is asked, and what may be answered."""
    beside = ("help", "required", "birth_date", "allow_future", "none_label")
    return {**said(raw, *beside), "allow_empty": raw.get("allow_empty", False)}


@pytest.mark.parametrize("pack", PACKS)
def test_the_questions_are_those_of_the_rules(pack: str) -> None:
    tables: Any = tables_of(pack)
    sections = tables["questions"]["section"]
    asked = [{**one, "section": part["id"]} for part in sections for one in part["question"]]
    assert [question(one) for one in asked] == [question(one) for one in RULES["questions"]]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("kind", "called"), [("rule", "rules"), ("combination", "combination_rules")]
)
def test_the_rules_are_those_of_the_rules(pack: str, kind: str, called: str) -> None:
    tables: Any = tables_of(pack)
    found = [{**one, "outcomes": one["outcome"]} for one in tables["rules"][kind]]
    ours = [said(one, "outcome", *EXPLAINED) for one in found]
    assert ours == [said(one, *EXPLAINED) for one in RULES[called]]
