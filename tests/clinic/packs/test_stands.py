"""Whom new rules judge the same, or less strictly: nothing that stands is taken away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.booking.models import Appointment
from clinic.booking.verdicts import Verdict
from clinic.intake import actions as intake
from clinic.intake.models import Clearance, Rescreening
from clinic.packs import actions
from clinic.review.verdicts import Outcome
from clinic.review.verdicts import Verdict as Word
from tests import factories
from tests.clinic.packs.applied import applied, booked, clearance_of, decided, fresh, verdict
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


def test_the_same_is_bookable_under_the_new_rules(cast: Cast, submitted: Submitted) -> None:
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


def test_a_review_of_unchanged_findings_keeps_its_word(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm")
    decided(cast, old)
    row = rules.published(cast, longer())
    assert applied(row) == {"same": 1}
    assert clearance_of(old).basis == "REVIEW"
    assert verdict(cast, old) is Verdict.BOOKABLE


def test_other_words_change_nothing(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm")
    assert applied(rules.published(cast, other_words())) == {"same": 1}
    assert old.findings.get().title == "Rosacea"


def test_milder_rules_leave_a_clearance_alone(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm")
    decided(cast, old)
    visit = booked(cast, old)
    row = rules.published(cast, calm_rosacea_is_nothing())
    assert applied(row) == {"better": 1}
    assert fresh(visit).status == "BOOKED"
    assert verdict(cast, old, TUESDAY + timedelta(days=100)) is Verdict.SCREENING_OUTDATED


def test_milder_rules_clear_who_waited_for_a_decision(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm")
    row = rules.published(cast, calm_rosacea_is_nothing())
    new = rules.live(old)
    assert applied(row) == {"milder": 1}
    assert fresh(old).ended_cause == (
        "New safety rules microneedling 1.3.0 judge these answers less strictly."
    )
    assert clearance_of(new).basis == "SCREENING"
    assert verdict(cast, new) is Verdict.BOOKABLE


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.DECLINED, Word.STOP), (Outcome.MORE_INFO, Word.ASK)],
)
def test_milder_rules_do_not_take_back_a_clinicians_no(
    cast: Cast, submitted: Submitted, outcome: Outcome, word: Word
) -> None:
    old = submitted(rosacea="calm")
    decided(cast, old, outcome, word)
    row = rules.published(cast, calm_rosacea_is_nothing())
    assert applied(row) == {"better": 1}
    assert fresh(old).live
    assert not Clearance.objects.filter(ended_at=None).exists()
    assert verdict(cast, old) in (Verdict.DECLINED, Verdict.NEEDS_REVIEW)


def test_nor_after_stricter_ones_that_came_between(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm")
    decided(cast, old, Outcome.DECLINED, Word.STOP)
    stricter = rules.tables_in_force("1.3.0")
    rules.outcome(stricter, "rosacea", "calm")["override"]["by"] = "prescriber"
    assert applied(rules.published(cast, stricter)) == {"stricter": 1}
    undecided = rules.live(old)
    milder = calm_rosacea_is_nothing("1.4.0")
    row = rules.published(cast, milder, at=rules.LATER + timedelta(hours=1))
    assert applied(row) == {"better": 1}
    assert rules.live(old) == undecided
    assert not Clearance.objects.filter(ended_at=None).exists()


def test_answers_that_no_longer_count_are_left_alone(cast: Cast, submitted: Submitted) -> None:
    old = submitted(**RETINOL)
    late = NOW + timedelta(days=31)
    row = rules.published(cast, longer(), at=late)
    assert applied(row) == {}
    assert fresh(old).live
    assert not Rescreening.objects.exists()
    assert verdict(cast, old, late.date()) is Verdict.SCREENING_OUTDATED


def test_many_that_stand_take_no_more_queries_than_one(cast: Cast) -> None:
    def publishing_takes(version: str, days: int) -> int:
        draft = rules.approved(cast, longer(days, version), at=NOW + timedelta(hours=days))
        with CaptureQueriesContext(connection) as asked:
            actions.publish(
                actor=cast.actor(cast.lena),
                draft=draft,
                expected_sha256=draft.revisions.get().sha256,
                at=NOW + timedelta(hours=days),
                today=MONDAY,
            )
        return len(asked)

    submit(cast, factories.client(cast.riverside))
    publishing_takes("1.3.0", 61)
    one = publishing_takes("1.3.1", 62)
    for number in range(5):
        submit(cast, factories.client(cast.riverside, first_name=f"C{number}"))
    assert publishing_takes("1.3.2", 63) <= one + 2, "one more pack to compare with"
    assert Rescreening.objects.filter(pack__version="1.3.2").count() == 6


def test_rules_do_not_give_back_a_clearance_that_was_ended_for_a_cause(
    cast: Cast, submitted: Submitted
) -> None:
    """Five days of waiting become two, which is milder; but something was new at check-in."""
    old = submitted(topical_actives="yes", topical_actives_date="2026-05-31")
    intake.end_clearance(
        actor=cast.actor(cast.fred), clearance=clearance_of(old), cause="Something is new.", at=NOW
    )
    row = rules.published(cast, longer(2))
    assert applied(row) == {"better": 1}
    assert not Clearance.objects.filter(ended_at=None).exists()
    assert verdict(cast, old) is Verdict.SCREENING_OUTDATED
    rules.published(cast, longer(10, version="1.4.0"), at=rules.LATER + timedelta(hours=1))
    assert not fresh(old).live, "milder than today, stricter than what was screened"
    assert not Clearance.objects.filter(ended_at=None).exists()
