"""Only what a second person approved, as it stands, from the rules in force; all or nothing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from clinic.booking.verdicts import Verdict
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.packs import actions
from clinic.packs.errors import Overtaken
from clinic.packs.models import Draft, Publication
from screening.models import RulePack
from tests.clinic.packs.applied import fresh, verdict
from tests.clinic.packs.attacks import newest
from tests.clinic.packs.conftest import (
    RETINOL,
    Submitted,
    longer,
)
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules

pytestmark = pytest.mark.django_db


def put_in_force(actor: Actor, draft: Draft, at: datetime = rules.LATER) -> RulePack:
    """Its newest revision, by somebody who has just looked at it."""
    return actions.publish(
        actor=actor, draft=draft, expected_sha256=newest(draft).sha256, at=at, today=MONDAY
    )


def test_only_what_a_second_person_approved(
    cast: Cast, lena: Actor, lars: Actor, submitted: Submitted
) -> None:
    submitted()
    draft = rules.draft_of(cast, longer())
    rules.simulated(lena, draft)
    for actor in (lena, lars):
        with pytest.raises(Refused, match="second person"):
            put_in_force(actor, draft)
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
        put_in_force(lena, draft)


def test_of_two_drafts_from_the_same_rules_the_second_begins_anew(cast: Cast, lena: Actor) -> None:
    first = rules.approved(cast, longer())
    second = rules.approved(cast, longer(70, version="1.4.0"))
    third = rules.draft_of(cast, longer(80, version="1.5.0"))
    rules.simulated(lena, third)
    put_in_force(lena, first)
    with pytest.raises(Refused, match="Other rules"):
        put_in_force(lena, second, at=rules.LATER + timedelta(hours=1))
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


def test_only_what_was_seen(cast: Cast, lena: Actor) -> None:
    draft = rules.approved(cast, longer())
    with pytest.raises(Overtaken):
        actions.publish(
            actor=lena, draft=draft, expected_sha256="0" * 64, at=rules.LATER, today=MONDAY
        )
    assert not Publication.objects.exists()


def test_not_while_it_is_counted_again(
    cast: Cast, lena: Actor, lars: Actor, submitted: Submitted
) -> None:
    submitted()
    approved, waits = rules.approved(cast, longer()), rules.draft_of(cast, longer(70, "1.4.0"))
    rules.simulated(lena, waits)
    for draft in (approved, waits):
        actions.start_simulation(actor=lena, draft=draft, at=NOW)
    with pytest.raises(Refused, match="counted again"):
        put_in_force(lena, approved)
    with pytest.raises(Refused, match="counted again"):
        actions.approve(
            actor=lars,
            user=rules.second_lead(cast),
            draft=waits,
            expected_sha256=newest(waits).sha256,
            note="Seen.",
            at=NOW,
        )
    rules.simulated(lena, approved)
    put_in_force(lena, approved)
    assert Publication.objects.get().draft == approved


def test_again_is_refused(cast: Cast, lena: Actor) -> None:
    draft = rules.approved(cast, longer())
    put_in_force(lena, draft)
    with pytest.raises(Refused, match="published"):
        put_in_force(lena, draft)


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
        put_in_force(lena, draft)
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
