"""Who fills in what: Maya's health questions for the pen, on Monday 1 June 2026."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake.models import Intake
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR

Filled = Callable[..., Intake]


@pytest.fixture
def cast(db: None) -> factories.Cast:
    """The whole cast."""
    return factories.cast()


@pytest.fixture
def maya(cast: factories.Cast) -> Client:
    """A client at Riverside."""
    return factories.client(cast.riverside)


@pytest.fixture
def fred(cast: factories.Cast) -> Actor:
    """The front desk."""
    return cast.actor(cast.fred)


@pytest.fixture
def filled(cast: factories.Cast, maya: Client) -> Filled:
    """`filled(rosacea="calm")`: Maya's open questionnaire, answered "nothing" but for these."""

    def make(**answers: Any) -> Intake:
        return factories.intake(maya, cast.pen, answers=ALL_CLEAR | answers)

    return make


@pytest.fixture
def signed_in(cast: factories.Cast, client: Browser) -> Callable[[Any], Browser]:
    """`signed_in(cast.fred)`: a browser of that person."""

    def enter(user: Any) -> Browser:
        client.force_login(user)
        return client

    return enter
