"""Worked cases: a client, a plan, and exactly what must be found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.screening.cases import screen

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "worked_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    result = screen(case["answers"], case["context"])
    hits = [
        {
            "code": hit.code,
            "outcome": hit.outcome,
            "level": hit.level.name,
            **({"defer_until": hit.defer_until.isoformat()} if hit.defer_until else {}),
        }
        for hit in result.hits
    ]
    assert result.complete, result.missing
    assert hits == case["hits"]
    assert result.level.name == case["level"]


def test_there_are_enough_worked_cases() -> None:
    assert len({case["case"] for case in CASES}) == len(CASES) >= 40
