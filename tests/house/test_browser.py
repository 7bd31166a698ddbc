"""The browser of the journeys: there, offline, and watching."""

import pytest
from playwright.sync_api import Page

from tests.browser import chromium_path


def test_a_page_opens(page: Page) -> None:
    answer = page.goto("/readyz")
    assert answer is not None
    assert answer.text() == "ready\n"


def test_a_machine_without_chromium_fails_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="chromium"):
        chromium_path()
