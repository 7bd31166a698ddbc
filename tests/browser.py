"""A real browser for the journeys: Chromium, offline, judged by axe on request."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but the test server's leads anywhere. (Playwright's `route` would do it as well, but
    # stops every request on its way and switches the browser's cache off.)
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
Axe = Callable[[Page], None]


def chromium_path() -> str:
    """Where Chromium is: the variable CHROMIUM or a name on the path. Nowhere: the test fails."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(
            "Chromium is missing. Install the package chromium, or set CHROMIUM to its path"
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`new_page(**context)`: a page of one person, with cookies of its own.

    Options are those of Playwright's `new_context`, such as `viewport` or `java_script_enabled`.
    A request to any other host, or an error in the page's own script, fails the test.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        watch(context, live_server.url, problems)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def watch(context: BrowserContext, own: str, problems: list[str]) -> None:
    """From now on, tell of every request to a host that is not `own`, and every error of a page."""

    def asked(url: str) -> None:
        if not url.startswith((own, "data:", "blob:")):
            problems.append(f"asked another host: {url}")

    context.on("request", lambda request: asked(request.url))
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda line: _note(problems, line.type, line.text))


def _note(problems: list[str], kind: str, text: str) -> None:
    # A 4xx answer, or a network that the test takes away, is written to the console as well; the
    # test itself looks at those.
    expected = ("the server responded with a status of 4", "ERR_INTERNET_DISCONNECTED")
    if kind == "error" and not any(one in text for one in expected):
        problems.append(text)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at the size of a 13-inch laptop."""
    return new_page(viewport={"width": 1440, "height": 900})


@pytest.fixture(scope="session")
def axe() -> Axe:
    """`axe(page)`: no accessibility problem on the page as it is now (WCAG 2.2 AA)."""
    script = AXE.read_text()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": tags, "resultTypes": ["violations"]}
    # What passes is told at length; bringing it over here took longer than finding it.
    judge = "async options => (await axe.run(document, options)).violations"

    def check(page: Page) -> None:
        # Evaluated, not injected as a tag: the content security policy stays on.
        page.evaluate(script)
        found = page.evaluate(judge, options)
        told = [
            f"{v['id']}: {v['help']} — {', '.join(str(n['target']) for n in v['nodes'])}"
            for v in found
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check
