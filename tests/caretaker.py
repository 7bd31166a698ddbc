"""Sees to it that a run of the tests leaves nothing behind, however it ends.

Everything that a process of the tests makes lies in one folder, and every process that it starts
bears that folder in its environment. A caretaker of its own waits for its end, be it of
its own accord, by Ctrl-C or by `kill -9`; then it ends what still runs and removes the folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from psycopg import sql

MARK = "CLEARED_TEST_RUN"
PATIENCE = 5.0  # seconds that a process has to end before it is killed


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before pytest makes a temporary folder: it is to lie in ours."""
    folder = settings.TEST_FOLDER
    folder.mkdir(mode=0o755)
    os.environ |= {MARK: str(folder), "TMPDIR": str(folder)}
    tempfile.tempdir = None  # asked again
    if not config.option.basetemp:
        config.option.basetemp = str(folder / "t")  # short: a socket's path has 107 characters
    # Registered first, run last: whatever else ends with this process has ended before.
    atexit.register(_watch(folder).communicate)


def _watch(folder: Path) -> subprocess.Popen[bytes]:
    names = [settings.DATABASES["default"][part] for part in ("NAME", "USER")]
    names.append(settings.DATABASES["owner"]["USER"])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.caretaker", str(folder), *names],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,  # closed when we end, in whatever way
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C goes to the terminal's whole group
    )


def drop(server: psycopg.Connection, database: str, *roles: str) -> None:
    """Remove a database that was made on a given server, and its roles."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(statement.format(sql.Identifier(database)))
    for role in roles:
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def tidy(folder: Path) -> None:
    """End every process of a run, its servers first, and remove its folder."""
    for server in _servers(folder):
        with suppress(psutil.NoSuchProcess):
            server.send_signal(3)  # SIGQUIT: at once, with all its children
    found = [*_servers(folder), *_marked(folder)]
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in psutil.wait_procs(found, timeout=PATIENCE)[1]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _servers(folder: Path) -> list[psutil.Process]:
    found = []
    for file in folder.rglob("postmaster.pid"):
        with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
            process = psutil.Process(int(file.read_text().split()[0]))
            if process.name() == "postgres":
                found.append(process)
    return found


def _marked(folder: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            mark = process.environ().get(MARK)
            if mark and process.pid != os.getpid() and Path(mark).is_relative_to(folder):
                yield process


def main(folder: str, *names: str) -> None:
    """Wait for the end of whoever started this process; then tidy up after it."""
    sys.stdin.buffer.read()
    tidy(Path(folder))
    if url := os.environ.get("TEST_DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as server:
            drop(server, *names)


if __name__ == "__main__":
    main(*sys.argv[1:])
