"""Only what a second person approved, as it stands, from the rules in force; all or nothing."""

from datetime import timedelta
from typing import Any

import pytest

from clinic.booking.verdicts import Verdict
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.packs import actions
from clinic.packs.models import Publication
from screening.models import RulePack
from tests.clinic.packs.applied import fresh, verdict
from tests.clinic.packs.conftest import (
    RETINOL,
    Submitted,
    longer,
)
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules

pytestmark = pytest.mark.django_db


def test_only_what_a_second_person_approved(
    cast: Cast, lena: Actor, lars: Actor, submitted: Submitted
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


def test_a_change_after_the_approval_takes_it_away(cast: Cast, lena: Actor) -> None:
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


def test_of_two_drafts_from_the_same_rules_the_second_begins_anew(cast: Cast, lena: Actor) -> None:
    first = rules.approved(cast, longer())
    second = rules.approved(cast, longer(70, version="1.3.0"))
    third = rules.draft_of(cast, longer(80, version="1.4.0"))
    rules.simulated(lena, third)
    actions.publish(actor=lena, draft=first, at=rules.LATER, today=MONDAY)
    with pytest.raises(Refused, match="Other rules"):
        actions.publish(actor=lena, draft=second, at=rules.LATER + timedelta(hours=1), today=MONDAY)
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


def test_again_is_refused(cast: Cast, lena: Actor) -> None:
    draft = rules.approved(cast, longer())
    actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)
    with pytest.raises(Refused, match="published"):
        actions.publish(actor=lena, draft=draft, at=rules.LATER, today=MONDAY)


def test_all_of_it_or_nothing(
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


def test_another_plan_is_judged_by_the_rules_in_force(cast: Cast, submitted: Submitted) -> None:
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
