"""Who the booking tests are about, and when their pages are opened."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client as Browser

from clinic.accounts.models import User
from clinic.clients.models import Client
from clinic.intake.models import Clearance
from tests import factories as make
from tests.factories import NOW, Cast

SignIn = Callable[[User], Browser]


@pytest.fixture
def maya(cast: Cast) -> Client:
    return make.client(cast.riverside)


@pytest.fixture
def held(cast: Cast, maya: Client) -> Clearance:
    """Maya's clearance for the pen, from Monday 1 June for 30 days."""
    return make.clearance(maya, cast.pen)


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """It is Monday 1 June 2026, nine o'clock; `move_to` another moment."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(monday: time_machine.Traveller) -> SignIn:
    """A browser in which that person is signed in."""

    def signed_in(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return signed_in
