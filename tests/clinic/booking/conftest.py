"""Who the booking tests are about."""

import pytest

from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.factories import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return make.client(cast.riverside)


@pytest.fixture
def held(cast: Cast, maya: Client) -> Clearance:
    """Maya's clearance for the pen, from Monday 1 June for 30 days."""
    return make.clearance(maya, cast.pen)
