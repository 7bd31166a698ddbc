"""Nobody puts their own change in force: attacks with SQL, as the role of the application."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.core.actor import Actor
from clinic.core.fields import acted_by
from clinic.packs import actions
from clinic.packs.models import Approval, Draft, Publication, Revision, Simulation
from screening.models import PackContent, RulePack
from screening.published import keep
from tests.clinic.packs.conftest import Submitted, longer
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db


def attack(statement: str, *values: Any) -> None:
    """One statement, with every promise that is kept for the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(statement: str, *values: Any, match: str = "") -> None:
    with pytest.raises(DatabaseError, match=match):
        attack(statement, *values)


@pytest.fixture
def draft(cast: Cast, submitted: Submitted) -> Draft:
    """Lena's draft, tried on nobody yet."""
    submitted()
    return rules.draft_of(cast, longer())


def newest(draft: Draft) -> Revision:
    return draft.revisions.order_by("-number")[0]


def sign(draft: Draft, revision: Revision, simulation: Simulation, by: Actor, **fields: Any) -> Any:
    """An approval written past the action."""
    values: dict[str, Any] = {
        "draft": draft,
        "revision": revision,
        "content_id": revision.sha256,
        "simulation": simulation,
        "user_id": by.id,
        "name": by.name,
        "role": "clinical_lead",
        "meaning": "I approve.",
        "note": "Seen.",
        "approved_at": NOW,
    }
    with transaction.atomic():
        return Approval.objects.create(**(values | fields))


def put_in_force(draft: Draft, **fields: Any) -> None:
    """A publication written past the action."""
    with transaction.atomic():
        row = RulePack.objects.create(
            name=fields.get("name", draft.name),
            version=fields.get("version", draft.version),
            content_id=fields.get("content_id", newest(draft).sha256),
            published_at=fields.pop("published_at", rules.LATER),
        )
        values: dict[str, Any] = {
            "draft": draft,
            "approval": Approval.objects.filter(draft=draft).order_by("-pk").first(),
            "name": draft.name,
            "version": draft.version,
            "content_id": newest(draft).sha256,
            "applied": {},
            "published_at": rules.LATER,
        }
        Publication.objects.create(
            rule_pack=row, **(values | fields), actor_kind="staff", actor_id=1, actor_name="X"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


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

    def test_it_never_goes_back_nor_on_once_it_is_finished(self, draft: Draft, lena: Actor) -> None:
        tried = rules.simulated(lena, draft)
        refused("UPDATE packs_simulation SET worse = 0", match="stays as it is")
        assert tried.worse == 0


class TestPublication:
    def test_nothing_without_an_approval(self, draft: Draft, lena: Actor) -> None:
        rules.simulated(lena, draft)
        with pytest.raises(DatabaseError):
            put_in_force(draft)

    def test_not_after_the_draft_was_changed_again(self, cast: Cast, lena: Actor) -> None:
        draft = rules.approved(cast, longer())
        approved = newest(draft)
        actions.change(
            actor=lena,
            draft=draft,
            tables=longer(90),
            expected_sha256=approved.sha256,
            what="Longer.",
            at=NOW,
        )
        for content_id in (approved.sha256, newest(draft).sha256):
            with pytest.raises(DatabaseError, match="only an approved newest revision"):
                put_in_force(draft, content_id=content_id)

    @pytest.mark.parametrize("fields", [{"version": "9.0.0"}, {"name": "other"}])
    def test_only_as_what_it_was_approved_as(self, cast: Cast, fields: dict[str, str]) -> None:
        draft = rules.approved(cast, longer())
        with pytest.raises(DatabaseError, match="a_publication_is_of_its_drafts_version"):
            put_in_force(draft, **fields)

    def test_only_the_content_that_was_approved(self, cast: Cast) -> None:
        draft = rules.approved(cast, longer())
        other = keep(longer(99)).sha256
        with pytest.raises(DatabaseError, match="a_publication_rests_on_an_approval"):
            put_in_force(draft, content_id=other)

    def test_a_draft_is_published_once(self, cast: Cast) -> None:
        draft = rules.approved(cast, longer())
        rules.published_only(cast, longer(80, version="1.3.0"))
        with pytest.raises(DatabaseError, match="other rules were published meanwhile"):
            put_in_force(draft)
        again = Draft.objects.get(version="1.3.0")
        with pytest.raises(DatabaseError, match="one_pack_per_version"):
            put_in_force(again)

    def test_what_was_published_is_not_set_aside(self, cast: Cast) -> None:
        rules.published(cast, longer())
        refused(
            "UPDATE packs_draft SET ended_at = now(), ended_by = 'X', ended_cause = 'Y'",
            match="the draft is not open",
        )

    def test_what_was_set_aside_is_not_taken_up_again(self, draft: Draft, lena: Actor) -> None:
        actions.discard(actor=lena, draft=draft, cause="Not needed.", at=NOW)
        refused("UPDATE packs_draft SET ended_at = NULL", match="what has ended stays ended")
        with pytest.raises(DatabaseError, match="the draft is not open"), transaction.atomic():
            Revision.objects.create(
                draft=draft,
                number=2,
                content=PackContent.objects.all()[0],
                what="More.",
                made_at=NOW,
                **acted_by(lena),
            )


class TestRulePack:
    INSERT = (
        "INSERT INTO screening_rulepack (name, version, sha256, published_at) "
        "SELECT %s, %s, sha256, now() FROM screening_packcontent LIMIT 1"
    )

    def test_a_second_pack_of_a_name_needs_an_approval(self, submitted: Submitted) -> None:
        submitted()
        refused(self.INSERT, "microneedling", "9.0.0", match="need no approval")
        attack(self.INSERT, "another", "1.0.0")
        refused(self.INSERT, "another", "1.0.1", match="need no approval")

    def test_two_at_once_are_refused_as_well(self, submitted: Submitted) -> None:
        submitted()
        values = "('new', '1.0.0'), ('new', '1.0.1')"
        refused(
            "INSERT INTO screening_rulepack (name, version, sha256, published_at) "
            f"SELECT v.*, (SELECT min(sha256) FROM screening_packcontent), now() "
            f"FROM (VALUES {values}) AS v",
            match="need no approval",
        )

    def test_an_approval_alone_puts_nothing_in_force(self, cast: Cast) -> None:
        draft = rules.approved(cast, longer())
        refused(self.INSERT, draft.name, draft.version, match="need no approval")


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
