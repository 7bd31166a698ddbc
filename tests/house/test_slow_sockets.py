"""Whoever sends slowly, or nothing, keeps nobody waiting; nor does a lock silence the checks."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.house.serving import clinic_served, get

pytestmark = pytest.mark.django_db(transaction=True)
SESSION = {"Cookie": "cleared_session=abcdefghijklmnopqrstuvwxyz012345"}
HEAD = b"POST /accounts/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n"

SLOW_APP = """
import time

def app(environ, start):
    time.sleep(1)
    start("200 OK", [])
    return [b"done"]
"""


@contextmanager
def held_sockets(port: int, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        held = []
        for _n in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(sent)
            held.append(one)
        yield held


@pytest.mark.parametrize("sent", [b"", HEAD, HEAD + b"\r\nnot all"], ids=["idle", "head", "body"])
def test_forty_slow_sockets_keep_nobody_waiting(sent: bytes) -> None:
    with clinic_served() as port, held_sockets(port, 40, sent) as held:
        for _n in range(3):
            for one in held if sent else []:
                one.sendall(b"x")
            assert get(port, "/healthz")[0] == 200
            assert get(port, "/accounts/sign-in")[0] == 200
            assert get(port, "/readyz")[0] == 200


def test_a_lock_that_holds_every_thread_silences_no_check(as_owner: psycopg.Connection) -> None:
    with clinic_served() as port, ThreadPoolExecutor(6) as pool, as_owner.transaction():
        as_owner.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        pages = [pool.submit(get, port, "/", seconds=20, **SESSION) for _n in range(6)]
        time.sleep(0.3)
        assert get(port, "/healthz", seconds=1)[0] == 200
        status, _headers, said = get(port, "/readyz", seconds=4)
        assert (status, said) == (
            503,
            "the database is busy: somebody else holds what the page needs\n",
        )
        first = pages[0].result(10)
        assert time.monotonic() - began < 5
        assert {page.result(20)[0] for page in pages} == {503}
    assert first[1]["Retry-After"] == "10"
    assert "somebody else holds what the page needs" in first[2]


def test_gunicorn_serves_with_it_and_finishes_what_was_begun(tmp_path: Path) -> None:
    (tmp_path / "slow_app.py").write_text(SLOW_APP)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "docker/gunicorn.conf.py"]
    bound = ["--bind", f"127.0.0.1:{port}", "--pythonpath", f"{tmp_path},{settings.BASE_DIR}"]
    with subprocess.Popen([*command, *bound, "slow_app:app"], cwd=settings.BASE_DIR) as server:
        try:
            _until_it_listens(port)
            with ThreadPoolExecutor(1) as pool:
                page = pool.submit(get, port, "/", seconds=20)
                time.sleep(0.5)
                server.terminate()
                assert page.result(20)[::2] == (200, "done")
            assert server.wait(20) == 0
        finally:
            server.kill()


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return
