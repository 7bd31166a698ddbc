"""The web server of `make run`: gunicorn inside the process that holds the embedded PostgreSQL."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication

MEMORY = Path("/dev/shm")  # noqa: S108 - only a heartbeat file, which a slow disk would delay


class LocalServer(BaseApplication):
    """Serves `application` on 127.0.0.1 until Ctrl-C, hang-up or SIGTERM, then ends the process."""

    def __init__(self, application: Callable[..., Any], *, port: int, ready: Callable[[], None]):
        self.application = application
        self.port = port
        self.ready = ready
        super().__init__()

    def load_config(self) -> None:
        """The options; the environment and gunicorn's own files have no say."""
        options = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 2,
            "worker_class": "clinic.core.buffered_worker.BufferedWorker",
            "threads": 4,
            "graceful_timeout": 3,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self._when_ready,
            "post_worker_init": _leave_ctrl_c_to_the_master,
        }
        if MEMORY.is_dir():
            options["worker_tmp_dir"] = str(MEMORY)
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The WSGI application, loaded before the workers were forked."""
        return self.application

    def _when_ready(self, server: object) -> None:
        # A closed terminal means "stop", not gunicorn's "reload".
        signal.signal(signal.SIGHUP, _terminate)
        self.ready()


def _leave_ctrl_c_to_the_master(worker: object) -> None:
    # The terminal sends it to all; the master then tells each worker once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _terminate(number: int, frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
