"""The plain tables of the pack that comes with the release."""

from functools import cache
from typing import Any

import pytest

from tests.screening.cases import bare_tables

Tables = dict[str, dict[str, Any]]


@cache
def released() -> Tables:
    """Read once; never to be changed, only copied."""
    return bare_tables()


@pytest.fixture
def tables() -> Tables:
    return released()
