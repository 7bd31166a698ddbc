"""Worse, better, or only other advice: what counts when two sets of rules are compared."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinic.intake.comparing import Changed, Direction, Found, Judgement, compare
from clinic.intake.models import NEVER
from screening.engine import Level

JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)
WAIT = Found(
    code="sun",
    title="Sun",
    outcome="tan",
    level=Level.DEFER,
    until=JUNE,
    after=Level.CLEAR,
    override_by="practitioner",
)
ADVICE = Found(code="makeup", title="Make-up", outcome="yes", level=Level.ADVISE)
REVIEW = replace(WAIT, level=Level.REVIEW, until=None)
STOP = replace(WAIT, level=Level.CONTRAINDICATED, until=None, override_by="never")
BASE = Judgement(
    level=Level.DEFER,
    complete=True,
    hard_stop=False,
    clear_from=JUNE,
    clear_until=JULY,
    windows_end=JUNE,
    findings={"sun": WAIT},
    flags=frozenset({"strict_sun"}),
)


def direction(old: Judgement, new: Judgement) -> Direction | None:
    found = compare(old, new)
    return found.direction if found else None


def with_findings(*found: Found) -> Judgement:
    return replace(BASE, findings={one.code: one for one in found})


WORSE: list[tuple[str, dict[str, Any]]] = [
    ("level", {"level": Level.CONTRAINDICATED}),
    ("complete", {"complete": False}),
    ("hard_stop", {"hard_stop": True}),
    ("clear_from later", {"clear_from": date(2026, 6, 2)}),
    ("clear_from never", {"clear_from": NEVER}),
    ("clearance shorter", {"clear_until": date(2026, 6, 30)}),
    ("clearance gone", {"clear_until": None}),
    ("windows_end", {"windows_end": date(2026, 6, 2)}),
]


@pytest.mark.parametrize(("what", "fields"), WORSE, ids=[what for what, _ in WORSE])
def test_any_part_alone_makes_it_worse_and_back_again_better(
    what: str, fields: dict[str, Any]
) -> None:
    assert direction(BASE, replace(BASE, **fields)) is Direction.WORSE
    assert direction(replace(BASE, **fields), BASE) is Direction.BETTER


HEAVIER = [
    ("raised", WAIT, STOP),
    ("raised from review", REVIEW, WAIT),
    ("longer", WAIT, replace(WAIT, until=JULY)),
    ("afterwards", WAIT, replace(WAIT, after=Level.REVIEW)),
    ("earlier, but then a review", replace(WAIT, until=JULY), replace(WAIT, after=Level.REVIEW)),
    ("prescriber", WAIT, replace(WAIT, override_by="prescriber")),
    ("nobody", replace(WAIT, override_by="prescriber"), replace(WAIT, override_by="never")),
    ("milder, but nobody may", WAIT, replace(REVIEW, override_by="never")),
    ("from advice", replace(ADVICE, code="sun"), WAIT),
    ("quotes more", REVIEW, replace(REVIEW, named=frozenset({"warfarin"}))),
]


@pytest.mark.parametrize(("what", "old", "new"), HEAVIER, ids=[one[0] for one in HEAVIER])
def test_a_heavier_finding_is_worse_though_nothing_else_changes(
    what: str, old: Found, new: Found
) -> None:
    assert direction(with_findings(old), with_findings(new)) is Direction.WORSE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (STOP, WAIT),
        (WAIT, REVIEW),
        (WAIT, replace(ADVICE, code="sun")),
        (replace(WAIT, until=JULY), WAIT),
        (replace(WAIT, after=Level.REVIEW), WAIT),
        (replace(WAIT, override_by="prescriber"), WAIT),
        (replace(REVIEW, named=frozenset({"warfarin"})), REVIEW),
    ],
)
def test_a_lighter_finding_is_better(old: Found, new: Found) -> None:
    assert direction(with_findings(old), with_findings(new)) is Direction.BETTER


def test_a_finding_that_comes_is_worse_one_that_goes_better() -> None:
    assert direction(with_findings(), BASE) is Direction.WORSE
    assert direction(BASE, with_findings()) is Direction.BETTER


def test_one_worse_outweighs_all_that_is_better() -> None:
    new = replace(with_findings(REVIEW), level=Level.REVIEW, windows_end=JULY)
    assert direction(BASE, new) is Direction.WORSE


def test_another_reason_for_the_same_level_was_decided_by_nobody() -> None:
    new = replace(WAIT, outcome="burn")
    assert direction(with_findings(WAIT), with_findings(new)) is Direction.WORSE


@pytest.mark.parametrize(
    "new",
    [
        with_findings(WAIT, ADVICE),
        with_findings(WAIT, replace(ADVICE, outcome="often")),
    ],
)
def test_advice_is_neither(new: Judgement) -> None:
    old = with_findings(WAIT, ADVICE) if new.findings.get("makeup", ADVICE) != ADVICE else BASE
    assert direction(old, new) is Direction.OTHER
    assert direction(new, old) is Direction.OTHER


def test_a_precaution_that_comes_is_worse_one_that_goes_is_neither() -> None:
    warned = replace(BASE, flags=BASE.flags | {"latex_free"})
    assert direction(BASE, warned) is Direction.WORSE
    assert direction(warned, BASE) is Direction.OTHER


def test_wording_is_no_difference() -> None:
    renamed = replace(WAIT, title="The sun")
    assert compare(BASE, with_findings(renamed)) is None
    who = replace(ADVICE, override_by="practitioner")
    assert compare(with_findings(WAIT, ADVICE), with_findings(WAIT, who)) is None


def test_what_changed_is_told() -> None:
    found = compare(with_findings(WAIT, ADVICE), with_findings(replace(STOP, title="The sun")))
    assert found is not None
    assert found.changed == (
        Changed(code="sun", title="The sun", old=WAIT, new=replace(STOP, title="The sun")),
        Changed(code="makeup", title="Make-up", old=ADVICE, new=None),
    )
