"""Old answers that meant something else are asked again, never judged again as they stand."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine import Level, evaluate
from screening.engine.carrying import still_mean
from tests.screening.cases import BASELINE_ANSWERS, answers_with, context_with, pack


@pytest.mark.parametrize("under", ["1.0.0", "1.1.0", "1.1.9", "0.9.0", "draft"])
def test_easy_bruising_of_the_old_kind_is_unanswered(under: str) -> None:
    old = answers_with({"clotting": "bleed_easily"})
    kept = still_mean(pack(), old, given_under=under)
    assert kept == {name: said for name, said in old.items() if name != "clotting"}
    result = evaluate(pack(), context_with(), kept)
    assert result.missing == ("clotting",)
    assert (result.complete, result.level) == (False, Level.REVIEW)


@pytest.mark.parametrize("under", ["1.2.0", "1.2.1", "2.0.0"])
def test_what_was_answered_since_stays(under: str) -> None:
    said = answers_with({"clotting": "bleed_easily"})
    assert still_mean(pack(), said, given_under=under) == said


@pytest.mark.parametrize(
    "changes",
    [{}, {"clotting": "clot_easily"}, {"clotting": None}, {"clotting": 7}, {"nobody": ["x"]}],
    ids=str,
)
def test_every_other_answer_stays(changes: dict[str, Any]) -> None:
    said = BASELINE_ANSWERS | changes
    assert still_mean(pack(), said, given_under="1.1.0") == said
