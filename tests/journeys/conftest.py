"""The clinic on a Monday morning in June 2026, and three people with a browser each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from clinic.consent.actions import publish_text
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from tests.browser import Axe
from tests.factories import MONDAY, NOW, Cast, people
from tests.factories.days import at
from tests.journeys.client import PHONE, Client
from tests.journeys.clock import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.person import Person, assert_addresses_say_nothing
from tests.journeys.practitioner import TABLET, Practitioner
from tests.journeys.walk import Walk

Browsers = Callable[..., Any]
LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(at(MONDAY, 9), tick=True) as travel:
        yield Clock(travel)


@pytest.fixture
def cast(transactional_db: None, live_server: Any, settings: Any) -> Cast:
    """Everybody at work, with content published and links that lead to this server."""
    settings.PUBLIC_URL = live_server.url
    people.pack()
    publish_text(actor=SYSTEM, text=current(), at=NOW)
    return people.cast()


@pytest.fixture
def browsers(new_page: Callable[..., Page], axe: Axe, clock: Clock) -> Iterator[Callable[..., Any]]:
    """`browsers(FrontDesk, "desk", viewport=…)`: a person; at the end their addresses are read."""
    made: list[Person] = []

    def open_for(who: type[Person], name: str, **options: Any) -> Person:
        scripts = options.get("java_script_enabled", True)
        person = who(new_page(**options), axe, name, scripts=scripts)
        person.takes = clock.goes_on
        made.append(person)
        return person

    yield open_for
    for person in made:
        if person.addresses and person.scripts:
            person.picture("in the end")
        assert_addresses_say_nothing(person)


@pytest.fixture
def desk(cast: Cast, clock: Clock, browsers: Callable[..., Any]) -> Any:
    return browsers(FrontDesk, "desk", viewport=LAPTOP)


@pytest.fixture
def practitioner(cast: Cast, clock: Clock, browsers: Callable[..., Any]) -> Any:
    return browsers(Practitioner, "practitioner", viewport=TABLET)


@pytest.fixture
def phone(cast: Cast, clock: Clock, browsers: Callable[..., Any]) -> Any:
    return browsers(Client, "phone", viewport=PHONE, has_touch=True)


@pytest.fixture
def walk(desk: FrontDesk, phone: Client, practitioner: Practitioner, clock: Clock) -> Walk:
    return Walk(desk=desk, phone=phone, practitioner=practitioner, clock=clock)
