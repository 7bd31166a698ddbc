"""A test that is interrupted, for `test_interrupted.py`; collected only by name."""

import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from clinic.core import embedded
from tests.database import database


def test_waits(tmp_path: Path, browser: Browser, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), database():
        connections["default"].ensure_connection()
        if not settings.TEST_DATABASE_URL:
            embedded.attach(tmp_path / "another")
        Path(tempfile.mkdtemp()).joinpath("file").write_text("left behind")
        Path(os.environ["TELL"]).write_text(str(os.getpid()))
        time.sleep(120)
