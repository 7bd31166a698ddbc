"""A published pack never changes, and the database knows what it holds."""

from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from screening.actions import ChangedAfterRelease, publish, publish_latest
from screening.models import PackContent, RulePack
from screening.packs import latest, tables_of
from screening.published import newest_row, pack_of, tables_by
from tests.factories import NOW, cast, pack_with, rules

pytestmark = pytest.mark.django_db


def test_publishing_twice_changes_nothing() -> None:
    first, second = publish_latest(NOW), publish_latest(NOW)
    assert first == second
    assert (first.sha256, str(first)) == (latest().sha256, latest().id)


def test_what_was_published_is_read_from_the_database() -> None:
    row = publish_latest(NOW)
    assert tables_by(row.sha256) == tables_of(latest().id)
    assert pack_of(row).sha256 == row.sha256
    assert pack_of(row).rules == latest().rules


def test_the_same_version_with_other_content_is_refused() -> None:
    publish_latest(NOW)
    with pytest.raises(ChangedAfterRelease, match="other content"):
        publish(pack_with(version=latest().version, title="Other"), at=NOW)


def test_a_later_release_replaces_nothing_by_itself() -> None:
    own = publish(pack_with(version="1.0.5"), at=NOW)
    assert publish_latest(NOW + timedelta(days=1)) == own
    assert newest_row() == own


def test_the_pack_in_force_is_the_one_published_last() -> None:
    publish_latest(NOW)
    own = rules.published(cast(), rules.tables_in_force("9.0.0"))
    assert newest_row() == own
    assert publish_latest(NOW + timedelta(days=1)) == own


def test_the_database_refuses_content_that_is_not_what_its_hash_says() -> None:
    wrong = sha256(b"another").hexdigest()
    with pytest.raises(IntegrityError, match="a_pack_is_known_by_its_hash"), transaction.atomic():
        PackContent.objects.create(sha256=wrong, text="{}")


def test_the_command_says_what_it_published() -> None:
    out = StringIO()
    call_command("publish_pack", stdout=out)
    assert latest().id in out.getvalue()


def test_the_command_refuses_what_changed() -> None:
    publish(pack_with(version=latest().version, title="Other"), at=NOW)
    with pytest.raises(CommandError, match="other content"):
        call_command("publish_pack")
    assert RulePack.objects.count() == 1


def test_the_command_names_a_later_release_and_leaves_it_alone() -> None:
    rules.older_release()
    out = StringIO()
    call_command("publish_pack", stdout=out)
    first, second = out.getvalue().splitlines()
    assert first == f"microneedling@{rules.OLDER} is published"
    assert second.startswith(f"{latest().id} comes with this release")
    assert RulePack.objects.count() == 1
