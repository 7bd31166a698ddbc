"""What is told makes questions unanswered, and nothing but an answer or a decision ends that."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.clients.actions import correct, report_event
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions
from clinic.intake.clearing import grant
from clinic.intake.errors import Unanswered
from clinic.intake.models import Clearance, Intake, News, Screening
from clinic.intake.news_queries import unanswered_news
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.factories import MONDAY, NOW, TUESDAY, appointment, people
from tests.factories import clearance as cleared
from tests.factories import client as somebody


@pytest.fixture(autouse=True)
def _rules(cast: people.Cast) -> None:
    """The newest pack is in force."""
    people.pack()


SUN = ("sun_exposure", "planned_sun")


def tell(actor: Actor, who: Client, *questions: str, kind: str = "PHONE") -> News:
    return actions.record_news(
        actor=actor,
        client=who,
        kind=kind,
        words="On holiday in Spain.",
        questions=questions or SUN,
        at=NOW,
    )


def hand_in(draft: Intake, actor: Actor) -> Screening:
    return actions.submit(actor=actor, intake=draft, at=NOW, today=MONDAY)


def clear(filled: Filled, actor: Actor) -> Clearance:
    return Clearance.objects.get(screening=hand_in(filled(), actor), live=True)


def save(draft: Intake, actor: Actor, section: str, heard: int | None = None) -> Intake:
    draft.refresh_from_db()
    return actions.save_section(
        actor=actor,
        intake=draft,
        answers={
            question.id: ALL_CLEAR[question.id]
            for question in latest().sections[section].questions
            if question.id in ALL_CLEAR
        },
        section=section,
        version=draft.version,
        at=NOW,
        seconds=60,
        heard=heard,
    )


class TestWhatIsTold:
    def test_ends_the_clearance_and_holds_the_appointment_at_once(
        self, cast: people.Cast, maya: Client, fred: Actor
    ) -> None:
        held = cleared(maya, cast.pen)
        booked = appointment(cast, maya, held=held)
        tell(fred, maya)
        held.refresh_from_db()
        booked.refresh_from_db()
        assert (held.live, booked.status) == (False, "ON_HOLD")
        assert held.ended_by == fred.name
        assert [step.cause for step in booked.changes.all()] == [held.ended_cause]

    def test_counts_for_every_procedure_of_the_client_and_for_nobody_else(
        self, cast: people.Cast, maya: Client, fred: Actor
    ) -> None:
        other = somebody(cast.riverside, first_name="Otto")
        pen, rf = cleared(maya, cast.pen), cleared(maya, cast.rf, depth_mm="1.00")
        untouched = cleared(other, cast.pen)
        tell(fred, maya)
        for one in (pen, rf, untouched):
            one.refresh_from_db()
        assert [pen.live, rf.live, untouched.live] == [False, False, True]

    def test_touches_what_follows_from_a_question_and_what_it_follows_from(
        self, maya: Client, fred: Actor
    ) -> None:
        told = tell(fred, maya, "blood_thinner_kinds")
        assert set(told.question_ids) >= {"blood_thinner", "blood_thinner_kinds"}
        assert "rosacea" not in told.question_ids

    @pytest.mark.parametrize("questions", [(), ("asked_by_no_pack",)])
    def test_touches_everything_where_nobody_can_say_what(
        self, maya: Client, fred: Actor, questions: tuple[str, ...]
    ) -> None:
        told = actions.record_news(
            actor=fred, client=maya, kind="MESSAGE", words="", questions=questions, at=NOW
        )
        assert told.everything

    def test_a_corrected_date_of_birth_is_news(self, maya: Client, fred: Actor) -> None:
        correct(
            actor=fred,
            client_id=maya.pk,
            at=NOW,
            first_name=maya.first_name,
            last_name=maya.last_name,
            date_of_birth=date(1991, 4, 12),
            phone=maya.phone,
            email=maya.email,
        )
        assert [(one.kind, one.question_ids) for one in News.objects.all()] == [
            ("BIRTHDAY", ["dob"])
        ]

    def test_an_adverse_event_is_news_about_everything(self, maya: Client, fred: Actor) -> None:
        report_event(actor=fred, client=maya, what="A burn.", onset=MONDAY, severity="MILD", at=NOW)
        assert [(one.kind, one.everything, one.words) for one in News.objects.all()] == [
            ("ADVERSE_EVENT", True, "A burn.")
        ]

    def test_an_auditor_writes_nothing_down(self, cast: people.Cast, maya: Client) -> None:
        with pytest.raises(Refused):
            tell(cast.actor(cast.audra), maya)


class TestNoWayRound:
    def test_old_answers_cannot_be_confirmed(
        self, cast: people.Cast, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        clear(filled, fred)
        tell(fred, maya)
        again = actions.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)
        assert not again.answers
        assert set(SUN) & set(again.earlier)
        with pytest.raises(Unanswered):
            hand_in(again, fred)
        assert not Clearance.objects.filter(live=True).exists()

    def test_another_plan_clears_nothing(self, maya: Client, fred: Actor, filled: Filled) -> None:
        held = clear(filled, fred)
        tell(fred, maya)
        actions.change_plan(
            actor=fred,
            screening=held.screening,
            depth_mm=held.depth_mm,
            areas=["cheeks"],
            anaesthetic_planned=False,
            planned_date=TUESDAY,
            at=NOW,
            today=MONDAY,
        )
        assert not Clearance.objects.filter(live=True).exists()

    def test_answers_in_an_open_questionnaire_are_unanswered_too(
        self, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        draft = filled()
        tell(fred, maya)
        draft.refresh_from_db()
        assert not set(SUN) & set(draft.answers)
        assert {key: draft.earlier[key] for key in SUN} == {key: ALL_CLEAR[key] for key in SUN}

    def test_a_page_that_was_open_before_does_not_answer_it(
        self, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        draft = filled()
        told = tell(fred, maya)
        save(draft, fred, "skin", heard=told.pk - 1)
        draft.refresh_from_db()
        assert not set(SUN) & set(draft.answers)
        assert "rosacea" in draft.answers

    def test_answering_afresh_clears_again(
        self, cast: people.Cast, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        clear(filled, fred)
        tell(fred, maya)
        again = actions.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)
        for section in latest().sections:
            save(again, fred, section)
        made = hand_in(Intake.objects.get(pk=again.pk), fred)
        assert Clearance.objects.filter(screening=made, live=True).exists()
        assert not unanswered_news(made.submission)

    def test_told_again_it_is_asked_again(
        self, cast: people.Cast, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        clear(filled, fred)
        for _ in range(2):
            tell(fred, maya)
            again = actions.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)
            with pytest.raises(Unanswered):
                hand_in(again, fred)
            for section in latest().sections:
                save(again, fred, section)
            hand_in(Intake.objects.get(pk=again.pk), fred)
        assert Clearance.objects.filter(live=True).count() == 1


class TestPastAllCode:
    """As the application's own role."""

    def test_what_was_told_cannot_be_changed_or_taken_away(self, maya: Client, fred: Actor) -> None:
        tell(fred, maya)
        for statement in (
            "DELETE FROM intake_news",
            "UPDATE intake_news SET question_ids = '{dob}'",
            "UPDATE intake_news SET recorded_at = '2020-01-01'",
            "TRUNCATE intake_news CASCADE",
        ):
            _refused(statement)

    @pytest.mark.parametrize("basis", ["SCREENING", "REVIEW"])
    def test_no_clearance_comes_past_it(
        self, maya: Client, fred: Actor, filled: Filled, basis: str
    ) -> None:
        held = clear(filled, fred)
        tell(fred, maya)
        with pytest.raises(Refused):
            grant(
                actor=fred,
                screening=held.screening,
                basis=basis,
                decision_id=None,
                valid_from=MONDAY,
                valid_until=TUESDAY,
                at=NOW,
            )

    def test_news_written_by_hand_ends_what_was_cleared(
        self, maya: Client, fred: Actor, filled: Filled
    ) -> None:
        held = clear(filled, fred)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO intake_news (client_id, kind, words, told_by, question_ids,"
                " everything, cause, recorded_at, actor_kind, actor_name)"
                " VALUES (%s, 'PHONE', '', '', '{dob}', false, 'Told.', now(), 'staff', 'Fred')",
                [maya.pk],
            )
        held.refresh_from_db()
        assert not held.live

    def test_news_that_touches_nothing_is_refused(self, maya: Client) -> None:
        _refused(
            "INSERT INTO intake_news (client_id, kind, words, told_by, question_ids, everything,"
            " cause, recorded_at, actor_kind, actor_name)"
            " VALUES (%s, 'PHONE', '', '', '{}', false, 'Told.', now(), 'staff', 'Fred')",
            maya.pk,
        )


def _refused(statement: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
