"""Whom new rules judge more strictly: what ends, and what the people concerned are told."""

from datetime import date

import pytest

from clinic.audit.models import Event
from clinic.booking.facts import booking_facts, day_facts
from clinic.booking.gate import bookable, treatable
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Code, Verdict
from clinic.consent.queries import standing_of
from clinic.consent.standing import Standing
from clinic.core.errors import Refused
from clinic.intake.models import Clearance
from clinic.packs.actions import applying
from clinic.packs.actions.applying import catch_up
from clinic.review.queries import waiting
from clinic.review.verdicts import Outcome
from clinic.review.verdicts import Verdict as Word
from clinic.treatments.models import Treatment
from tests import factories
from tests.clinic.packs.applied import applied, booked, clearance_of, decided, fresh, verdict
from tests.clinic.packs.conftest import (
    RETINOL,
    Submitted,
    calm_rosacea_is_nothing,
    longer,
    submit,
)
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules

pytestmark = pytest.mark.django_db

CAUSE = "New safety rules microneedling 1.3.0: “Strong skin products” now waits until 19 July 2026."


def test_the_clearance_ends_and_the_booking_is_on_hold_with_the_reason(
    cast: Cast, submitted: Submitted
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


def test_who_is_here_already_is_on_hold_as_well(cast: Cast, submitted: Submitted) -> None:
    visit = booked(cast, submitted(**RETINOL))
    Appointment.objects.filter(pk=visit.pk).update(status="ARRIVED")
    rules.published(cast, longer())
    assert fresh(visit).status == "ON_HOLD"


def test_a_treatment_under_way_is_let_finish_and_told(cast: Cast, submitted: Submitted) -> None:
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


def test_whatever_else_refuses_stops_the_publication(
    cast: Cast, submitted: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = submitted(**RETINOL)

    def refused(**_: object) -> None:
        raise Refused("No.")

    monkeypatch.setattr(applying, "store", refused)
    with pytest.raises(Refused):
        rules.published(cast, longer())
    assert fresh(old).live


def test_a_decision_on_other_findings_does_not_count(cast: Cast, submitted: Submitted) -> None:
    old = submitted(rosacea="calm", **RETINOL)
    decided(cast, old)
    visit = booked(cast, old)
    rules.published(cast, longer())
    new = rules.live(old)
    assert fresh(visit).status == "ON_HOLD"
    assert not new.decisions.exists()
    assert new in waiting(cast.actor(cast.petra), MONDAY)


def test_other_words_that_are_noticed_now_were_not_decided_about(
    cast: Cast, submitted: Submitted
) -> None:
    """One finding tells of all that a text names, so it only says more than before."""
    old = submitted(other_medicines="fish oil and comfrey root")
    decided(cast, old)
    visit = booked(cast, old)
    tables = rules.tables_in_force("1.3.0")
    known = next(one for one in tables["lexicon"]["entry"] if one["id"] == "bruising_supplement")
    tables["lexicon"]["entry"].append(
        {**known, "id": "comfrey", "name": "comfrey", "terms": ["comfrey"]}
    )
    assert applied(rules.published(cast, tables)) == {"stricter": 1, "clearances": 1, "held": 1}
    assert fresh(visit).status == "ON_HOLD"
    new = rules.live(old)
    assert "comfrey" in new.findings.get(outcome="named").rationale
    assert not new.decisions.exists()


def test_nobody_is_cleared_whom_a_clinician_declined(cast: Cast, submitted: Submitted) -> None:
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


def test_the_consent_was_to_the_risks_of_other_rules(cast: Cast, submitted: Submitted) -> None:
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


def test_a_new_precaution_does_not_pass_by_who_is_booked(cast: Cast, submitted: Submitted) -> None:
    old = submitted(bruising_products="yes")
    visit = booked(cast, old)
    tables = rules.tables_in_force("1.3.0")
    rules.outcome(tables, "bruising_products", "yes")["flags"].append("no_topical_anaesthetic")
    applied(rules.published(cast, tables))
    assert fresh(visit).status == "ON_HOLD"
    assert visit.changes.get().cause == (
        "New safety rules microneedling 1.3.0: there are new precautions for the treatment."
    )
    new = rules.live(old)
    assert "no_topical_anaesthetic" in new.flags
    assert clearance_of(new)


def test_a_new_question_is_asked_and_not_reviewed(cast: Cast, submitted: Submitted) -> None:
    old = submitted()
    visit = booked(cast, old)
    tables = rules.tables_in_force("1.3.0")
    health = next(one for one in tables["questions"]["section"] if one["id"] == "health")
    health["question"].append({"id": "asked_now", "text": "Asked since today?", "type": "yes_no"})
    row = rules.published(cast, tables)
    assert applied(row) == {"ended": 1, "clearances": 1, "held": 1}
    assert fresh(visit).status == "ON_HOLD"
    assert "Asked since today?" in visit.changes.get().cause
    assert verdict(cast, old) in (Verdict.NEEDS_INTAKE, Verdict.SCREENING_OUTDATED)
    assert not waiting(cast.actor(cast.petra), MONDAY)
