"""The worked vignettes of the clinical work, exactly."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screening.cases import VIGNETTES, screen


@pytest.mark.parametrize("vignette", VIGNETTES["vignettes"], ids=lambda v: v["id"])
def test_vignette(vignette: dict[str, Any]) -> None:
    result = screen(
        vignette["answers"],
        vignette["context"],
        without=tuple(vignette.get("remove_answers", ())),
    )
    expected = vignette["expected"]
    hits = [
        {
            "code": hit.code,
            "outcome": hit.outcome,
            "level": hit.level.name,
            **({"defer_until": hit.defer_until.isoformat()} if hit.defer_until else {}),
        }
        for hit in result.hits
    ]
    assert sorted(hits, key=str) == sorted(expected["hits"], key=str)
    assert result.complete is expected["complete"]
    assert result.level.name == expected["level"]
    assert (result.defer_until and result.defer_until.isoformat()) == expected["defer_until"]
    assert list(result.missing) == expected.get("missing", [])
    assert set(expected.get("flags_include", ())) <= set(result.flags)
    assert set(result.flags).isdisjoint(expected.get("flags_exclude", ()))
    if "law" in expected:
        law = [{"id": one.law.id, "binding": one.binding} for one in result.law]
        assert law == expected["law"]
    may = {f"{hit.code}.{hit.outcome}": hit.override.by for hit in result.hits}
    assert may.items() >= expected.get("override", {}).items()
