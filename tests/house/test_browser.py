"""The browser of the journeys: there, offline, and watching."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium_path, watch


def test_a_page_opens(page: Page) -> None:
    answer = page.goto("/readyz")
    assert answer is not None
    assert answer.text() == "ready\n"


def test_a_machine_without_chromium_fails_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="chromium"):
        chromium_path()


@pytest.mark.parametrize("host", ["elsewhere.example", "192.0.2.1"])
def test_another_host_is_told_of_and_never_reached(browser: Browser, host: str) -> None:
    problems: list[str] = []
    with browser.new_context() as context:
        watch(context, "http://localhost:1", problems)
        context.new_page().set_content(f"<img src='http://{host}/x.png'>")
    assert problems[0] == f"asked another host: http://{host}/x.png"
    assert any("ERR_NAME_NOT_RESOLVED" in one for one in problems[1:]), problems
