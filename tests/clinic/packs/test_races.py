"""Two at once: one wins and the other is told, or each does their own part once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from clinic.booking.models import Appointment
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.intake.models import Clearance, Screening
from clinic.intake.rules_lock import while_nobody_screens, while_rules_stand
from clinic.packs import actions
from clinic.packs.models import Approval, Difference, Draft, Publication, Revision, Simulation
from screening.models import RulePack
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.packs.conftest import RETINOL, longer, submit
from tests.factories import MONDAY, NOW, Cast, rules

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own; "won", or the words it was refused with."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(10)
            act()
        except Refused as refused:
            return str(refused.message)
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


def approve(cast: Cast, draft: Draft, by: str) -> None:
    user = rules.second_lead(cast) if by == "lars" else rules.third_lead(cast)
    actions.approve(
        actor=cast.actor(user),
        user=user,
        draft=draft,
        expected_sha256=draft.revisions.order_by("-number")[0].sha256,
        note="Seen.",
        at=NOW,
    )


def publish(cast: Cast, draft: Draft, hours: int = 1) -> RulePack:
    return actions.publish(
        actor=cast.actor(cast.lena),
        draft=draft,
        expected_sha256=draft.approvals.get().content_id,
        at=NOW + timedelta(hours=hours),
        today=MONDAY,
    )


def test_of_two_approvals_one_counts(cast: Cast) -> None:
    draft = rules.draft_of(cast, longer())
    rules.simulated(cast.actor(cast.lena), draft)
    rules.second_lead(cast), rules.third_lead(cast)
    said = at_once(lambda: approve(cast, draft, "lars"), lambda: approve(cast, draft, "liv"))
    assert sorted(said) == ["Somebody else has just approved this.", "won"]
    assert Approval.objects.count() == 1


def test_of_two_changes_one_is_kept(cast: Cast) -> None:
    draft = rules.draft_of(cast, longer())
    seen = draft.revisions.get().sha256

    def change(days: int) -> Revision:
        return actions.change(
            actor=cast.actor(cast.lena),
            draft=draft,
            tables=longer(days),
            expected_sha256=seen,
            what=f"{days} days.",
            at=NOW,
        )

    said = at_once(lambda: change(70), lambda: change(80))
    assert sorted(word == "won" for word in said) == [False, True]
    assert draft.revisions.count() == 2


@pytest.mark.parametrize("round_", range(4))
def test_a_change_and_an_approval_or_a_publication(cast: Cast, round_: int) -> None:
    """Whatever comes first: nothing is in force that was not approved as it stands."""
    draft = rules.approved(cast, longer())
    approved = draft.revisions.get()

    def change() -> None:
        actions.change(
            actor=cast.actor(cast.lena),
            draft=draft,
            tables=longer(70),
            expected_sha256=approved.sha256,
            what="Longer.",
            at=NOW,
        )

    said = at_once(change, lambda: publish(cast, draft))
    assert sorted(word == "won" for word in said) == [False, True]
    published = Publication.objects.first()
    assert published is None or published.content_id == approved.sha256
    assert (published is None) == (draft.revisions.count() == 2)


def test_a_draft_is_published_once(cast: Cast) -> None:
    draft = rules.approved(cast, longer())
    said = at_once(lambda: publish(cast, draft), lambda: publish(cast, draft, 2))
    assert sorted(word == "won" for word in said) == [False, True]
    assert RulePack.objects.count() == 2


def test_of_two_drafts_from_the_same_rules_one_is_published(cast: Cast) -> None:
    first = rules.approved(cast, longer())
    second = rules.approved(cast, longer(70, version="1.4.0"))
    said = at_once(lambda: publish(cast, first), lambda: publish(cast, second, 2))
    assert sorted(word == "won" for word in said) == [False, True]
    assert RulePack.objects.count() == 2


@pytest.mark.parametrize("round_", range(6))
def test_whoever_hands_in_answers_while_rules_change_is_judged_by_the_new_ones(
    cast: Cast, round_: int
) -> None:
    """Under the old rules these answers are cleared; nobody may slip through between the two."""
    draft = rules.approved(cast, longer())
    who = factories.client(cast.riverside)
    answers = factories.intake(who, cast.pen, answers=ALL_CLEAR | RETINOL)

    def hand_in() -> None:
        intake.submit(actor=cast.actor(cast.fred), intake=answers, at=NOW, today=MONDAY)

    said = at_once(lambda: publish(cast, draft), hand_in)
    assert said[0] == "won"
    live = Screening.objects.filter(ended_at=None).first()
    if said[1] == "won":
        assert live is not None
        assert live.pack.version == "1.3.0"
    else:
        assert "renewed" in said[1]
        assert live is None
    assert not Clearance.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("round_", range(4))
def test_a_booking_made_while_rules_change_is_on_hold(cast: Cast, round_: int) -> None:
    old = submit(cast, factories.client(cast.riverside), **RETINOL)
    held = Clearance.objects.get()
    held.refresh_from_db()
    draft = rules.approved(cast, longer())

    def book() -> None:
        try:
            factories.appointment(cast, old.client, held=held)
        except Exception as error:
            raise Refused("no longer cleared") from error

    said = at_once(lambda: publish(cast, draft), book)
    assert said[0] == "won"
    assert not Clearance.objects.filter(ended_at=None).exists()
    assert set(Appointment.objects.values_list("status", flat=True)) <= {"ON_HOLD"}


def test_two_browsers_drive_one_simulation(cast: Cast) -> None:
    for number in range(6):
        who = factories.client(cast.riverside, first_name=f"C{number}")
        submit(cast, who, **RETINOL)
    lena = cast.actor(cast.lena)
    tried = actions.start_simulation(actor=lena, draft=rules.draft_of(cast, longer()), at=NOW)

    def drive() -> None:
        for _ in range(8):
            actions.advance(actor=lena, simulation=tried, at=NOW, most=1)

    assert at_once(drive, drive) == ["won", "won"]
    done = Simulation.objects.get()
    assert (done.finished, done.total, done.done, done.worse) == (True, 6, 6, 6)
    assert Difference.objects.count() == 6


def test_two_who_start_it_start_one(cast: Cast) -> None:
    lena, draft = cast.actor(cast.lena), rules.draft_of(cast, longer())

    def start() -> None:
        actions.start_simulation(actor=lena, draft=draft, at=NOW)

    assert at_once(start, start) == ["won", "won"]
    assert Simulation.objects.count() == 1


def test_who_screens_does_not_wait_for_others_who_screen_only_for_who_publishes(
    cast: Cast,
) -> None:
    def screen() -> None:
        with transaction.atomic():
            while_rules_stand()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            while_rules_stand()
            pool.submit(screen).result(5)
        with transaction.atomic():
            while_nobody_screens()
            waiting = pool.submit(screen)
            assert not wait([waiting], timeout=0.5).done
        waiting.result(5)
