"""What keeps a record from being signed, one problem at a time."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic.treatments.checks import (
    Problem,
    problems,
    stronger_than_over_the_counter,
    zones,
)
from clinic.treatments.values import Limits, Numbing
from clinic.treatments.wording import PROBLEMS
from tests.factories.days import TUESDAY
from tests.factories.treating import BEGAN, ENDED, area, done

CREAM = Numbing(
    product="LMX 4",
    strength_percent=Decimal(4),
    grams=Decimal("2.5"),
    minutes=30,
    removed=True,
)


def _limits(**fields: Any) -> Limits:
    values: dict[str, Any] = {
        "areas": frozenset({"cheeks", "forehead"}),
        "max_depth_mm": Decimal("0.50"),
        "numbing": True,
        "zones_left_out": False,
        "day": TUESDAY,
        "started_at": BEGAN,
        "now": ENDED,
    }
    return Limits(**(values | fields))


def test_what_was_planned_and_cleared_can_be_signed() -> None:
    assert problems(done(numbing=CREAM), _limits()) == []


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"areas": ()}, "", Problem.NO_AREA),
        ({"areas": (area(), area())}, "", Problem.TWICE),
        ({"areas": (area(), replace(area(), side="LEFT"))}, "", Problem.TWICE),
        ({"areas": (area(depth_mm="0"),)}, "depth_cheeks", Problem.NO_DEPTH),
        ({"areas": (area(passes=0),)}, "passes_cheeks", Problem.PASSES),
        ({"areas": (area(passes=21),)}, "passes_cheeks", Problem.PASSES),
        (
            {"numbing": replace(CREAM, grams=Decimal(0))},
            "numbing_grams",
            Problem.NUMBING_AMOUNT,
        ),
        ({"excluded_zones": "a,b,c,d,e,f,g,h,i"}, "excluded_zones", Problem.ZONES_TOO_MANY),
        (
            {"finished_at": BEGAN - timedelta(minutes=1)},
            "finished_at",
            Problem.FINISHED_BEFORE_START,
        ),
        ({"finished_at": ENDED + timedelta(minutes=1)}, "finished_at", Problem.FINISHED_IN_FUTURE),
    ],
)
def test_each_problem_is_found_beside_its_field(
    changed: dict[str, Any], field: str, problem: Problem
) -> None:
    found = problems(done(**changed), _limits())
    assert [(one.field, one.problem) for one in found] == [(field, problem)]


def test_a_cartridge_counts_to_the_end_of_its_last_day() -> None:
    assert problems(done(cartridge_expiry=TUESDAY), _limits()) == []


def test_left_and_right_are_two_rows() -> None:
    sides = tuple(replace(area(), side=side) for side in ("LEFT", "RIGHT"))
    assert problems(done(areas=sides), _limits()) == []


def test_a_flagged_spot_must_be_named() -> None:
    limits = _limits(zones_left_out=True)
    assert [one.problem for one in problems(done(), limits)] == [Problem.ZONES_MISSING]
    assert problems(done(excluded_zones="mole on the chin"), limits) == []
    assert problems(done(spots_treated=True), limits) == []


def test_spots_are_split_at_commas_and_lines() -> None:
    assert zones("mole on the chin, tattoo\n\n wart ,") == ("mole on the chin", "tattoo", "wart")


@pytest.mark.parametrize(("percent", "strong"), [("4", False), ("4.01", True), ("10", True)])
def test_more_than_four_per_cent_is_said_not_refused(percent: str, *, strong: bool) -> None:
    cream = replace(CREAM, strength_percent=Decimal(percent))
    assert stronger_than_over_the_counter(cream.strength_percent) is strong
    assert problems(done(numbing=cream), _limits()) == []


def test_every_problem_has_its_sentence() -> None:
    assert set(PROBLEMS) == set(Problem)
