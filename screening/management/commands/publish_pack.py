"""`publish_pack`: put this release's rule pack in force where there is none yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from screening.actions import ChangedAfterRelease, publish_latest
from screening.packs import latest


class Command(BaseCommand):
    """Idempotent: run it as often as you like."""

    help = "Put the newest rule pack of this release in force, unless there are rules in force."

    def handle(self, **options: Any) -> None:
        """Print what is in force; fail when a published version has changed.

        A later release's pack is only named: it is brought in, tried and approved in the product.
        """
        try:
            row = publish_latest(timezone.now())
        except ChangedAfterRelease as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row} is published")
        if _numbers(latest().version) > _numbers(row.version):
            self.stdout.write(f"{latest().id} comes with this release: bring it in on “Rule packs”")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
