"""What holds although the code around it fails: attacks with SQL, and two at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions
from clinic.intake.clearing import grant
from clinic.intake.models import Clearance, Intake, Screening, Submission
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, TUESDAY, cast, client, intake, people
from tests.factories import clearance as cleared
from tests.factories import screening as screened

FLAG = [{"code": "rosacea", "level": 2}]


def _attack(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestAttacks:
    """As the role of the application, past all its code."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE intake_submission SET answers = '{}'",
            "UPDATE intake_submission SET submitted_at = now()",
            "DELETE FROM intake_submission",
            "UPDATE intake_finding SET level = 0",
            "DELETE FROM intake_finding",
            "UPDATE intake_screening SET level = 0",
            "UPDATE intake_screening SET clear_from = '2026-06-01'",
            "UPDATE intake_screening SET hard_stop = false",
            "DELETE FROM intake_screening",
            "UPDATE intake_clearance SET valid_until = '2027-01-01'",
            "UPDATE intake_clearance SET valid_from = '2020-01-01'",
            "UPDATE intake_clearance SET depth_mm = 3",
            "UPDATE intake_clearance SET ended_at = NULL, ended_by = '', ended_cause = ''",
            "DELETE FROM intake_clearance",
            "DELETE FROM intake_intake",
            "UPDATE screening_rulepack SET sha256 = repeat('a', 64)",
            "DELETE FROM audit_event",
            "TRUNCATE intake_submission CASCADE",
        ],
    )
    def test_evidence_cannot_be_changed(
        self, cast: people.Cast, maya: Client, fred: Actor, statement: str
    ) -> None:
        held = cleared(maya, cast.pen)
        actions.end_clearance(actor=fred, clearance=held, cause="Asked to.", at=NOW)
        with pytest.raises(DatabaseError):
            _attack(statement)

    def test_a_flagged_screening_clears_nothing_without_a_decision(
        self, cast: people.Cast, maya: Client, fred: Actor
    ) -> None:
        flagged = screened(maya, cast.pen, findings=FLAG)
        for basis in ("SCREENING", "REVIEW"):
            with pytest.raises(Refused):
                _grant(fred, flagged, basis=basis)
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize("days", [31, 400])
    def test_answers_count_for_thirty_days(
        self, cast: people.Cast, maya: Client, fred: Actor, days: int
    ) -> None:
        from datetime import timedelta

        made = screened(maya, cast.pen)
        with pytest.raises(Refused, match="30 days"):
            _grant(fred, made, valid_until=MONDAY + timedelta(days=days))

    def test_an_ended_screening_clears_nothing(
        self, cast: people.Cast, maya: Client, fred: Actor
    ) -> None:
        made = screened(maya, cast.pen)
        Screening.objects.filter(pk=made.pk).update(
            ended_at=NOW, ended_by="Fred", ended_cause="Newer answers."
        )
        with pytest.raises(Refused, match="no longer the newest"):
            _grant(fred, made)

    def test_there_is_one_live_clearance(
        self, cast: people.Cast, maya: Client, fred: Actor
    ) -> None:
        held = cleared(maya, cast.pen)
        with pytest.raises(Refused, match="already a clearance"):
            _grant(fred, held.screening)


def _grant(actor: Actor, made: Screening, **changes: Any) -> Clearance:
    values: dict[str, Any] = {
        "basis": "SCREENING",
        "decision_id": None,
        "valid_from": MONDAY,
        "valid_until": TUESDAY,
    }
    return grant(actor=actor, screening=made, at=NOW, **values | changes)


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread with its own connection; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def _draft(self) -> tuple[Intake, Actor]:
        everybody = cast()
        fred = everybody.actor(everybody.fred)
        draft = intake(client(everybody.riverside), everybody.pen, answers=ALL_CLEAR)
        return draft, fred

    def test_handing_in_twice_makes_one_submission(self) -> None:
        draft, fred = self._draft()

        def act() -> object:
            return actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)

        results = _at_once(act, act, act)
        assert sum(isinstance(result, Screening) for result in results) == 1
        assert sum(isinstance(result, Refused) for result in results) == 2, results
        assert Submission.objects.count() == Clearance.objects.count() == 1

    def test_saving_the_same_section_twice_tells_one(self) -> None:
        draft, fred = self._draft()

        def act() -> object:
            return actions.save_section(
                actor=fred, intake=draft, answers={}, section="skin", version=0, at=NOW
            )

        results = _at_once(act, act)
        assert sum(isinstance(result, Intake) for result in results) == 1
        assert sum(isinstance(result, Refused) for result in results) == 1, results

    def test_changing_the_plan_and_the_answers_leaves_one_of_each(self) -> None:
        draft, fred = self._draft()
        old = actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)
        amended = actions.amend(actor=fred, client=draft.client, procedure=draft.procedure, at=NOW)
        Intake.objects.filter(pk=amended.pk).update(answers=ALL_CLEAR)

        def plan() -> object:
            return actions.change_plan(
                actor=fred,
                screening=old,
                depth_mm=old.depth_mm,
                areas=["nose"],
                anaesthetic_planned=False,
                planned_date=TUESDAY,
                at=NOW,
                today=MONDAY,
            )

        def hand_in() -> object:
            return actions.submit(actor=fred, intake=amended, at=NOW, today=MONDAY)

        results = _at_once(plan, hand_in)
        assert isinstance(results[1], Screening), "newer answers always count"
        assert isinstance(results[0], Screening | Refused), results
        assert Screening.objects.filter(ended_at=None).get() == results[1]
        assert Clearance.objects.filter(ended_at=None).get().screening == results[1]

    def test_starting_twice_opens_one(self) -> None:
        draft, fred = self._draft()
        actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)

        def act() -> object:
            return actions.amend(actor=fred, client=draft.client, procedure=draft.procedure, at=NOW)

        results = _at_once(act, act)
        assert sum(isinstance(result, Intake) for result in results) == 1
        assert sum(isinstance(result, Refused) for result in results) == 1, results
