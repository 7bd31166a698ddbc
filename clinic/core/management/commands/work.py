"""`work`: the worker, which does what pages have queued."""

import os
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from clinic.core import jobs
from clinic.core.limits import Process, limit_to

PAUSE = 2.0  # seconds


class Command(BaseCommand):
    """Do jobs until told to stop, or until the process that started this one is gone."""

    help = "Do the slow and outside work that pages have queued."

    beat: Path | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` for a test or a cron job; `--beat` for a health check."""
        parser.add_argument("--beat", type=Path, help="a file to touch after each look for work")
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")

    def handle(self, *, once: bool, beat: Path | None = None, **options: Any) -> None:
        """Finishes the job in hand before it stops."""
        self.beat = beat
        limit_to(Process.WORKER)
        autodiscover_modules("jobs")
        if once:
            self._do_all(threading.Event())
            return
        stop = threading.Event()

        def tell(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, tell)
        parent = os.getppid()
        while not stop.is_set() and os.getppid() == parent:
            self._do_all(stop)
            stop.wait(PAUSE)

    def _do_all(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set() and jobs.do_one(at=timezone.now()):
                self._touch()
            self._touch()
        except OperationalError:
            # The database is away: no beat, so the health check tells; try again on a new one.
            connection.close()

    def _touch(self) -> None:
        if self.beat is not None:
            self.beat.touch()
