"""Maya, who is cleared, and rules that would judge her otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions as intake
from clinic.intake.models import Screening
from clinic.packs.models import Draft
from screening.packs import Tables
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, Cast, rules

Submitted = Callable[..., Screening]

RETINOL = {"topical_actives": "yes", "topical_actives_date": "2026-05-20"}
"""Strong skin products until 12 days before the answers: five days of waiting are long over."""


@pytest.fixture
def maya(cast: Cast) -> Client:
    """A client at Riverside."""
    return factories.client(cast.riverside)


@pytest.fixture
def lena(cast: Cast) -> Actor:
    """The clinical lead who writes."""
    return cast.actor(cast.lena)


@pytest.fixture
def lars(cast: Cast) -> Actor:
    """The clinical lead who approves."""
    return cast.actor(rules.second_lead(cast))


@pytest.fixture
def submitted(cast: Cast, maya: Client) -> Submitted:
    """`submitted(rosacea="calm")`: Maya's answers, handed in on Monday."""

    def hand_in(who: Client | None = None, **answers: Any) -> Screening:
        return submit(cast, who or maya, **answers)

    return hand_in


def submit(cast: Cast, who: Client, **answers: Any) -> Screening:
    """A client's answers for the pen, handed in on Monday 1 June."""
    draft = factories.intake(who, cast.pen, answers=ALL_CLEAR | answers)
    made = intake.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)
    made.refresh_from_db()
    return made


def longer(days: int = 60, version: str = "1.3.0") -> Tables:
    """The rules in force, but with a longer wait after strong skin products."""
    tables = rules.tables_in_force(version)
    for name in ("rf", "mn"):
        rules.outcome(tables, "topical_actives", name)["defer"]["window"] = {"days": days}
    return tables


def calm_rosacea_is_nothing(version: str = "1.3.0") -> Tables:
    """The rules in force, but calm rosacea needs no decision."""
    tables = rules.tables_in_force(version)
    changed = rules.outcome(tables, "rosacea", "calm")
    changed["level"] = "ADVISE"
    changed["override"] = {"allowed": True, "by": "practitioner", "reason_required": True}
    return tables


def other_words(version: str = "1.3.0") -> Tables:
    """The rules in force, but the rule on strong skin products has another title."""
    tables = rules.tables_in_force(version)
    rules.rule(tables, "rosacea")["title"] = "Rosacea, a redness of the face"
    return tables


@pytest.fixture
def draft(cast: Cast, submitted: Submitted) -> Draft:
    """Lena's draft, tried on nobody yet."""
    submitted()
    return rules.draft_of(cast, longer())
