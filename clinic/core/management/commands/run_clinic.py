"""`run_clinic`: everything behind `make run`."""

import atexit
import contextlib
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application

from clinic.core.assets import collect_if_changed
from clinic.core.limits import Process, limit_to
from clinic.core.web import LocalServer

DEMO = "demo.json"


def links_lead_here(port: int) -> None:
    """Links that are handed out name the port that is served, unless PUBLIC_URL was given.

    The worker, another process, reads it from `PORT`.
    """
    if os.environ.get("PUBLIC_URL", "").strip():
        return
    os.environ["PORT"] = str(port)
    settings.PUBLIC_URL = f"http://127.0.0.1:{port}"
    settings.CSRF_TRUSTED_ORIGINS = [settings.PUBLIC_URL]


class Command(BaseCommand):
    """Migrate, load the demo on the first start, serve until Ctrl-C."""

    help = "Run the clinic on this machine: migrate, load the demo once, serve."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--port`, and `--no-demo` for an empty clinic."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *, port: int, no_demo: bool, **options: Any) -> None:
        """Ends the process: by the server when it is told to stop."""
        self._port_is_free(port)
        links_lead_here(port)
        local = Path(settings.LOCAL_DIR)
        local.mkdir(exist_ok=True)
        self._say("Preparing the database …")
        call_command("migrate", verbosity=0)
        for content in ("publish_pack", "publish_consent"):
            call_command(content, stdout=io.StringIO())
        demo = {} if no_demo else self._demo(local / DEMO)
        if collect_if_changed(local / "static.stamp"):
            self._say("Collected the static files.")
        application = get_wsgi_application()
        limit_to(Process.WEB)
        LocalServer(application, port=port, ready=lambda: self._welcome(port, demo)).run()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _port_is_free(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CommandError(
                    f"Port {port} is taken. Choose another: make run PORT={port + 1}"
                ) from None

    def _start_worker(self) -> None:
        worker = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "work"])

        here = os.getpid()

        def end() -> None:
            if os.getpid() != here:  # a web process, forked later, ends before the clinic does
                return
            worker.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=5)

        atexit.register(end)

    def _demo(self, kept: Path) -> dict[str, Any]:
        """What `seed_demo --json` told at the first start; empty where the data is not a demo."""
        if not kept.exists():
            self._say("Loading the demo clinic, this once …")
            told = io.StringIO()
            call_command("seed_demo", "--clients", "60", "--if-empty", "--json", stdout=told)
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(told.getvalue().strip() or "{}")
        demo: dict[str, Any] = json.loads(kept.read_text())
        return demo

    def _welcome(self, port: int, demo: dict[str, Any]) -> None:
        self._start_worker()
        self._say(f"\nCleared is running at http://127.0.0.1:{port}/   (Ctrl-C stops it)\n")
        users = demo.get("users", [])
        if users:
            self._say("Demo sign-ins:")
        for user in users:
            who = f"{user['role']}, {user['site']}"
            self._say(f"  {who:36} {user['email']:36} {user['password']}")
