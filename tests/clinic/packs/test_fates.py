"""What becomes of whom new rules judge differently: the whole table."""

import pytest

from clinic.intake.comparing import Direction
from clinic.packs.fates import Fate, fate
from clinic.packs.states import Facts, State, state

EVERY = [
    {"cleared": cleared, "decided": decided, "clears_itself": itself}
    for cleared in (False, True)
    for decided in (False, True)
    for itself in (False, True)
]


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_other_advice_always_stands(case: dict[str, bool]) -> None:
    assert fate(Direction.OTHER, **case) is Fate.STANDS


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_milder_takes_nothing_away(case: dict[str, bool]) -> None:
    """Neither a clearance nor a clinician's word."""
    kept = case["cleared"] or case["decided"]
    assert fate(Direction.BETTER, **case) is (Fate.STANDS if kept else Fate.REPLACED)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_stricter_never_stands(case: dict[str, bool]) -> None:
    """And where a clinician said no, no rule says yes by itself."""
    alone = case == {"cleared": False, "decided": True, "clears_itself": True}
    assert fate(Direction.WORSE, **case) is (Fate.ENDED if alone else Fate.REPLACED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("", State.DRAFT),
        ("simulated", State.SIMULATED),
        ("simulated approved", State.APPROVED),
        ("simulated approved published", State.PUBLISHED),
        ("simulated approved discarded", State.DISCARDED),
    ],
)
def test_where_a_draft_stands(facts: str, expected: State) -> None:
    names = ("discarded", "published", "approved", "simulated")
    assert state(Facts(**{name: name in facts.split() for name in names})) is expected
    assert expected.is_open == (expected not in (State.PUBLISHED, State.DISCARDED))
