"""What new rules in force do to clients: stricter ends, all else stands, nobody is forgotten."""

from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from clinic.audit.models import Event
from clinic.booking.facts import booking_facts, day_facts
from clinic.booking.gate import bookable, treatable
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Code, Verdict
from clinic.consent.queries import standing_of
from clinic.consent.standing import Standing
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.intake.models import Clearance, Rescreening, Screening
from clinic.packs import actions
from clinic.packs.actions.applying import catch_up
from clinic.packs.models import Publication
from clinic.review import actions as review
from clinic.review.models import Decision
from clinic.review.queries import waiting
from clinic.review.verdicts import Outcome
from clinic.review.verdicts import Verdict as Word
from clinic.treatments.models import Treatment
from screening.models import RulePack
from tests import factories
from tests.clinic.packs.conftest import (
    RETINOL,
    Submitted,
    calm_rosacea_is_nothing,
    longer,
    other_words,
    submit,
)
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules

pytestmark = pytest.mark.django_db

Row = TypeVar("Row", bound=Model)


def fresh(row: Row) -> Row:
    row.refresh_from_db()
    return row


def clearance_of(screening: Screening) -> Clearance:
    return fresh(Clearance.objects.get(screening=screening, ended_at=None))


def booked(cast: Cast, screening: Screening) -> Appointment:
    return factories.appointment(cast, screening.client, held=clearance_of(screening))


def decided(
    cast: Cast, screening: Screening, outcome: Outcome = Outcome.CLEARED, word: Word = Word.ACCEPT
) -> Decision:
    """Petra's decision on a screening, the same for each of its flags."""
    flags = screening.findings.filter(level__gte=2)
    return review.decide(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        screening=screening,
        outcome=outcome,
        reason="Seen.",
        said={flag.pk: (word, "Seen.") for flag in flags},
        defer_until=None,
        expected_latest_id=None,
        at=NOW,
        today=MONDAY,
    )


def verdict(cast: Cast, screening: Screening, on: date = TUESDAY) -> Verdict:
    facts = booking_facts(client=screening.client, procedure=screening.procedure, on=on)
    return bookable(facts).verdict


def applied(row: RulePack) -> dict[str, int]:
    """What was done, without what was not."""
    return {name: count for name, count in row.publication.applied.items() if count}


CAUSE = "New safety rules microneedling 1.2.0: “Strong skin products” now waits until 19 July 2026."


