"""Links that a clinic on a port of its own hands out can be opened."""

import os

import pytest
from pytest_django import Settings

from clinic.core.management.commands.run_clinic import links_lead_here


def test_links_name_the_port_that_is_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    monkeypatch.setenv("PORT", "8000")
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    settings.CSRF_TRUSTED_ORIGINS = [settings.PUBLIC_URL]
    links_lead_here(8200)
    assert settings.PUBLIC_URL == "http://127.0.0.1:8200"
    assert settings.CSRF_TRUSTED_ORIGINS == ["http://127.0.0.1:8200"]
    assert os.environ["PORT"] == "8200"


def test_an_address_that_was_given_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://book.clinic.org")
    settings.PUBLIC_URL = "https://book.clinic.org"
    links_lead_here(8200)
    assert settings.PUBLIC_URL == "https://book.clinic.org"
