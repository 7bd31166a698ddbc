"""Settings of the tests: the clinic's own, on a database that is thrown away.

TEST_DATABASE_URL, when set, is a role of another PostgreSQL that may create roles and databases;
without it the tests start an embedded server of their own in a temporary folder. Each process of a
run in parallel has its own.
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url

# Nothing of the person's own environment reaches the tests, nor do the tests reach `.local/`.
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "ALLOWED_HOSTS", "PUBLIC_URL", "DEBUG", "PORT"):
    os.environ.pop(_name, None)
os.environ |= {
    "SECRET_KEY": "a key for tests only, which signs nothing that anybody will ever rely on",
    "EMAIL_URL": "console:",
    "TIME_ZONE": "Europe/London",
    # Playwright keeps an event loop in the thread that the tests run in.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

from clinic.config.settings import *  # noqa: E402, F403 - the environment comes first
from clinic.config.settings import DATABASES  # noqa: E402

TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "")
# All that this process makes; `tests.caretaker` removes it. A short name: paths of sockets are.
TEST_FOLDER = Path(tempfile.gettempdir()) / f"cleared-{os.getpid()}"

# What is thrown away need not survive a power cut.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _embedded(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"DATA_DIR": TEST_FOLDER / "postgresql", "SERVER_SETTINGS": _HASTY}


def _given(alias: str, password: str) -> dict[str, Any]:
    role = {"default": "app", "owner": "owner"}[alias]
    names = {"USER": f"cleared_test_{role}_{os.getpid()}", "NAME": f"cleared_test_{os.getpid()}"}
    return {**dj_database_url.parse(TEST_DATABASE_URL), **names, "PASSWORD": password}


_password = secrets.token_urlsafe()
for _alias, _entry in list(DATABASES.items()):
    DATABASES[_alias] = _given(_alias, _password) if TEST_DATABASE_URL else _embedded(_entry)
DATABASE_APP_ROLE = DATABASES["default"]["USER"]

# Weak on purpose: thousands of sign-ins. One test of accounts asks the real list.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
