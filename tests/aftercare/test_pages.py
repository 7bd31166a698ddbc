"""The sheet beside its record, on paper, and on the client's own phone."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from aftercare.actions import issue, send_link
from aftercare.models import IssuedSheet
from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.clients.forms import BirthdayForm
from clinic.clients.models import ClientLink
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.treatments.actions import correct, sign
from clinic.treatments.models import TreatmentRecord
from tests import factories
from tests.access import assert_access
from tests.factories import Cast
from tests.factories.treating import ENDED, done, running

pytestmark = pytest.mark.django_db
ISSUERS = {Role.FRONT_DESK, *CLINICAL_ROLES}
READERS = {*ISSUERS, Role.AUDITOR}
MISSING = 999_999


@pytest.fixture
def cast(db: None) -> Cast:
    return factories.cast()


@pytest.fixture
def record(cast: Cast) -> TreatmentRecord:
    """Signed at 10:45 on Tuesday 16 June 2026."""
    petra = cast.actor(cast.petra)
    treatment = running(cast, answers={"phototype": "II"})
    return sign(actor=petra, user=cast.petra, treatment=treatment, done=done(), at=ENDED)


@pytest.fixture
def sheet(cast: Cast, record: TreatmentRecord) -> IssuedSheet:
    return issue(actor=cast.actor(cast.petra), record=record, at=ENDED)


@pytest.fixture
def fred(client: Client, cast: Cast) -> Client:
    client.force_login(cast.fred)
    return client


def test_access_to_issuing(client: Client, cast: Cast, record: TreatmentRecord) -> None:
    assert_access(
        client,
        cast,
        "aftercare:issue",
        {"record_id": record.pk},
        allowed_roles=ISSUERS,
        method="post",
        missing={"record_id": MISSING},
        wrong_method="get",
    )


def test_access_to_the_sheet(client: Client, cast: Cast, sheet: IssuedSheet) -> None:
    assert_access(
        client,
        cast,
        "aftercare:sheet",
        {"record_id": sheet.record_id},
        allowed_roles=READERS,
        missing={"record_id": MISSING},
    )


@pytest.mark.parametrize("name", ["pdf", "original"])
def test_access_to_the_paper(client: Client, cast: Cast, sheet: IssuedSheet, name: str) -> None:
    assert_access(
        client,
        cast,
        f"aftercare:{name}",
        {"sheet_id": sheet.pk},
        allowed_roles=READERS,
        missing={"sheet_id": MISSING},
    )


def test_access_to_sending_a_link(client: Client, cast: Cast, sheet: IssuedSheet) -> None:
    assert_access(
        client,
        cast,
        "aftercare:send_link",
        {"sheet_id": sheet.pk},
        allowed_roles=ISSUERS,
        method="post",
        missing={"sheet_id": MISSING},
        wrong_method="get",
    )


def test_another_sites_sheet_is_as_missing(client: Client, cast: Cast, sheet: IssuedSheet) -> None:
    client.force_login(cast.hana)
    assert client.get(reverse("aftercare:sheet", args=[sheet.record_id])).status_code == 404
    assert client.get(reverse("aftercare:pdf", args=[sheet.pk])).status_code == 404
    assert client.get(reverse("aftercare:original", args=[sheet.pk])).status_code == 404
    assert client.post(reverse("aftercare:issue", args=[sheet.record_id])).status_code == 404
    assert client.post(reverse("aftercare:send_link", args=[sheet.pk])).status_code == 404


def test_one_press_makes_the_sheet_and_shows_it(fred: Client, record: TreatmentRecord) -> None:
    made = fred.post(reverse("aftercare:issue", args=[record.pk]))
    page_address = reverse("aftercare:sheet", args=[record.pk])
    assertRedirects(made, page_address)
    page = fred.get(page_address)
    assertContains(page, "Wed 17 June, 10:45")
    assertContains(page, "Next session: not before Tuesday 14 July 2026")
    assertContains(page, "020 7946 0911")
    assertContains(page, "LOT-4711")
    assert Event.objects.filter(verb="sheet.read").exists()


def test_before_there_is_a_sheet_its_page_leads_to_the_record(
    fred: Client, record: TreatmentRecord
) -> None:
    page = fred.get(reverse("aftercare:sheet", args=[record.pk]))
    assertRedirects(page, reverse("treatments:record", args=[record.treatment_id]))


def test_without_an_emergency_number_the_page_says_who_can_add_it(
    fred: Client, record: TreatmentRecord
) -> None:
    Site.objects.update(emergency_phone="")
    page = fred.post(reverse("aftercare:issue", args=[record.pk]), follow=True)
    assertContains(page, "A manager can add the number")
    assert not IssuedSheet.objects.exists()


def test_a_reprint_is_the_same_bytes(fred: Client, sheet: IssuedSheet) -> None:
    address = reverse("aftercare:pdf", args=[sheet.pk])
    first = fred.get(address)
    Site.objects.update(name="Elsewhere", emergency_phone="0000")
    again = fred.get(address)
    assert first.content == again.content == bytes(sheet.pdf)
    assert hashlib.sha256(first.content).hexdigest() == sheet.sha256
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"].startswith("inline")
    assert first["Cache-Control"] == "private, no-store"
    assert first["ETag"] == f'"{sheet.sha256}"'
    assert Event.objects.filter(verb="sheet.read", object_id=sheet.pk).count() == 2


def test_who_has_the_bytes_already_gets_no_second_copy(fred: Client, sheet: IssuedSheet) -> None:
    address = reverse("aftercare:pdf", args=[sheet.pk])
    assert fred.get(address, headers={"If-None-Match": f'"{sheet.sha256}"'}).status_code == 304


def test_a_corrected_record_says_so_on_its_old_sheet(
    fred: Client, cast: Cast, sheet: IssuedSheet
) -> None:
    correct(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        record=sheet.record,
        done=done(),
        reason="Wrong lot",
        at=ENDED + timedelta(hours=1),
    )
    page = fred.get(reverse("aftercare:sheet", args=[sheet.record_id]))
    assertContains(page, "The record of this sheet was corrected")
    assertContains(page, reverse("aftercare:original", args=[sheet.pk]))
    printed = fred.get(reverse("aftercare:pdf", args=[sheet.pk]))
    assert printed["ETag"] == f'"{hashlib.sha256(printed.content).hexdigest()}"'
    for shown in PdfReader(BytesIO(printed.content)).pages:
        assert "REPLACED" in shown.extract_text()
        assert "Go by the newest sheet" in shown.extract_text()
    original = fred.get(reverse("aftercare:original", args=[sheet.pk]))
    assert original.content == bytes(sheet.pdf)


def test_the_link_is_shown_once_with_a_picture_to_scan(fred: Client, sheet: IssuedSheet) -> None:
    page = fred.post(reverse("aftercare:send_link", args=[sheet.pk]))
    assertContains(page, "<svg")
    token = re.search(r"/aftercare/for/([\w-]+)", page.content.decode())
    assert token is not None
    link = ClientLink.objects.get()
    assert link.token_sha256 == hashlib.sha256(token[1].encode()).hexdigest()
    assert (link.purpose, link.object_id) == ("AFTERCARE", sheet.pk)


@pytest.fixture
def phone(cast: Cast, sheet: IssuedSheet) -> tuple[Client, str]:
    """The client's own phone, two days later, and the link's token."""
    return Client(), send_link(actor=cast.actor(cast.fred), sheet=sheet, at=ENDED)


def _open(phone: Client, token: str) -> None:
    sent = {BirthdayForm.born_field: "1990-04-12"}
    phone.post(reverse("aftercare:client_sheet", args=[token]), sent)


def test_the_phone_asks_for_the_birthday_before_it_shows_anything(
    phone: tuple[Client, str],
) -> None:
    with time_machine.travel(ENDED, tick=False):
        page = phone[0].get(reverse("aftercare:client_sheet", args=[phone[1]]))
        paper = phone[0].get(reverse("aftercare:client_pdf", args=[phone[1]]))
    assertNotContains(page, "What to avoid")
    assert paper["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("name", ["client_sheet", "client_pdf"])
def test_a_link_that_never_was_opens_nothing(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(f"aftercare:{name}", args=["x" * 43])).status_code == 404


def test_an_old_link_says_whom_to_call(phone: tuple[Client, str]) -> None:
    with time_machine.travel(ENDED + timedelta(days=91), tick=False):
        page = phone[0].get(reverse("aftercare:client_sheet", args=[phone[1]]))
    assertContains(page, "020 7946 0000", status_code=410)


def test_today_comes_first_and_what_has_passed_is_gone(phone: tuple[Client, str]) -> None:
    browser, token = phone
    with time_machine.travel(ENDED + timedelta(days=2, hours=3), tick=False):
        _open(browser, token)
        page = browser.get(reverse("aftercare:client_sheet", args=[token]))
    text = page.content.decode()
    order = ("Day 2", "Life in danger:", "What to avoid", "What to keep doing", "Warning signs")
    assert [*order] == sorted(order, key=text.index)
    assertNotContains(page, "Wed 17 June, 10:45</dt>")
    assertNotContains(page, "Wed 17 June, 10:45<br>")
    assertContains(page, "Fri 19 June")
    assertContains(page, 'href="tel:02079460911"')
    opened = Event.objects.filter(verb="sheet.read", actor_kind="client")
    assert opened.count() == 1


def test_the_phone_has_the_same_paper(phone: tuple[Client, str], sheet: IssuedSheet) -> None:
    browser, token = phone
    with time_machine.travel(ENDED + timedelta(hours=1), tick=False):
        _open(browser, token)
        paper = browser.get(reverse("aftercare:client_pdf", args=[token]))
        assert browser.delete(reverse("aftercare:client_pdf", args=[token])).status_code == 405
        address = reverse("aftercare:client_original", args=[token])
        assert browser.get(address).content == bytes(sheet.pdf)
        assert browser.delete(address).status_code == 405
    assert paper.content == bytes(sheet.pdf)


def test_a_sheet_takes_no_more_queries_than_it_needs(
    fred: Client, sheet: IssuedSheet, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # One of them for the deviations, which stand in the record beside the sheet.
    with django_assert_max_num_queries(12):
        page = fred.get(reverse("aftercare:sheet", args=[sheet.record_id]))
    assert len(page.content) < 50_000


def test_the_sheet_on_the_phone_says_that_it_was_replaced(
    phone: tuple[Client, str], cast: Cast, sheet: IssuedSheet
) -> None:
    browser, token = phone
    address = reverse("aftercare:client_sheet", args=[token])
    later = ENDED + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        _open(browser, token)
        assertNotContains(browser.get(address), "This sheet was replaced.")
    correct(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        record=sheet.record,
        done=done(),
        reason="Wrong lot",
        at=ENDED + timedelta(hours=1),
    )
    with time_machine.travel(later, tick=False):
        assertContains(browser.get(address), "This sheet was replaced.")
