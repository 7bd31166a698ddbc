"""Publishing the rule pack that comes with this release."""

from datetime import datetime

from screening.models import RulePack
from screening.packs import Tables, latest, pack_from, tables_of
from screening.published import keep, newest_row


class ChangedAfterRelease(Exception):
    """A pack of this version was published before with other content."""


def publish(tables: Tables, *, at: datetime) -> RulePack:
    """Register a pack by name, version and content; a second time changes nothing.

    PackError if it is not sound; ChangedAfterRelease when the same version was published with
    other content.
    """
    pack = pack_from(tables)
    row, _ = RulePack.objects.get_or_create(
        name=pack.name,
        version=pack.version,
        defaults={"content": keep(tables), "published_at": at},
    )
    if row.sha256 != pack.sha256:
        raise ChangedAfterRelease(f"{pack.id} was published with other content: give it a version")
    return row


def publish_latest(at: datetime) -> RulePack:
    """The pack in force; the newest one of this release where there is none yet.

    A later release replaces nothing by itself: its pack is simulated and approved like any other.
    """
    pack = latest()
    row = newest_row(pack.name)
    if row is None or row.version == pack.version:
        return publish(tables_of(pack.id), at=at)
    return row
