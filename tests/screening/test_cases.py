"""A pack's own test cases: read strictly, run, and told line by line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screening.engine import PackError
from screening.packs import Tables, latest, pack_from, tables_of
from screening.trying import run_cases
from tests.screening.cases import without_policy

VIGNETTES = json.loads((Path(__file__).parent / "vignettes.json").read_text())["vignettes"]


def tables() -> dict[str, Any]:
    return tables_of(latest().id)


def case(found: dict[str, Any], name: str) -> dict[str, Any]:
    one: dict[str, Any] = next(c for c in found["cases"]["case"] if c["id"] == name)
    return one


def differs(found: Tables) -> list[str]:
    return [one.line for one in run_cases(pack_from(found)) if not one.passed]


def test_every_vignette_is_a_case_of_the_pack_and_holds() -> None:
    results = run_cases(latest())
    assert [one.case.id for one in results] == [one["id"] for one in VIGNETTES]
    assert [one.line for one in results if not one.passed] == []
    for one, vignette in zip(results, VIGNETTES, strict=True):
        expected = vignette["expected"]
        assert one.case.expected.level.name == expected["level"]
        found = {hit.code for hit in one.case.expected.hits}
        assert found == {hit["code"] for hit in expected["hits"]}
        assert list(one.case.expected.flags) == expected.get("flags_include", [])


def test_a_pack_without_cases_is_a_pack() -> None:
    found = tables()
    del found["cases"]
    assert pack_from(found).cases == ()
    assert run_cases(pack_from(found)) == ()


EXPECTED: list[tuple[dict[str, Any], str]] = [
    ({"level": "CLEAR"}, "level: expected CLEAR, found DEFER"),
    ({"complete": False}, "complete: expected false, found true"),
    ({"defer_until": "2026-06-19"}, "defer_until: expected 2026-06-19, found 2026-06-18"),
    ({"earliest": "2026-06-18"}, "earliest: expected 2026-06-18, found none"),
    ({"missing": ["dob"]}, "missing: expected dob, found none"),
    ({"flags": ["latex_free"]}, "flags: expected latex_free, found "),
    ({"hits": []}, "hits: expected none, found topical_actives/mn DEFER until 2026-06-18"),
]


@pytest.mark.parametrize(("change", "line"), EXPECTED, ids=[next(iter(c)) for c, _ in EXPECTED])
def test_whatever_is_not_as_expected_is_named(change: dict[str, Any], line: str) -> None:
    found = tables()
    case(found, "V14")["expected"] |= change
    told = differs(found)
    assert len(told) == 1
    assert told[0].startswith(f"cases.toml: case 'V14': {line}")


def test_a_changed_rule_fails_the_case_that_reads_it() -> None:
    found = without_policy(tables())
    rule = next(one for one in found["rules"]["rule"] if one["code"] == "topical_actives")
    rule["outcome"][1]["defer"]["window"] = {"days": 6}
    assert [line.split(":")[1] for line in differs(found)] == [" case 'V14'"]


def test_a_question_that_is_gone_fails_the_cases_and_not_the_pack() -> None:
    found = tables()
    found["cases"]["baseline"]["answers"]["once_asked"] = "no"
    told = differs(found)
    assert len(told) == len(VIGNETTES)
    assert all(line.endswith("found once_asked") for line in told)


def _unknown_key(found: dict[str, Any]) -> None:
    case(found, "V02")["expect"] = {}


def _no_level(found: dict[str, Any]) -> None:
    del case(found, "V02")["expected"]["level"]


def _no_such_level(found: dict[str, Any]) -> None:
    case(found, "V02")["expected"]["level"] = "MAYBE"


def _no_day(found: dict[str, Any]) -> None:
    case(found, "V02")["expected"]["defer_until"] = "31 July"


def _bad_depth(found: dict[str, Any]) -> None:
    case(found, "V02")["context"]["depth_mm"] = float("nan")


def _deep_needle(found: dict[str, Any]) -> None:
    case(found, "V02")["context"]["depth_mm"] = 51


def _twice(found: dict[str, Any]) -> None:
    found["cases"]["case"].append(case(found, "V02"))


def _no_baseline(found: dict[str, Any]) -> None:
    del found["cases"]["baseline"]


def _unknown_plan(found: dict[str, Any]) -> None:
    case(found, "V02")["context"]["weather"] = "dry"


def _half_a_session(found: dict[str, Any]) -> None:
    case(found, "V02")["context"]["last_session"] = {"day": "2026-01-01"}


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (_unknown_key, "cases.toml: case 'V02': unknown key 'expect'"),
        (_no_level, "cases.toml: case 'V02': expected: lacks 'level'"),
        (_no_such_level, "cases.toml: case 'V02': expected: 'level' is 'MAYBE'"),
        (_no_day, "'defer_until': should be a date"),
        (_bad_depth, "nan|above 0|out of range"),
        (_deep_needle, "above 0 and at most 50 mm"),
        (_twice, "cases.toml: a case is there twice"),
        (_no_baseline, "cases.toml: lacks 'baseline'"),
        (_unknown_plan, "cases.toml: case 'V02': context: unknown key 'weather'"),
        (_half_a_session, "last_session: unknown key 'day'"),
    ],
)
def test_what_is_not_well_formed_is_refused_by_name(
    spoil: Callable[[dict[str, Any]], None], line: str
) -> None:
    found = tables()
    spoil(found)
    with pytest.raises(PackError, match=line) as told:
        pack_from(found)
    assert "\n" not in str(told.value)


def test_a_case_may_tell_of_an_earlier_session() -> None:
    found = tables()
    case(found, "V01")["context"] = {
        "last_session": {"date": "2026-06-01", "modality": "MN_PEN", "depth_mm": 0.5}
    }
    told = differs(found)
    assert len(told) == 1
    assert "level: expected CLEAR, found DEFER" in told[0]
