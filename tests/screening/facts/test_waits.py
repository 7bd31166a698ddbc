"""PostgreSQL counts days and months as the engine does."""

from __future__ import annotations

from datetime import date

import pytest

from screening.engine.dates import Window
from screening.engine.rules import Defer
from screening.facts.reading import Reader
from screening.facts.slots import NONE
from screening.facts.waits import wait_of
from tests.screening.cases import pack
from tests.screening.facts.table import selected

pytestmark = pytest.mark.django_db

WINDOWS = [*(Window(months=n) for n in (1, 2, 3, 6, 11, 12, 13, 48)), Window(days=28)]


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_wait_ends_on_the_same_day(window: Window) -> None:
    reader = Reader(pack=pack(), slots=NONE.with_room_for(pack()), filled=pack())
    end = wait_of(Defer(basis="assessment_date", window=window), reader).end
    days = "generate_series(DATE '2023-01-01', DATE '2028-03-31', '1 day') AS g"
    rows = selected(f"SELECT assessed_on, {end} FROM (SELECT g::date AS assessed_on FROM {days})")
    assert len(rows) > 1900
    assert all(window.after(day) == ended for day, ended in rows)


@pytest.mark.parametrize("window", [Window(days=10**9), Window(months=10**9), Window(days=1)])
@pytest.mark.parametrize("planned", ["2026-06-01", "9999-12-31"])
def test_a_wait_beyond_the_calendar_lasts_until_its_last_day(window: Window, planned: str) -> None:
    reader = Reader(pack=pack(), slots=NONE.with_room_for(pack()), filled=pack())
    wait = wait_of(Defer(basis="assessment_date", window=window), reader)
    row = f"(SELECT DATE '9999-12-31' AS assessed_on, DATE '{planned}' AS planned_on) AS f"
    [(waits,)] = selected(f"SELECT {wait.after('planned_on')} FROM {row}")
    assert waits is (date.fromisoformat(planned) < window.after(date.max))
