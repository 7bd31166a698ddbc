"""One case as a FHIR Bundle: for clinicians of the site, on record, kept by nobody on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.core.actor import CLINICAL_ROLES
from clinic.intake import actions as intake
from clinic.intake.models import Screening
from clinic.intake.packs import pack_of
from screening.exchange.fhir import from_response
from tests import factories
from tests.access import assert_access
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.review.test_pages import elsewhere, sign
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW

pytestmark = pytest.mark.django_db

ILL = {**ALL_CLEAR, "rosacea": "calm"}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


@pytest.fixture
def screening(cast: Cast, maya: Client) -> Screening:
    draft = factories.intake(maya, cast.pen, answers=ILL)
    made = intake.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)
    made.refresh_from_db()
    return made


def saved(browser: Browser, cast: Cast, screening: Screening, form: str = "fhir-r5") -> Any:
    browser.force_login(cast.petra)
    return browser.get(reverse("review:case_file", args=[screening.pk, form]))


def test_who_may_save_a_case(client: Browser, cast: Cast, screening: Screening) -> None:
    assert_access(
        client,
        cast,
        "review:case_file",
        {"screening_id": screening.pk, "form": "fhir-r5"},
        allowed_roles=CLINICAL_ROLES,
        elsewhere={"screening_id": elsewhere(cast).pk, "form": "fhir-r5"},
        missing={"screening_id": 0, "form": "fhir-r5"},
    )


@pytest.mark.parametrize(("form", "release"), [("fhir-r4b", "R4B"), ("fhir-r5", "R5")])
def test_the_file_holds_the_answers_and_the_findings(
    client: Browser, cast: Cast, screening: Screening, form: str, release: Any
) -> None:
    answer = saved(client, cast, screening, form)
    assert answer.headers["Content-Type"] == "application/fhir+json"
    first, *others = [entry["resource"] for entry in json.loads(answer.content)["entry"]]
    pack = pack_of(screening.submission.pack)
    found = from_response(pack, json.dumps(first).encode(), release=release)
    assert found == screening.submission.answers
    codes = [one["code"]["coding"][0]["code"] for one in others]
    assert codes == list(screening.findings.values_list("code", flat=True))
    assert "rosacea" in codes
    assert {one["status"] for one in others} == {"preliminary"}


def test_nothing_on_the_way_keeps_it_or_learns_a_name(
    client: Browser, cast: Cast, screening: Screening
) -> None:
    answer = saved(client, cast, screening)
    assert answer.headers["Cache-Control"] == "private, no-store"
    name = f'attachment; filename="case-{screening.pk}-fhir-r5.json"'
    assert answer.headers["Content-Disposition"] == name
    assert screening.client.last_name not in answer.content.decode()
    assert screening.client.first_name not in answer.content.decode()


def test_the_reading_is_on_record(client: Browser, cast: Cast, screening: Screening) -> None:
    saved(client, cast, screening)
    read = Event.objects.get(verb="review.export")
    assert (read.actor_id, read.client_id) == (cast.petra.pk, screening.client_id)
    assert "rosacea" not in str(read.detail)


def test_a_decided_case_is_final(client: Browser, cast: Cast, screening: Screening) -> None:
    sign(client, cast.petra, screening)
    bundle = json.loads(saved(client, cast, screening).content)
    kinds = {(e["resource"]["resourceType"], e["resource"]["status"]) for e in bundle["entry"]}
    assert kinds == {("QuestionnaireResponse", "completed"), ("DetectedIssue", "final")}


def test_a_form_that_there_is_not(client: Browser, cast: Cast, screening: Screening) -> None:
    assert saved(client, cast, screening, "pdf").status_code == 404


def test_the_case_page_offers_it_to_clinicians_alone(
    client: Browser, cast: Cast, screening: Screening
) -> None:
    url = reverse("review:case_file", args=[screening.pk, "fhir-r5"])
    for user, offered in ((cast.petra, True), (cast.fred, False), (cast.audra, False)):
        client.force_login(user)
        page = client.get(reverse("review:case", args=[screening.pk])).content.decode()
        assert (url in page) is offered
