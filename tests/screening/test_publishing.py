"""A published pack never changes."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from screening.actions import ChangedAfterRelease, publish, publish_latest
from screening.models import RulePack
from screening.packs import latest
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_publishing_twice_changes_nothing() -> None:
    first, second = publish_latest(NOW), publish_latest(NOW)
    assert first == second
    assert (first.sha256, str(first)) == (latest().sha256, latest().id)


def test_the_same_version_with_other_content_is_refused() -> None:
    publish_latest(NOW)
    with pytest.raises(ChangedAfterRelease, match="other content"):
        publish(replace(latest(), sha256="f" * 64), at=NOW)


def test_the_command_says_what_it_published() -> None:
    out = StringIO()
    call_command("publish_pack", stdout=out)
    assert latest().id in out.getvalue()


def test_the_command_refuses_what_changed() -> None:
    name, version = latest().name, latest().version
    RulePack.objects.create(name=name, version=version, sha256="f" * 64, published_at=NOW)
    with pytest.raises(CommandError, match="other content"):
        call_command("publish_pack")
