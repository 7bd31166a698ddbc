"""The plain tables of the pack that comes with the release."""

import tomllib
from functools import cache
from typing import Any

import pytest

from screening.packs import CONTENT

Tables = dict[str, dict[str, Any]]


@cache
def released() -> Tables:
    """Read once; never to be changed, only copied."""
    folder = CONTENT / "microneedling-1.0.0"
    return {path.stem: tomllib.loads(path.read_text()) for path in folder.glob("*.toml")}


@pytest.fixture
def tables() -> Tables:
    return released()
