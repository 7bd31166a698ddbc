"""Keys that are each allowed, and not together: refused in these words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from screening.engine import PackError, build_pack
from tests.screening.small_pack import SMALL

Change = Callable[[Any], Any]
LISTED = {"peel": {"days": 7}}


def wait(tables: Any, rule: int, outcome: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = tables["rules"]["rule"][rule]["outcome"][outcome]["defer"]
    return found


NAMED = "rules.toml: rule 'illness': outcome 'ill'"
UNFIT = "'defer' has keys that do not fit its basis"
TOGETHER: list[tuple[Change, str]] = [
    (
        lambda t: wait(t, 0)["window"].update(days=36_526),
        f"{NAMED}: defer: 'window': should not be longer than a hundred years",
    ),
    (
        lambda t: t["questions"]["section"][0]["question"][4].update(
            allow_empty=True, none_label="None"
        ),
        "questions.toml: question 'skin': only a list may be empty",
    ),
    (
        lambda t: wait(t, 1, 1).update(window={"days": 3}),
        "rules.toml: rule 'treated': outcome 'peeled': option_dates needs 'window_by_option' alone",
    ),
    (
        lambda t: wait(t, 1, 1).update(field="last_session.date"),
        "rules.toml: rule 'treated': outcome 'peeled': option_dates needs 'window_by_option' alone",
    ),
    (
        lambda t: wait(t, 0).update(window_by_option=LISTED),
        f"rules.toml: rule 'illness': outcome 'ill': {UNFIT}",
    ),
    (
        lambda t: wait(t, 0).update(field="last_session.date"),
        f"rules.toml: rule 'illness': outcome 'ill': {UNFIT}",
    ),
    (
        lambda t: wait(t, 2).update(window_by_option=LISTED),
        f"rules.toml: rule 'planned': outcome 'often': {UNFIT}",
    ),
    (
        lambda t: wait(t, 2, 1).update(field="last_session.date"),
        f"rules.toml: rule 'planned': outcome 'deep': {UNFIT}",
    ),
    (
        lambda t: wait(t, 2, 1).update(window_by_option=LISTED),
        f"rules.toml: rule 'planned': outcome 'deep': {UNFIT}",
    ),
    (
        lambda t: wait(t, 2, 1).update(question="ill_end"),
        (
            "rules.toml: rule 'planned': outcome 'deep': counts from the day of the answers,"
            " yet names a question"
        ),
    ),
]


@pytest.mark.parametrize(("change", "said"), TOGETHER)
def test_refused_together(change: Change, said: str) -> None:
    tables = copy.deepcopy(SMALL)
    change(tables)
    with pytest.raises(PackError) as told:
        build_pack(**tables)
    assert str(told.value) == said
