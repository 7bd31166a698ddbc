"""The clinic behind its own server, on a port of this machine, with few threads."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections

from clinic.core.buffered_worker import Threads, look, open_server
from clinic.core.limits import Process, limit_to

THREADS = 2


@contextmanager
def clinic_served() -> Iterator[int]:
    """Its port. The database's limits are those of the web."""
    entry = connections["default"].settings_dict
    before = {"OPTIONS": dict(entry["OPTIONS"]), "CONN_MAX_AGE": entry["CONN_MAX_AGE"]}
    limit_to(Process.WEB)
    entry["CONN_MAX_AGE"] = 0  # nothing stays open in a thread that ends
    listener = socket.create_server(("127.0.0.1", 0))
    threads, sockets, stop = Threads(THREADS), dict[int, Any](), threading.Event()
    open_server(get_wsgi_application(), listener, threads, sockets)

    def serve() -> None:
        while not stop.is_set():
            look(sockets)

    server = threading.Thread(target=serve)
    server.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        server.join()
        threads.shutdown(timeout=10)
        for one in list(sockets.values()):
            one.close()
        listener.close()
        entry.update(before)
        connections.close_all()


def get(
    port: int, path: str, *, seconds: float = 5, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of a page; TimeoutError if it does not come in time."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        asking.request("GET", path, headers=headers)
        answer = asking.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        asking.close()
