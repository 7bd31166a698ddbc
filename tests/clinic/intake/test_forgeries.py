"""Hand-written SQL of the application's role that would make answers and findings look better."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.clients.models import Client
from clinic.intake.models import Screening
from screening.engine import answers_hash
from screening.engine.canonical import canonical_json
from tests import factories
from tests.clinic.booking.attacks import refused, run
from tests.committed import committed
from tests.factories import NOW, Cast
from tests.factories.journey import submission

STOP = {"code": "pregnancy", "level": 4, "override_by": "never"}


@pytest.fixture
def flagged(cast: Cast, maya: Client) -> Screening:
    return factories.screening(maya, cast.pen, findings=[{}])


def _copy(to: Screening, source: Screening, **lies: Any) -> None:
    copied = source.findings.all()[0]
    copied.pk, copied.screening = None, to
    for name, value in ({"code": "another", "position": 9} | lies).items():
        setattr(copied, name, value)
    copied.save(force_insert=True)


@pytest.mark.parametrize("level", [3, 4])
def test_a_screening_is_as_bad_as_its_worst_finding(flagged: Screening, level: int) -> None:
    with refused("as bad as its worst finding"):
        _copy(flagged, flagged, level=level)
    _copy(flagged, flagged)  # in its own transaction, no worse: what screening does


def test_a_stop_that_nobody_may_override_is_known_to_its_screening(
    cast: Cast, maya: Client, flagged: Screening
) -> None:
    soft = factories.screening(
        maya, cast.roller, findings=[{"level": 4, "override_by": "prescriber"}]
    )
    with refused("as bad as its worst finding"):
        _copy(soft, flagged, level=4, override_by="never")


def test_a_finding_is_not_added_later(cast: Cast, maya: Client, flagged: Screening) -> None:
    committed()
    with refused("a finding comes with its screening"):
        _copy(flagged, flagged)


def test_a_finding_is_not_added_to_what_was_cleared(
    cast: Cast, maya: Client, flagged: Screening
) -> None:
    held = factories.clearance(maya, cast.roller)
    committed()
    with refused("a finding comes with its screening|as bad as its worst"):
        _copy(held.screening, flagged)


def test_a_screening_typed_in_as_clear_takes_none_of_the_findings(
    cast: Cast, maya: Client, flagged: Screening
) -> None:
    with refused("as bad as its worst finding"):
        _copy(factories.screening(maya, cast.roller), flagged)


@pytest.mark.parametrize("days", [0, 5])
def test_a_day_with_a_finding_is_not_cleared_without_review(
    cast: Cast, maya: Client, days: int
) -> None:
    from_then_on = factories.TUESDAY - timedelta(days=days)
    lied = factories.screening(maya, cast.pen, findings=[{}], clear_from=from_then_on)
    with refused("a day with a finding is not cleared without review"):
        factories.clearance(maya, cast.pen, screening=lied, valid_from=from_then_on)


@pytest.mark.parametrize(
    "sha256", ["", "00", "0" * 64, "A" * 64, answers_hash({"rosacea": "calm"})]
)
def test_answers_are_known_by_their_own_hash(cast: Cast, maya: Client, sha256: str) -> None:
    forged = submission(maya, cast.pen, answers={"rosacea": "calm"})
    forged.pk, forged.intake = None, factories.intake(maya, cast.roller)
    forged.answers, forged.answers_sha256 = {}, sha256
    with refused("hash_is_of_its_answers"):
        forged.save(force_insert=True)


def test_nothing_is_asked_at_another_site_than_its_procedures(cast: Cast, maya: Client) -> None:
    forged = factories.intake(maya, cast.pen, abandoned_at=NOW)
    forged.pk, forged.site = None, cast.hilltop
    with refused("an_intake_is_for_a_procedure_of_its_site"):
        forged.save(force_insert=True)
        run("SET CONSTRAINTS ALL IMMEDIATE")


LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.django_db
@given(values=st.lists(JSON, min_size=1, max_size=20))
def test_the_database_writes_json_as_the_clinic_does(values: list[Any]) -> None:
    written = run("SELECT core_canonical_json(%s::jsonb)", [json.dumps(values)])
    assert written == canonical_json(values)
