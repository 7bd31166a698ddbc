"""One demo for a whole test file, made once and taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from clinic.journey.demo import running
from clinic.journey.demo.running import Made, seed_clinic
from clinic.journey.demo.tales import TALES

CLIENTS = len(TALES) + 8


@pytest.fixture(scope="module")
def now() -> datetime:
    """The moment at which the demo is made."""
    return timezone.localtime()


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, now: datetime
) -> Iterator[Made]:
    """A demo of today with every story, and few papers, which are slow to draw."""
    patch = pytest.MonkeyPatch()
    patch.setattr(running, "MOST_PAPERS", 12)
    with django_db_blocker.unblock(), undone():
        yield seed_clinic(clients=CLIENTS, seed=7, now=now)
    patch.undo()


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is taken back, in which code may ask for one of its own."""
    block = transaction.atomic()
    vars(block)["_from_testcase"] = True  # as Django's own TestCase marks its block
    with block:
        yield
        transaction.set_rollback(True)
