"""Nobody puts their own change in force: attacks with SQL, as the role of the application."""

import pytest
from django.db import DatabaseError, transaction

from clinic.core.actor import Actor
from clinic.core.fields import acted_by
from clinic.packs import actions
from clinic.packs.models import Draft, Revision, Simulation
from screening.published import keep
from tests.clinic.packs.attacks import newest, refused, sign
from tests.clinic.packs.conftest import Submitted, longer
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE packs_revision SET sha256 = (SELECT min(sha256) FROM screening_packcontent)",
        "UPDATE packs_revision SET what = 'nothing'",
        "UPDATE packs_revision SET actor_id = 0",
        "DELETE FROM packs_revision",
        "UPDATE packs_draft SET version = '9.9.9'",
        "UPDATE packs_draft SET base_id = 0",
        "DELETE FROM packs_draft",
        "UPDATE packs_simulation SET revision_id = 0",
        "DELETE FROM packs_simulation",
        "UPDATE packs_difference SET direction = 'BETTER'",
        "DELETE FROM packs_difference",
        "UPDATE packs_approval SET note = 'x'",
        "DELETE FROM packs_approval",
        "UPDATE packs_publication SET published_at = now()",
        "DELETE FROM packs_publication",
        "UPDATE screening_packcontent SET text = '{}'",
        "DELETE FROM screening_packcontent",
        "UPDATE screening_rulepack SET sha256 = (SELECT min(sha256) FROM screening_packcontent)",
        "UPDATE screening_rulepack SET published_at = now()",
        "DELETE FROM screening_rulepack",
        "UPDATE intake_rescreening SET verdict = 'SAME'",
        "DELETE FROM intake_rescreening",
    ],
)
def test_what_was_added_stays(cast: Cast, submitted: Submitted, statement: str) -> None:
    submitted()
    rules.published(cast, longer())
    refused(statement, match="permission denied")


class TestApproval:
    def test_not_of_ones_own_change(self, draft: Draft, lena: Actor) -> None:
        tried = rules.simulated(lena, draft)
        with pytest.raises(DatabaseError, match="nobody approves their own change"):
            sign(draft, newest(draft), tried, lena)

    def test_not_by_who_changed_an_earlier_revision(
        self, draft: Draft, lena: Actor, lars: Actor
    ) -> None:
        actions.change(
            actor=lars,
            draft=draft,
            tables=longer(70),
            expected_sha256=newest(draft).sha256,
            what="Longer.",
            at=NOW,
        )
        tried = rules.simulated(lena, draft)
        for editor in (lena, lars):
            with pytest.raises(DatabaseError, match="nobody approves their own change"):
                sign(draft, newest(draft), tried, editor)

    def test_not_before_it_was_tried_to_the_end(
        self, draft: Draft, lena: Actor, lars: Actor
    ) -> None:
        begun = actions.start_simulation(actor=lena, draft=draft, at=NOW)
        with pytest.raises(DatabaseError, match="an_approval_follows_a_finished_simulation"):
            sign(draft, newest(draft), begun, lars)

    def test_not_on_the_trial_of_another_revision(
        self, draft: Draft, lena: Actor, lars: Actor
    ) -> None:
        tried, first = rules.simulated(lena, draft), newest(draft)
        second = actions.change(
            actor=lena,
            draft=draft,
            tables=longer(70),
            expected_sha256=first.sha256,
            what="Longer.",
            at=NOW,
        )
        with pytest.raises(DatabaseError, match="an_approval_follows_a_finished_simulation"):
            sign(draft, second, tried, lars)
        with pytest.raises(DatabaseError, match="only the newest revision"):
            sign(draft, first, tried, lars)

    def test_not_of_another_hash(self, draft: Draft, lena: Actor, lars: Actor) -> None:
        tried, other = rules.simulated(lena, draft), keep(longer(99)).sha256
        with pytest.raises(DatabaseError, match="an_approval_is_of_a_revision_as_it_stands"):
            sign(draft, newest(draft), tried, lars, content_id=other)

    def test_only_by_a_clinical_lead(self, draft: Draft, lena: Actor, lars: Actor) -> None:
        tried = rules.simulated(lena, draft)
        with pytest.raises(DatabaseError, match="only_a_clinical_lead_approves"):
            sign(draft, newest(draft), tried, lars, role="manager")

    def test_once_per_revision(self, cast: Cast, submitted: Submitted, lars: Actor) -> None:
        draft = rules.approved(cast, longer())
        tried = Simulation.objects.get()
        with pytest.raises(DatabaseError, match="packs_approval_revision_id"):
            sign(draft, newest(draft), tried, lars)


class TestSimulation:
    def test_it_does_not_begin_finished(self, draft: Draft, lena: Actor) -> None:
        for fields in ({"finished_at": NOW}, {"done_id": 1}, {"done": 1}):
            with (
                pytest.raises(DatabaseError, match="begins at the beginning"),
                transaction.atomic(),
            ):
                Simulation.objects.create(
                    revision=newest(draft),
                    started_at=NOW,
                    until_id=1,
                    total=1,
                    **fields,
                    **acted_by(lena),
                )

    def test_it_leaves_nobody_out(self, draft: Draft, lena: Actor) -> None:
        begun = actions.start_simulation(actor=lena, draft=draft, at=NOW)
        refused(
            "UPDATE packs_simulation SET finished_at = now() WHERE id = %s",
            begun.pk,
            match="leaves nobody out",
        )

    @pytest.mark.parametrize(
        "past",
        [
            "done_id = (SELECT max(id) FROM intake_screening)",
            "done = total",
            "done_id = (SELECT max(id) FROM intake_screening) - 1, done = total",
            "done_id = (SELECT max(id) FROM intake_screening), done = total + 1",
            "done_id = until_id, until_id = until_id + 1, done = total",
        ],
    )
    def test_it_does_not_finish_before_it_has_counted_to_the_end(
        self, draft: Draft, lena: Actor, past: str
    ) -> None:
        begun = actions.start_simulation(actor=lena, draft=draft, at=NOW)
        assert begun.total == 1
        refused(
            f"UPDATE packs_simulation SET finished_at = now(), {past} WHERE id = %s",
            begun.pk,
            match="leaves nobody out",
        )

    def test_it_does_not_count_backwards(self, draft: Draft, lena: Actor) -> None:
        begun = actions.start_simulation(actor=lena, draft=draft, at=NOW)
        actions.advance(actor=lena, simulation=begun, at=NOW)
        refused("UPDATE packs_simulation SET done = 0", match="only goes on")

    def test_it_never_goes_back_nor_on_once_it_is_finished(self, draft: Draft, lena: Actor) -> None:
        tried = rules.simulated(lena, draft)
        refused("UPDATE packs_simulation SET worse = 0", match="stays as it is")
        assert tried.worse == 0


def test_revisions_are_made_by_people_and_follow_each_other(draft: Draft, lena: Actor) -> None:
    content = keep(longer(33))
    for number, who, told in (
        (3, acted_by(lena), "revisions follow each other"),
        (1, acted_by(lena), "revisions follow each other"),
        (2, {"actor_kind": "system", "actor_name": "Cleared"}, "a_person_makes_a_revision"),
    ):
        with pytest.raises(DatabaseError, match=told), transaction.atomic():
            Revision.objects.create(
                draft=draft, number=number, content=content, what="x", made_at=NOW, **who
            )
