"""Recognised words are decided by who decides about what they name; a reading can be mistaken."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import User
from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Decision, FindingDecision
from tests import factories
from tests.access import assert_access
from tests.clinic.review.attacks import cleared, decision, verdict
from tests.factories import Cast
from tests.factories.days import NOW

pytestmark = pytest.mark.django_db

NEVER = {
    "code": "named_in_other_health",
    "outcome": "named",
    "override_by": "never",
    "reading": True,
    "title": "Words that need a look",
}
PRESCRIBER = {**NEVER, "override_by": "prescriber"}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


def prescriber(cast: Cast) -> User:
    return cast.rosa


def prescribed(cast: Cast, on: Screening) -> Decision:
    """A prescriber's decision, as the application's role would write it."""
    who = prescriber(cast)
    return decision(cast, on, decided_by=who, decided_name=who.name, decided_role="prescriber")


def read(cast: Cast, maya: Client, finding: dict[str, Any]) -> Screening:
    return factories.screening(maya, cast.pen, findings=[finding])


def sign(browser: Browser, user: User, on: Screening, word: str, reason: str = "A film.") -> Any:
    browser.force_login(user)
    (finding,) = on.findings.all()
    return browser.post(
        reverse("review:case", args=[on.pk]),
        {
            "outcome": "CLEARED",
            "reason": "Asked; it is no medicine.",
            "latest": "",
            f"verdict_{finding.pk}": word,
            f"reason_{finding.pk}": reason,
        },
    )


def test_a_case_with_a_reading_opens_for_all_staff_of_its_site(
    client: Browser, cast: Cast, maya: Client
) -> None:
    elsewhere = factories.screening(
        factories.client(cast.hilltop),
        cast.hilltop.procedures.first(),  # type: ignore[arg-type]
        findings=[NEVER],
    )
    assert_access(
        client,
        cast,
        "review:case",
        {"screening_id": read(cast, maya, NEVER).pk},
        allowed_roles=list(Role),
        elsewhere={"screening_id": elsewhere.pk},
        missing={"screening_id": 987654321},
    )


def test_withdrawing_is_signed_by_clinicians_alone(
    client: Browser, cast: Cast, maya: Client
) -> None:
    on = read(cast, maya, NEVER)
    (finding,) = on.findings.all()
    assert_access(
        client,
        cast,
        "review:case",
        {"screening_id": on.pk},
        allowed_roles=CLINICAL_ROLES,
        method="post",
        data={"outcome": "CLEARED", f"verdict_{finding.pk}": "WITHDRAW", "latest": ""},
        missing={"screening_id": 987654321},
    )


def test_a_prescriber_withdraws_a_mistaken_reading_with_a_reason(
    client: Browser, cast: Cast, maya: Client
) -> None:
    on = read(cast, maya, NEVER)
    assert sign(client, prescriber(cast), on, "WITHDRAW").status_code == 302
    said = FindingDecision.objects.get()
    assert (said.verdict, said.reading, said.reason) == ("WITHDRAW", True, "A film.")
    assert Clearance.objects.get().decision_id == said.decision_id
    audited = Event.objects.get(verb="review.decide")
    assert audited.detail["withdrawn"] == 1
    page = client.get(reverse("review:case", args=[on.pk])).content.decode()
    assert "Reading withdrawn as mistaken" in page
    assert "A film." in page


def test_withdrawing_needs_a_reason(client: Browser, cast: Cast, maya: Client) -> None:
    page = sign(client, prescriber(cast), read(cast, maya, NEVER), "WITHDRAW", "  ")
    assert page.status_code == 200
    assert "Write your reason" in page.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("word", ["ACCEPT", "OVERRIDE", "WAIT"])
def test_nobody_sets_aside_words_that_nobody_may(
    client: Browser, cast: Cast, maya: Client, word: str
) -> None:
    sign(client, prescriber(cast), read(cast, maya, NEVER), word)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("word", ["ACCEPT", "WITHDRAW"])
@pytest.mark.parametrize("who", ["petra", "lena"])
@pytest.mark.parametrize("finding", [NEVER, PRESCRIBER], ids=["never", "prescriber"])
def test_who_is_no_prescriber_clears_no_such_words(
    client: Browser, cast: Cast, maya: Client, finding: dict[str, Any], who: str, word: str
) -> None:
    sign(client, getattr(cast, who), read(cast, maya, finding), word)
    assert not Decision.objects.exists()
    assert not Clearance.objects.exists()


def test_a_prescriber_decides_about_words_that_ask_for_one(
    client: Browser, cast: Cast, maya: Client
) -> None:
    assert sign(client, prescriber(cast), read(cast, maya, PRESCRIBER), "ACCEPT").status_code == 302


@pytest.mark.parametrize(
    ("finding", "says"),
    [(NEVER, "Nobody may set these words aside"), (PRESCRIBER, "or withdraw the reading")],
)
def test_the_case_says_who_may_decide(
    client: Browser, cast: Cast, maya: Client, finding: dict[str, Any], says: str
) -> None:
    on = read(cast, maya, finding)
    client.force_login(cast.petra)
    assert says in client.get(reverse("review:case", args=[on.pk])).content.decode()


def refused(name: str) -> Any:
    return pytest.raises(DatabaseError, match=name)


def test_a_withdrawn_reading_counts_as_decided_in_the_database(cast: Cast, maya: Client) -> None:
    made = prescribed(cast, read(cast, maya, NEVER))
    verdict(made, verdict="WITHDRAW")
    assert cleared(made).live


def test_the_database_lets_only_a_prescriber_withdraw(cast: Cast, maya: Client) -> None:
    made = decision(cast, read(cast, maya, NEVER))
    with refused("a_prescriber_withdraws_a_reading"), transaction.atomic():
        verdict(made, verdict="WITHDRAW")


def test_the_database_lets_nothing_but_a_reading_be_withdrawn(cast: Cast, maya: Client) -> None:
    on = read(cast, maya, {**NEVER, "reading": False})
    made = prescribed(cast, on)
    with refused("a_prescriber_withdraws_a_reading"), transaction.atomic():
        verdict(made, verdict="WITHDRAW")
    with refused("a_verdict_knows_whether_it_is_on_a_reading"), transaction.atomic():
        verdict(made, verdict="WITHDRAW", reading=True)
