"""The newest pack asks and judges exactly what the clinical rules it was made from do.

What may differ is named: words of explanation in which the rules speak of their own making, and
help that says how a date may be given.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.screening.cases import tables

RULES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "rules.json").read_text(encoding="utf-8")
)
YES_NO = ["yes", "no", "not_sure"]
"""What a question of that type offers without listing it."""
EXPLAINED = {"rationale", "evidence_note", "practitioner_check"}


def said(value: Any, *leave_out: str) -> Any:
    """A table without what is empty, which a file may leave out as well."""
    if isinstance(value, list):
        return [said(one, *leave_out) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: said(one) for key, one in value.items() if key not in leave_out}
    return {key: one for key, one in kept.items() if one not in (None, [], "", YES_NO)}


def question(raw: dict[str, Any]) -> dict[str, Any]:
    """What is asked, and what may be answered."""
    beside = (
        *("help", "required", "birth_date", "allow_future", "future_allowed", "none_label"),
        "moves_with_time",
    )
    options = [
        {k: v for k, v in one.items() if k != "since"}
        for one in raw.get("options") or []
        if one not in YES_NO
    ]
    ahead = raw.get("allow_future", raw.get("future_allowed", False))
    return {
        **said(raw, *beside, "policy_note", "options"),
        "options": said(options),
        "allow_empty": raw.get("allow_empty", False),
        "ahead": ahead,
    }


def test_the_questions_are_those_of_the_rules() -> None:
    sections = tables()["questions"]["section"]
    asked = [{**one, "section": part["id"]} for part in sections for one in part["question"]]
    assert [question(one) for one in asked] == [question(one) for one in RULES["questions"]]


@pytest.mark.parametrize(
    ("kind", "called"), [("rule", "rules"), ("combination", "combination_rules")]
)
def test_the_rules_are_those_of_the_rules(kind: str, called: str) -> None:
    found = [{**one, "outcomes": one["outcome"]} for one in tables()["rules"][kind]]
    ours = [said(one, "outcome", *EXPLAINED) for one in found]
    assert ours == [said(one, *EXPLAINED) for one in RULES[called]]


def test_the_numbers_are_those_of_the_rules() -> None:
    ours = tables()["policy"]["policy"]
    assert said(ours) == said(RULES["policy"])


def test_the_depth_limits_are_those_of_the_rules() -> None:
    assert said(tables()["depth_limits"]["limit"]) == said(RULES["depth_limits"])


def test_the_law_is_that_of_the_rules() -> None:
    ours = {one["id"]: said(one, "id") for one in tables()["jurisdictions"]["jurisdiction"]}
    assert ours == {name: said(one) for name, one in RULES["jurisdictions"].items()}


def test_the_flags_are_those_of_the_rules() -> None:
    ours = {one["id"]: one["meaning"] for one in tables()["flags"]["flag"]}
    assert ours == RULES["flags"]


def test_what_says_nothing_and_what_is_harmless_are_those_of_the_rules() -> None:
    everyday, harmless = tables()["lexicon"]["everyday"], RULES["common_harmless"]
    assert sorted(everyday["nothing"]) == sorted(RULES["semantics"]["text_nothing"])
    for ours, theirs in (("lead", "lead"), ("tail", "tail"), ("units", "dose_units")):
        assert sorted(everyday[ours]) == sorted(harmless[theirs])
    assert said(everyday["group"]) == said(harmless["groups"])


def test_every_source_of_the_rules_is_a_source_of_the_pack() -> None:
    ours = {one["id"]: one for one in tables()["sources"]["source"]}
    assert set(ours) == set(RULES["sources"])
    for name, theirs in RULES["sources"].items():
        if "url" in theirs:
            assert {ours[name][key] for key in ("title", "url")} == {theirs["title"], theirs["url"]}
