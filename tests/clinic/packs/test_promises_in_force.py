"""No rules come into force past the approval: attacks with SQL."""

import pytest
from django.db import DatabaseError, transaction

from clinic.core.actor import Actor
from clinic.core.fields import acted_by
from clinic.packs import actions
from clinic.packs.models import Draft, Revision
from screening.models import PackContent
from screening.published import keep
from tests.clinic.packs.attacks import attack, newest, put_in_force, refused
from tests.clinic.packs.conftest import Submitted, longer
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db


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
        rules.published_only(cast, longer(80, version="1.4.0"))
        with pytest.raises(DatabaseError, match="other rules were published meanwhile"):
            put_in_force(draft)
        again = Draft.objects.get(version="1.4.0")
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
