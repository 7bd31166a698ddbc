"""Every screening has its facts, by which the database finds those that other rules touch."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.backfilling import fill_facts
from clinic.intake.candidates import candidates
from clinic.intake.fact_tables import Facts, FactSlot
from clinic.intake.models import Screening
from clinic.intake.packs import pack_of
from clinic.intake.places import known_places, places_for
from screening.engine import Pack, Rule
from screening.engine.dates import Window
from screening.facts import slots
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.factories import MONDAY, NOW, Cast
from tests.factories import screening as screened

ISOTRETINOIN = {"isotretinoin": "stopped", "isotretinoin_stop": "2026-01-15"}


def _submit(filled: Filled, actor: Actor, **answers: Any) -> Screening:
    return actions.submit(actor=actor, intake=filled(**answers), at=NOW, today=MONDAY)


def longer_wait(pack: Pack) -> Pack:
    """The pack with a longer wait after isotretinoin."""

    def longer(rule: Rule) -> Rule:
        outcomes = tuple(
            replace(o, defer=replace(o.defer, window=Window(months=12))) if o.defer else o
            for o in rule.outcomes
        )
        return replace(rule, outcomes=outcomes) if rule.code == "isotretinoin" else rule

    return replace(pack, version="9.0.0", rules=tuple(map(longer, pack.rules)))


def found_under_longer_wait(screening: Screening) -> list[int]:
    new = longer_wait(pack_of(screening.pack))
    return candidates(new, screening.pack, after=0, until=screening.pk)


class TestKept:
    def test_a_screening_keeps_what_it_was_judged_by(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled, fred, **ISOTRETINOIN)
        kept = Facts.objects.get(screening=made)
        assert kept.whole
        assert (kept.pack_id, kept.assessed_on) == (made.pack_id, MONDAY)
        assert (kept.depth, kept.last_depth) == (50, -1)
        place = FactSlot.objects.get(kind="date", of="isotretinoin_stop").place
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT d{place} FROM intake_facts")
            assert cursor.fetchall() == [(date(2026, 1, 15),)]

    def test_a_place_is_handed_out_once(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled, fred)
        first = known_places()
        assert not first.lacking(pack_of(made.pack))
        assert places_for(pack_of(made.pack)) is first
        assert FactSlot.objects.count() == len(first.places)

    def test_a_full_row_turns_nobody_away(
        self, filled: Filled, fred: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slots, "BITS", 10)
        made = _submit(filled, fred)
        assert not made.facts.whole
        assert found_under_longer_wait(made) == [made.pk]


class TestPromises:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE intake_facts SET b0 = 0",
            "UPDATE intake_facts SET whole = true",
            "DELETE FROM intake_facts",
            "UPDATE intake_factslot SET place = 700",
            "DELETE FROM intake_factslot",
        ],
    )
    def test_facts_cannot_be_changed(self, maya: Client, cast: Cast, statement: str) -> None:
        screened(maya, cast.pen)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_no_screening_without_its_facts(
        self, maya: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tests.factories.journey.keep_facts", lambda **_: None)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="has its facts"):
            screened(maya, cast.pen)


@pytest.fixture
def without_facts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Screenings as they were before facts were kept; each gets its facts in the end."""
    monkeypatch.setattr("tests.factories.journey.keep_facts", lambda **_: None)
    monkeypatch.setattr("clinic.intake.storing.keep_facts", lambda **_: None)
    yield
    call_command("fill_facts", stdout=StringIO())


class TestBefore:
    def test_a_screening_without_facts_is_always_looked_at(
        self, filled: Filled, fred: Actor, without_facts: None
    ) -> None:
        old = _submit(filled, fred)
        assert found_under_longer_wait(old) == [old.pk]

    def test_its_facts_are_made_from_the_frozen_answers(
        self, filled: Filled, fred: Actor, without_facts: None
    ) -> None:
        old = _submit(filled, fred, **ISOTRETINOIN)
        assert [*fill_facts()] == [1]
        assert [*fill_facts()] == []
        assert Facts.objects.get(screening=old).whole
        assert found_under_longer_wait(old) == [old.pk]

    def test_one_that_touches_nothing_is_then_passed_over(
        self, filled: Filled, fred: Actor, without_facts: None
    ) -> None:
        old = _submit(filled, fred)
        assert [*fill_facts()] == [1]
        assert found_under_longer_wait(old) == []

    def test_what_cannot_be_judged_as_it_was_is_always_looked_at(
        self, maya: Client, cast: Cast, without_facts: None
    ) -> None:
        old = screened(maya, cast.pen, answers=ALL_CLEAR, findings=[{"code": "rosacea"}])
        assert [*fill_facts()] == [1]
        assert not Facts.objects.get(screening=old).whole
        assert found_under_longer_wait(old) == [old.pk]


class TestCandidates:
    def test_only_those_whom_the_change_touches(self, filled: Filled, fred: Actor) -> None:
        touched = _submit(filled, fred, **ISOTRETINOIN)
        assert found_under_longer_wait(touched) == [touched.pk]

    def test_nobody_else(self, filled: Filled, fred: Actor) -> None:
        assert found_under_longer_wait(_submit(filled, fred)) == []

    def test_only_between_the_bounds_and_under_that_pack(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled, fred, **ISOTRETINOIN)
        new = longer_wait(pack_of(made.pack))
        assert candidates(new, made.pack, after=made.pk, until=made.pk + 9) == []
        assert candidates(new, made.pack, after=0, until=made.pk - 1) == []
