"""The demo names one address of every page, and each opens for the role it names."""

from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client as Browser
from django.urls import get_resolver

from clinic.accounts.models import User
from clinic.clients.forms import BirthdayForm
from clinic.journey.demo.examples import UNTOLD, named
from clinic.journey.demo.running import Made
from clinic.journey.demo.telling import tell
from tests.clinic.journey.demo import demo, now, undone

__all__ = ["demo", "now"]

Told = dict[str, Any]


@pytest.fixture(scope="module")
def told(demo: Made, now: datetime) -> Told:
    """What `seed_demo --json` prints."""
    return tell(demo, now)


def test_every_page_has_an_example(told: Told) -> None:
    """A new page fails here until `clinic/journey/demo/pages.py` knows what to show it with."""
    pages = {name for name, _ in named(get_resolver())} - UNTOLD
    assert pages == {one["page"] for one in told["addresses"]}


def test_each_page_opens_for_its_role(told: Told) -> None:
    people = {(user["site"], user["role"]): user["email"] for user in reversed(told["users"])}
    closed = []
    for one in told["addresses"]:
        browser = Browser()
        with undone():
            if (one["site"], one["role"]) in people:
                email = people[one["site"], one["role"]]
                browser.force_login(User.objects.get(email=email))
            status = _open(browser, one)
        if status != 200:
            closed.append((one["page"], one["url"], status))
    assert not closed


def _open(browser: Browser, one: Told) -> int:
    if one["date_of_birth"]:
        born = date.fromisoformat(one["date_of_birth"])
        opened = browser.post(one["url"], {BirthdayForm.born_field: f"{born:%d/%m/%Y}"})
        if one["page"] == "clients:link":  # only leads on to the page that asks
            return 200 if browser.get(one["url"]).status_code == 302 else 0
        assert opened.status_code == 302, one["page"]
    if one["method"] == "POST":
        # It acts; that it is there for this role, or says why not now, is enough here.
        return 200 if browser.get(one["url"]).status_code in (405, 409) else 0
    return browser.get(one["url"], follow=True).status_code


def test_the_passwords_are_those_that_are_told(told: Told) -> None:
    for user in told["users"][:2]:
        found = authenticate(None, username=user["email"], password=user["password"])
        assert isinstance(found, User)
        assert user["one_time_code_secret"] is None
