"""`publish_pack`: register the rule pack of this release, after each migration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from screening.actions import ChangedAfterRelease, publish_latest


class Command(BaseCommand):
    """Idempotent: run it as often as you like."""

    help = "Register the newest rule pack of this release, so that clients can be screened by it."

    def handle(self, **options: Any) -> None:
        """Print the pack's name and version; fail when a published version has changed."""
        try:
            row = publish_latest(timezone.now())
        except ChangedAfterRelease as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row} is published")
