"""`fill_facts`: the facts of screenings from before they were kept."""

from typing import Any

from django.core.management.base import BaseCommand

from clinic.intake.backfilling import fill_facts


class Command(BaseCommand):
    """Idempotent, and may be stopped at any time. Until it has run, such screenings are judged
    one by one whenever rules change: slower, and never wrong."""

    help = "Add the row of facts of every screening that has none."

    def handle(self, **options: Any) -> None:
        """Print how many rows there are to date."""
        filled = 0
        for count in fill_facts():
            filled += count
            self.stdout.write(f"{filled} filled")
        self.stdout.write("Every screening has its facts.")