class TestStricter:
    def test_the_clearance_ends_and_the_booking_is_on_hold_with_the_reason(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(**RETINOL)
        held, visit = clearance_of(old), booked(cast, old)

        row = rules.published(cast, longer())

        for ended in (old, held):
            fresh(ended)
            assert (ended.live, ended.ended_by, ended.ended_cause) == (False, "Lena Frost", CAUSE)
        assert fresh(visit).status == "ON_HOLD"
        assert visit.changes.get().cause == CAUSE
        new = rules.live(old)
        assert (new.pack, new.submission) == (row, old.submission)
        assert (new.level, new.clear_from) == (3, date(2026, 7, 19))
        assert [f.code for f in new.findings.all()] == ["topical_actives"]
        assert not Clearance.objects.filter(ended_at=None).exists()
        assert verdict(cast, new) is Verdict.DEFERRED
        assert applied(row) == {"stricter": 1, "clearances": 1, "held": 1}
        assert Event.objects.filter(verb="appointment.hold").get().actor_name == "Lena Frost"
        assert Event.objects.get(verb="packs.publish").detail["stricter"] == 1

    def test_who_is_here_already_is_on_hold_as_well(self, cast: Cast, submitted: Submitted) -> None:
        visit = booked(cast, submitted(**RETINOL))
        Appointment.objects.filter(pk=visit.pk).update(status="ARRIVED")
        rules.published(cast, longer())
        assert fresh(visit).status == "ON_HOLD"

    def test_a_treatment_under_way_is_let_finish_and_told(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(**RETINOL)
        other = submit(cast, factories.client(cast.riverside, first_name="Ada"), **RETINOL)
        visit = booked(cast, old)
        Appointment.objects.filter(pk=visit.pk).update(status="ARRIVED")
        running = factories.treatment(cast, visit)
        Appointment.objects.filter(pk=visit.pk).update(status="IN_TREATMENT")

        row = rules.published(cast, longer())

        assert applied(row) == {"skipped": 1, "stricter": 1, "clearances": 1}
        assert fresh(old).live
        assert not fresh(other).live
        assert fresh(visit).status == "IN_TREATMENT"
        facts = booking_facts(client=old.client, procedure=cast.pen, on=TUESDAY)
        assert Code.NEW_RULES in [reason.code for reason in bookable(facts).reasons]

        Treatment.objects.filter(pk=running.pk).update(ended_at=running.started_at)
        Appointment.objects.filter(pk=visit.pk).update(status="DONE")
        caught = catch_up(rules=row, at=rules.LATER, today=MONDAY)
        assert (caught.stricter, caught.skipped, caught.same) == (1, 0, 0)
        assert rules.live(old).pack == row
        assert Event.objects.get(verb="packs.rescreen").actor_kind == "system"

    def test_a_decision_on_other_findings_does_not_count(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(rosacea="calm", **RETINOL)
        decided(cast, old)
        visit = booked(cast, old)
        rules.published(cast, longer())
        new = rules.live(old)
        assert fresh(visit).status == "ON_HOLD"
        assert not new.decisions.exists()
        assert new in waiting(cast.actor(cast.petra), MONDAY)

    def test_other_words_that_are_noticed_now_were_not_decided_about(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        """One finding tells of all that a text names, so it only says more than before."""
        old = submitted(other_medicines="warfarin and comfrey root")
        decided(cast, old)
        visit = booked(cast, old)
        tables = rules.tables_in_force("1.2.0")
        known = next(one for one in tables["lexicon"]["entry"] if one["id"] == "warfarin")
        tables["lexicon"]["entry"].append(
            {**known, "id": "comfrey", "name": "comfrey", "terms": ["comfrey"]}
        )
        assert applied(rules.published(cast, tables)) == {"stricter": 1, "clearances": 1, "held": 1}
        assert fresh(visit).status == "ON_HOLD"
        new = rules.live(old)
        assert "comfrey" in new.findings.get(outcome="named").rationale
        assert not new.decisions.exists()

    def test_nobody_is_cleared_whom_a_clinician_declined(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        """The new rules alone would clear from 14 June; what was decided was about other ones."""
        old = submitted(rosacea="calm", **RETINOL)
        decided(cast, old, Outcome.DECLINED, Word.STOP)
        tables = calm_rosacea_is_nothing()
        rules.outcome(tables, "topical_actives", "mn")["defer"]["window"] = {"days": 25}
        row = rules.published(cast, tables)
        assert applied(row) == {"ended": 1}
        assert not fresh(old).live
        assert not Clearance.objects.filter(ended_at=None).exists()
        assert verdict(cast, old) is Verdict.SCREENING_OUTDATED

    def test_the_consent_was_to_the_risks_of_other_rules(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(**RETINOL)
        agreed = factories.consent(cast, old.client, old)
        row = rules.published(cast, longer(25))
        assert standing_of(fresh(agreed), now=NOW, today=MONDAY) is Standing.OUTDATED
        new = rules.live(old)
        assert new.clear_from == date(2026, 6, 14)
        visit = booked(cast, new)
        Appointment.objects.filter(pk=visit.pk).update(status="ARRIVED")
        factories.check_in(cast, visit)
        answer = treatable(day_facts(appointment=fresh(visit), at=visit.starts_at))
        assert answer.verdict is Verdict.NEEDS_CONSENT
        assert [reason.code for reason in answer.reasons] == [Code.ANSWERS_CHANGED]
        assert (row, new.pack) == (new.pack, row)


class TestStands:
    def test_the_same_is_bookable_under_the_new_rules(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted()
        visit = booked(cast, old)
        row = rules.published(cast, longer())
        stands = Rescreening.objects.get()
        assert (stands.screening, stands.pack, stands.verdict) == (old, row, "SAME")
        assert fresh(old).live
        assert fresh(visit).status == "BOOKED"
        assert verdict(cast, old, on=TUESDAY + timedelta(days=14)) is Verdict.TOO_SOON
        Appointment.objects.filter(pk=visit.pk).update(status="CANCELLED")
        assert verdict(cast, old) is Verdict.BOOKABLE
        assert applied(row) == {"same": 1}

    def test_a_review_of_unchanged_findings_keeps_its_word(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(rosacea="calm")
        decided(cast, old)
        row = rules.published(cast, longer())
        assert applied(row) == {"same": 1}
        assert clearance_of(old).basis == "REVIEW"
        assert verdict(cast, old) is Verdict.BOOKABLE

    def test_other_words_change_nothing(self, cast: Cast, submitted: Submitted) -> None:
        old = submitted(rosacea="calm")
        assert applied(rules.published(cast, other_words())) == {"same": 1}
        assert old.findings.get().title == "Rosacea"

    def test_milder_rules_leave_a_clearance_alone(self, cast: Cast, submitted: Submitted) -> None:
        old = submitted(rosacea="calm")
        decided(cast, old)
        visit = booked(cast, old)
        row = rules.published(cast, calm_rosacea_is_nothing())
        assert applied(row) == {"better": 1}
        assert fresh(visit).status == "BOOKED"
        assert verdict(cast, old, TUESDAY + timedelta(days=100)) is Verdict.SCREENING_OUTDATED

    def test_milder_rules_clear_who_waited_for_a_decision(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(rosacea="calm")
        row = rules.published(cast, calm_rosacea_is_nothing())
        new = rules.live(old)
        assert applied(row) == {"milder": 1}
        assert fresh(old).ended_cause == (
            "New safety rules microneedling 1.2.0 judge these answers less strictly."
        )
        assert clearance_of(new).basis == "SCREENING"
        assert verdict(cast, new) is Verdict.BOOKABLE

    @pytest.mark.parametrize(
        ("outcome", "word"),
        [(Outcome.DECLINED, Word.STOP), (Outcome.MORE_INFO, Word.ASK)],
    )
    def test_milder_rules_do_not_take_back_a_clinicians_no(
        self, cast: Cast, submitted: Submitted, outcome: Outcome, word: Word
    ) -> None:
        old = submitted(rosacea="calm")
        decided(cast, old, outcome, word)
        row = rules.published(cast, calm_rosacea_is_nothing())
        assert applied(row) == {"better": 1}
        assert fresh(old).live
        assert not Clearance.objects.filter(ended_at=None).exists()
        assert verdict(cast, old) in (Verdict.DECLINED, Verdict.NEEDS_REVIEW)

    def test_nor_after_stricter_ones_that_came_between(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(rosacea="calm")
        decided(cast, old, Outcome.DECLINED, Word.STOP)
        stricter = rules.tables_in_force("1.2.0")
        rules.outcome(stricter, "rosacea", "calm")["override"]["by"] = "prescriber"
        assert applied(rules.published(cast, stricter)) == {"stricter": 1}
        undecided = rules.live(old)
        milder = calm_rosacea_is_nothing("1.3.0")
        row = rules.published(cast, milder, at=rules.LATER + timedelta(hours=1))
        assert applied(row) == {"better": 1}
        assert rules.live(old) == undecided
        assert not Clearance.objects.filter(ended_at=None).exists()

    def test_answers_that_no_longer_count_are_left_alone(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted(**RETINOL)
        late = NOW + timedelta(days=31)
        row = rules.published(cast, longer(), at=late)
        assert applied(row) == {}
        assert fresh(old).live
        assert not Rescreening.objects.exists()
        assert verdict(cast, old, late.date()) is Verdict.SCREENING_OUTDATED

    def test_many_that_stand_take_no_more_queries_than_one(self, cast: Cast) -> None:
        def publishing_takes(version: str, days: int) -> int:
            draft = rules.approved(cast, longer(days, version), at=NOW + timedelta(hours=days))
            with CaptureQueriesContext(connection) as asked:
                actions.publish(
                    actor=cast.actor(cast.lena),
                    draft=draft,
                    at=NOW + timedelta(hours=days),
                    today=MONDAY,
                )
            return len(asked)

        submit(cast, factories.client(cast.riverside))
        publishing_takes("1.2.0", 61)
        one = publishing_takes("1.2.1", 62)
        for number in range(5):
            submit(cast, factories.client(cast.riverside, first_name=f"C{number}"))
        assert publishing_takes("1.2.2", 63) <= one + 2, "one more pack to compare with"
        assert Rescreening.objects.filter(pack__version="1.2.2").count() == 6


class TestPublish:
    def test_only_what_a_second_person_approved(
        self, cast: Cast, lena: Actor, lars: Actor, submitted: Submitted
    ) -> None:
        submitted()
        draft = rules.draft_of(cast, longer())
        rules.simulated(lena, draft)
        for actor in (lena, lars):
            with pytest.raises(Refused, match="second person"):
                actions.publish(actor=actor, draft=draft, at=rules.LATER, today=MONDAY)
        with pytest.raises(Refused, match="somebody who changed nothing"):
            actions.approve(
                actor=lena,
                user=cast.lena,
                draft=draft,
                expected_sha256=draft.revisions.get().sha256,
                note="My own.",
                at=NOW,
            )

    def test_a_change_after_the_approval_takes_it_away(self, cast: Cast, lena: Actor) -> None:
        draft = rules.approved(cast, longer())
        actions.change(
            actor=lena,
            draft=draft,
            tables=longer(61),
            expected_sha256=draft.revisions.get().sha256,
            what="A day more.",
            at=NOW,
        )
        with pytest.raises(Refused, match="second person"):
            actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)

    def test_of_two_drafts_from_the_same_rules_the_second_begins_anew(
        self, cast: Cast, lena: Actor
    ) -> None:
        first = rules.approved(cast, longer())
        second = rules.approved(cast, longer(70, version="1.3.0"))
        third = rules.draft_of(cast, longer(80, version="1.4.0"))
        rules.simulated(lena, third)
        actions.publish(actor=lena, draft=first, at=rules.LATER, today=MONDAY)
        with pytest.raises(Refused, match="Other rules"):
            actions.publish(
                actor=lena, draft=second, at=rules.LATER + timedelta(hours=1), today=MONDAY
            )
        lars = rules.second_lead(cast)
        with pytest.raises(Refused, match="Other rules"):
            actions.approve(
                actor=cast.actor(lars),
                user=lars,
                draft=third,
                expected_sha256=third.revisions.get().sha256,
                note="Seen.",
                at=NOW,
            )

    def test_again_is_refused(self, cast: Cast, lena: Actor) -> None:
        draft = rules.approved(cast, longer())
        actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)
        with pytest.raises(Refused, match="published"):
            actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)

    def test_all_of_it_or_nothing(
        self,
        cast: Cast,
        lena: Actor,
        submitted: Submitted,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        old = submitted(**RETINOL)
        draft = rules.approved(cast, longer())

        def fail(**_: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(Publication.objects, "create", fail)
        with pytest.raises(RuntimeError):
            actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)
        assert RulePack.objects.count() == 1
        assert fresh(old).live

    def test_another_plan_is_judged_by_the_rules_in_force(
        self, cast: Cast, submitted: Submitted
    ) -> None:
        old = submitted()
        row = rules.published(cast, longer())
        new = intake.change_plan(
            actor=cast.actor(cast.fred),
            screening=old,
            depth_mm=old.depth_mm,
            areas=["nose"],
            anaesthetic_planned=False,
            planned_date=TUESDAY,
            at=rules.LATER,
            today=MONDAY,
        )
        assert new.pack == row
        assert verdict(cast, new) is Verdict.BOOKABLE
