"""DATABASES: `default` signs in as the application's role, `owner` as the role that migrates."""

from pathlib import Path
from typing import Any

import dj_database_url

from clinic.config.env import Environment
from clinic.core import embedded
from clinic.core.limits import Process

KEEP_OPEN = 600  # seconds; opening a connection costs about 4 ms a request


def databases(env: Environment, *, data: Path) -> dict[str, dict[str, Any]]:
    """The two entries; `owner` is missing where DATABASE_OWNER_URL is not given."""
    if env.database_url is None:
        found = {
            "default": _embedded(embedded.APP, data),
            "owner": _embedded(embedded.OWNER, data),
        }
    else:
        urls = {"default": env.database_url, "owner": env.database_owner_url}
        found = {alias: _served(url) for alias, url in urls.items() if url}
    for alias, entry in found.items():
        process = Process.MIGRATE if alias == "owner" else Process.COMMAND
        entry["OPTIONS"] = {**entry.get("OPTIONS", {}), **process.options}
    return found


def _embedded(role: str, data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "clinic.core.embedded_backend",
        "NAME": embedded.DATABASE,
        "USER": role,
        "DATA_DIR": data,
        "CONN_MAX_AGE": KEEP_OPEN,
        "CONN_HEALTH_CHECKS": True,
    }


def _served(url: str) -> dict[str, Any]:
    return {**dj_database_url.parse(url, conn_max_age=KEEP_OPEN, conn_health_checks=True)}
