"""The embedded PostgreSQL keeps what it was given, also after being stopped the hard way."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from clinic.core import embedded

ADD_ONE = """
import os, pathlib, sys, psycopg
from clinic.core import embedded
host = embedded.attach(pathlib.Path(sys.argv[1]))
owner = psycopg.connect(host=host, user=embedded.OWNER, dbname=embedded.DATABASE, autocommit=True)
owner.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
owner.execute("INSERT INTO kept VALUES (1)")
print(owner.execute("SELECT count(*) FROM kept").fetchone()[0], flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgresql"
    embedded.attach(tmp_path / "postgresql")
    embedded.stop(tmp_path / "postgresql")


def _add_one(folder: Path, ending: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", ADD_ONE, str(folder), ending], stdout=subprocess.PIPE, check=False
    )
    return int(told.stdout)


def _running(folder: Path) -> bool:
    return (folder / "postmaster.pid").exists()


def test_the_server_stops_with_its_last_user_and_keeps_the_data(folder: Path) -> None:
    assert _add_one(folder, "ended") == 1
    assert not _running(folder)
    assert _add_one(folder, "ended") == 2


def test_a_killed_user_neither_loses_data_nor_keeps_the_server_running(folder: Path) -> None:
    assert _add_one(folder, "killed") == 1
    assert _running(folder)
    assert _add_one(folder, "ended") == 2
    assert not _running(folder)


def test_only_its_own_person_can_open_the_socket(folder: Path) -> None:
    host = embedded.attach(folder)
    with psycopg.connect(host=host, user=embedded.APP, dbname=embedded.DATABASE) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()
        verbosity = connection.execute("SHOW log_error_verbosity").fetchone()
    assert listening == ("",)
    assert verbosity == ("terse",)
