"""A run of the tests that is interrupted leaves no server and no folder behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from tests.screening.amounts import rounds

SERIAL: list[str] = []
PARALLEL = ["-n", "1"]
PATIENCE = 240.0  # seconds, on a busy machine


WAYS = [
    (SERIAL, "run", signal.SIGINT),
    (SERIAL, "run", signal.SIGTERM),
    (PARALLEL, "run", signal.SIGINT),
    (PARALLEL, "worker", signal.SIGTERM),
]
if rounds(1) > 1:
    WAYS += [(SERIAL, "run", signal.SIGKILL), (PARALLEL, "run", signal.SIGTERM)]


@pytest.mark.parametrize(("options", "whom", "number"), WAYS)
def test_nothing_is_left(
    options: list[str], whom: str, number: signal.Signals, tmp_path: Path, inner: Path
) -> None:
    told = tmp_path / "told"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--maxfail=1"]
    with subprocess.Popen(
        [*command, *options, "tests/house/interrupted.py"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "TMPDIR": str(inner), "TELL": str(told)},
        stdout=subprocess.DEVNULL,
    ) as run:
        _until(lambda: run.poll() is not None or (told.exists() and told.read_text() != ""))
        assert run.poll() is None
        tester = int(told.read_text())
        database = f"cleared_test_{tester}"
        assert _left(inner, database)
        os.kill(tester if whom == "worker" else run.pid, number)
        run.wait(PATIENCE)
    _until(lambda: not _left(inner, database))


@pytest.fixture
def inner() -> Path:
    """Where the interrupted run makes its folder: in ours, as far up as can be."""
    folder = settings.TEST_FOLDER
    outermost = next(p for p in (*reversed(folder.parents), folder) if "cleared-" in p.name)
    inner = Path(outermost, f"i{os.getpid()}")
    inner.mkdir(exist_ok=True)
    return inner


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def _left(folder: Path, database: str) -> list[str]:
    """Folders, processes and databases of that run."""
    left = [path.name for path in folder.iterdir()]
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if str(folder) in " ".join([*process.cmdline(), *process.environ().values()]):
                left.append(f"{process.pid} {process.name()}")
    if settings.TEST_DATABASE_URL:
        with psycopg.connect(settings.TEST_DATABASE_URL) as server:
            found = server.execute("SELECT datname FROM pg_database WHERE datname = %s", [database])
            left += [name for (name,) in found]
    return left
