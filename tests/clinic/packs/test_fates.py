"""What becomes of whom new rules judge differently: the whole table."""

from dataclasses import replace
from itertools import product

import pytest

from clinic.intake.comparing import Direction
from clinic.packs.fates import Fate, Standing, fate
from clinic.packs.states import Facts, State, state

EVERY = [
    Standing(cleared=cleared, revoked=revoked, decided=decided, clears_itself=itself)
    for cleared, revoked, decided, itself in product((False, True), repeat=4)
    if not (cleared and revoked)
]


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_other_advice_always_stands(case: Standing) -> None:
    assert fate(Direction.OTHER, case) is Fate.STANDS


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_milder_takes_nothing_away_and_gives_nothing_back(case: Standing) -> None:
    """Neither a clearance nor a clinician's word, nor a clearance that was ended for a cause."""
    kept = case.cleared or case.decided or case.revoked
    assert fate(Direction.BETTER, case) is (Fate.STANDS if kept else Fate.REPLACED)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_stricter_never_stands_and_never_clears_over_a_no(case: Standing) -> None:
    found = fate(Direction.WORSE, case)
    said_no = case.revoked or (case.decided and not case.cleared)
    assert found is not Fate.STANDS
    if case.clears_itself and said_no:
        assert found is Fate.ENDED
    if not said_no:
        assert found is Fate.REPLACED
    assert (found is Fate.ENDED) == (case.revoked or (said_no and case.clears_itself))


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_what_only_the_client_can_answer_is_asked(case: Standing) -> None:
    assert fate(Direction.WORSE, replace(case, asks_more=True)) is Fate.ENDED


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
