"""Where the sources disagree: all of it is told, word for word, and tied to what it bears on."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

import pytest

from screening.engine import BearsOn, Conflict, Pack, PackError
from screening.packs import pack_from, tables_of
from tests.screening.cases import bare_tables, pack

FACTS = "f026e6554fee0fa2b475752217af1758423fb68f1afc1efa6e412888f6747de8"
"""Of the 32 as they were read (id, topic, both claims, resolution and reason, as JSON), but that
an article is not called a seed."""
NAMED = re.compile(r"\b([SR])(\d+)(?:–\1(\d+))?")


def facts(conflict: Conflict) -> list[str]:
    return [
        conflict.id,
        conflict.topic,
        conflict.claim_a,
        conflict.claim_b,
        conflict.resolution,
        conflict.reason,
    ]


def named(conflict: Conflict) -> set[str]:
    """The sources that the words of a conflict name."""
    words = " ".join(facts(conflict)[2:])
    found = {"BG"} if "background" in words else set()
    for kind, first, last in NAMED.findall(words):
        numbers = range(int(first), int(last or first) + 1)
        found |= {f"{kind}{number:0{len(first)}d}" for number in numbers}
    return found


def with_conflict(**fields: Any) -> Pack:
    """The newest pack with its first conflict changed."""
    tables = json.loads(json.dumps(tables_of(pack().id)))
    tables["conflicts"]["conflict"][0] |= fields
    return pack_from(tables)


def test_all_thirty_two_are_told_word_for_word() -> None:
    told = [facts(conflict) for conflict in pack().conflicts]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    assert [conflict.id for conflict in pack().conflicts] == [f"K{n:02d}" for n in range(1, 33)]
    assert sha256(text.encode()).hexdigest() == FACTS


def test_each_names_the_sources_of_its_words() -> None:
    for conflict in pack().conflicts:
        assert set(conflict.sources) == named(conflict), conflict.id
        assert set(conflict.sources) <= set(pack().sources), conflict.id


def test_each_is_tied_to_rules_or_to_what_is_told_or_done() -> None:
    for conflict in pack().conflicts:
        assert conflict.bears_on, conflict.id
        assert bool(conflict.rules) == (BearsOn.SCREENING in conflict.bears_on)
        assert set(conflict.rules) <= set(pack().rule_by_code)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("blood_thinners", ["K13"]),
        ("combo_blood_thinner_deep", ["K13"]),
        ("isotretinoin", ["K23"]),
        ("breastfeeding", ["K24"]),
        ("skin_phototype", ["K01", "K20", "K25"]),
        ("depth_limit", ["K04", "K19", "K32"]),
        ("diabetes", []),
    ],
)
def test_a_rule_knows_where_its_sources_disagree(code: str, told: list[str]) -> None:
    assert [conflict.id for conflict in pack().conflicts_on(code)] == told


def test_a_pack_without_the_file_has_none() -> None:
    assert pack_from(bare_tables()).conflicts == ()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"id": "K02"}, "conflicts.toml: conflict 'K02' is there twice"),
        ({"rules": ["rosacia"]}, "conflict 'K01': unknown rule 'rosacia'"),
        ({"sources": ["R999"]}, "conflict 'K01': unknown source 'R999'"),
        ({"sources": []}, "conflict 'K01': has no source"),
        ({"rules": []}, "conflict 'K01': 'screening' goes with naming rules"),
        ({"bears_on": ["consent"]}, "conflict 'K01': 'screening' goes with naming rules"),
        ({"bears_on": []}, "'K01': 'bears_on' should name something"),
        ({"bears_on": ["marketing"]}, "'K01': 'bears_on' has 'marketing', not one of"),
        ({"topic": " "}, "'K01': 'topic' should be a text"),
        ({"claim_c": "Both."}, "'K01': unknown key 'claim_c'"),
        ({"rules": ["rosacea", "rosacea"]}, "'K01': 'rules' names something twice"),
    ],
)
def test_an_unsound_conflict_is_refused_by_name(fields: dict[str, Any], error: str) -> None:
    with pytest.raises(PackError) as refused:
        with_conflict(**fields)
    assert error in str(refused.value)
