"""`seed_demo`: a clinic to try things in, on an ordinary day."""

import json as json_format
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from clinic.journey.demo.running import Made, RealData, seed_clinic, standing
from clinic.journey.demo.telling import table, tell

EVERY = 5.0  # seconds between two words of progress


class Command(BaseCommand):
    """Fill an empty database with a demo; the same seed on the same day gives the same data."""

    help = "Fill an empty database with a demo clinic: two sites, every role, clients everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many clients, from which seed, and how to tell."""
        parser.add_argument("--clients", type=int, default=60, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--json", action="store_true", help="users and addresses as JSON")
        parser.add_argument(
            "--if-empty", action="store_true", help="where there is a demo already, only tell"
        )

    def handle(
        self, *, clients: int, seed: int, json: bool, if_empty: bool, **options: Any
    ) -> None:
        """Exit 1 with one line where there is data already."""
        if not 0 <= clients <= 100_000:
            raise CommandError("--clients is a number from 0 to 100000")
        try:
            made = standing()
        except RealData:
            if if_empty:
                return
            raise CommandError("There are real records here, so no demo is loaded.") from None
        if made is not None and not if_empty:
            raise CommandError("There is a demo here already. For a new one, remove .local/ first.")
        made = made or self._seed(clients, seed)
        self._tell(made, as_json=json)

    def _seed(self, clients: int, seed: int) -> Made:
        started = said = time.monotonic()

        def progress(done: int, of: int) -> None:
            nonlocal said
            if time.monotonic() - said >= EVERY:
                said = time.monotonic()
                self.stderr.write(f"  {done} of {of} clients")

        made = seed_clinic(clients=clients, seed=seed, now=timezone.localtime(), progress=progress)
        self.stderr.write(
            f"  {clients} clients in {time.monotonic() - started:.0f} s"
            + (f", {made.broken_off} stories broke off" if made.broken_off else "")
        )
        return made

    def _tell(self, made: Made, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json_format.dumps(tell(made, timezone.now()), indent=2, ensure_ascii=False)
            )
        else:
            self.stdout.write(table(made))
