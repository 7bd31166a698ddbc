"""A worker of gunicorn that takes a request only when all of it is here.

One thread of waitress reads and writes every socket, so that however many people send slowly, or
nothing at all, no thread that makes pages waits for them. Whether the clinic is alive and ready
is answered by threads of their own, also while every other one waits for a lock.
"""

import os
import time
from collections.abc import Callable
from socket import socket
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

RESERVED = ("/healthz", "/readyz")
LONGEST_BODY = 20 * 1024 * 1024  # bytes
SOCKETS = 2000
SILENCE = 60  # seconds that a socket may say nothing
TICK = 0.5  # seconds


class Threads:
    """Threads for pages, and one for each address of RESERVED."""

    def __init__(self, pages: int) -> None:
        self.pages = _threads(pages)
        self.reserved = {path: _threads(1) for path in RESERVED}

    def add_task(self, channel: Any) -> None:
        """What waitress calls when a request is complete."""
        path = getattr(channel.requests[0], "path", "") if channel.requests else ""
        self.reserved.get(path, self.pages).add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> None:  # noqa: FBT001, FBT002 - waitress's own
        """End the threads; what still waits is let go."""
        for threads in (self.pages, *self.reserved.values()):
            threads.shutdown(cancel_pending, timeout)


def _threads(count: int) -> Any:
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(count)
    return threads


class BufferedWorker(Worker):
    """gunicorn forks it, watches over it and tells it to stop; waitress serves in it."""

    def run(self) -> None:
        """Serve until told to stop, then finish what was begun."""
        threads = Threads(self.cfg.threads)
        sockets: dict[int, Any] = {}
        servers = [open_server(self.wsgi, one.sock, threads, sockets) for one in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self.notify()
            look(sockets)
        for server in servers:
            server.accepting = False
        until = time.monotonic() + self.cfg.graceful_timeout
        while _busy(sockets) and time.monotonic() < until:
            self.notify()
            look(sockets)
        threads.shutdown(timeout=0.1)


def open_server(
    wsgi: Callable[..., Any], listener: socket, threads: Threads, sockets: dict[int, Any]
) -> Any:
    """waitress on a socket that listens; `sockets` is what `look` looks after."""
    return create_server(
        wsgi,
        map=sockets,
        _dispatcher=threads,
        sockets=[listener],
        clear_untrusted_proxy_headers=False,  # whom to believe is Django's setting
        connection_limit=SOCKETS,
        channel_timeout=SILENCE,
        max_request_body_size=LONGEST_BODY,
        ident="",
    )


def look(sockets: dict[int, Any]) -> None:
    """Read and write once what can be read and written."""
    wasyncore.loop(timeout=TICK, use_poll=True, map=sockets, count=1)


def _busy(sockets: dict[int, Any]) -> bool:
    return any(
        getattr(one, "requests", None) or getattr(one, "total_outbufs_len", 0)
        for one in list(sockets.values())
    )
