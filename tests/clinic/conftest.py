"""What every test of the clinic may ask for."""

import pytest

from tests.factories import people


@pytest.fixture
def cast(db: None) -> people.Cast:
    """Everybody, at two sites (see `tests.factories.people`)."""
    return people.cast()
