"""Rules kept as a file and brought in again, by a person with a browser; judged by axe."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Session
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clinic.accounts.models import User
from clinic.packs.models import Draft
from screening.exchange import write_archive
from tests.browser import Axe
from tests.clinic.packs.conftest import longer
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"width": 820, "height": 1180}


def sign_in(page: Page, user: User, address: str) -> None:
    """As the sign-in page would leave the browser."""
    known = Session()
    known.force_login(user)
    cookie = known.cookies[settings.SESSION_COOKIE_NAME]
    name, value = cookie.key, cookie.value
    page.context.add_cookies([{"name": name, "value": value, "url": address}])


def test_a_pack_is_saved_and_a_file_becomes_a_draft(
    new_page: Callable[..., Page],
    live_server: LiveServer,
    cast: Cast,
    axe: Axe,
    tmp_path: Path,
) -> None:
    in_force = rules.in_force()
    page = new_page(viewport=TABLET)
    sign_in(page, cast.lena, live_server.url)
    page.goto(reverse("packs:pack", args=[in_force.pk]))
    axe(page)
    with page.expect_download() as saving:
        page.get_by_role("link", name="The whole pack (.zip)").click()
    with zipfile.ZipFile(saving.value.path()) as archive:
        assert "rules.toml" in archive.namelist()

    page.goto(reverse("packs:list"))
    page.get_by_role("link", name="Bring in a file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring in rules from a file")
    axe(page)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    page.get_by_label("File").set_input_files(wrong)
    page.get_by_label("What is the reason for new rules?").fill("Longer waits.")
    page.get_by_role("button", name="Bring in the file").click()
    expect(page.locator("#id_file_error")).to_contain_text("should be Questionnaire")
    expect(page.get_by_label("What is the reason for new rules?")).to_have_value("Longer waits.")
    axe(page)

    right = tmp_path / "right.zip"
    right.write_bytes(write_archive(longer()))
    page.get_by_label("File").set_input_files(right)
    page.get_by_role("button", name="Bring in the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft microneedling 1.3.0")
    axe(page)
    assert Draft.objects.get().why == "Longer waits."
