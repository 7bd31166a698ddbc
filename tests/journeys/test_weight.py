"""What a page weighs on a cold first visit, as a server in production sends it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from django.urls import reverse
from playwright.sync_api import Browser

from screening.packs import latest
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 100_000
"""Bytes on the wire: page, style sheets, scripts, fonts, pictures."""


@pytest.fixture
def production(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of a server whose static files are collected, named by content and packed."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def weigh(browser: Browser, production: str) -> Iterator[Callable[[str], int]]:
    """`weigh(path)`: bytes that a browser fetches which has fetched nothing before."""
    context = browser.new_context(base_url=production)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    fetched: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    page.goto(reverse("accounts:sign_in"))
    page.fill("[name=email]", "petra@clinic.example")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")

    def cold(path: str) -> int:
        fetched.clear()
        page.goto(path, wait_until="networkidle")
        return round(sum(fetched))

    yield cold
    context.close()


def test_every_page_of_a_journey_is_light(cast: Cast, weigh: Callable[[str], int]) -> None:
    maya = make.client(cast.riverside)
    booked = make.appointment(cast, maya)
    flagged = make.screening(maya, cast.roller, findings=[{}])
    draft = make.intake(maya, cast.rf, answers=ALL_CLEAR)
    agreed = make.consent(cast, maya, booked.clearance.screening, signed=False)
    paths = [
        reverse("journey:today"),
        reverse("journey:client", args=[maya.pk]),
        reverse("clients:list"),
        reverse("intake:start", args=[maya.pk]),
        *(reverse("intake:section", args=[draft.pk, part]) for part in latest().sections),
        reverse("intake:check", args=[draft.pk]),
        reverse("review:worklist"),
        reverse("review:case", args=[flagged.pk]),
        reverse("booking:day"),
        reverse("booking:book", args=[maya.pk, cast.pen.pk]),
        reverse("booking:appointment", args=[booked.pk]),
        reverse("consent:page", args=[agreed.pk]),
        reverse("consent:sign", args=[agreed.pk]),
        reverse("treatments:treat", args=[booked.pk]),
    ]
    weights = {path: weigh(path) for path in paths}
    assert {path: weight for path, weight in weights.items() if weight > MOST} == {}
