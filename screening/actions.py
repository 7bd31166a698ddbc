"""Publishing rule packs: from files of this release to rows that answers refer to."""

from datetime import datetime

from screening.engine import Pack
from screening.models import RulePack
from screening.packs import latest


class ChangedAfterRelease(Exception):
    """A pack of this version was published before with other content."""


def publish(pack: Pack, *, at: datetime) -> RulePack:
    """Register a pack by name, version and hash; a second time changes nothing.

    Raises ChangedAfterRelease when the same version was published with another hash.
    """
    row, _ = RulePack.objects.get_or_create(
        name=pack.name,
        version=pack.version,
        defaults={"sha256": pack.sha256, "published_at": at},
    )
    if row.sha256 != pack.sha256:
        raise ChangedAfterRelease(f"{pack.id} was published with other content: give it a version")
    return row


def publish_latest(at: datetime) -> RulePack:
    """Publish the newest pack of this release."""
    return publish(latest(), at=at)
