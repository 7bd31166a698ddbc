"""`docs/states.md` is true to the code."""

import re
from pathlib import Path

from django.conf import settings

from clinic.booking.transitions import STEPS
from clinic.booking.verdicts import Verdict
from clinic.packs.states import State

TEXT = (Path(settings.BASE_DIR) / "docs" / "states.md").read_text()


def test_the_steps_of_an_appointment_are_those_of_the_table() -> None:
    told = {
        left: frozenset(re.findall(r"`(\w+)`", right))
        for left, right in re.findall(r"^- `(\w+)` → (.*)$", TEXT, re.MULTILINE)
    }
    assert told == {
        str(status): frozenset(str(step) for step in steps) for status, steps in STEPS.items()
    }


def test_every_state_of_a_draft_is_told() -> None:
    assert {state.value for state in State} <= set(re.findall(r"`([A-Z_]+)`", TEXT))


def test_every_verdict_is_told() -> None:
    assert {verdict.value for verdict in Verdict} <= set(re.findall(r"`([A-Z_]+)`", TEXT))
