"""The worklist, the case and the second look, as the people at the clinic meet them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import User
from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients.models import Client
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Confirmation, Decision
from tests import factories
from tests.access import assert_access
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW, at
from tests.factories.people import client as make_client

pytestmark = pytest.mark.django_db

WAIT = {
    "code": "topical_actives",
    "level": 3,
    "defer_until": date(2026, 6, 18),
    "title": "Strong skin products",
}
STOP = {"code": "pregnancy", "level": 4, "override_by": "never", "title": "Pregnancy"}


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
def flagged(cast: Cast, maya: Client) -> Screening:
    return factories.screening(maya, cast.pen, findings=[{}])


def elsewhere(cast: Cast) -> Screening:
    other = make_client(cast.hilltop)
    return factories.screening(other, cast.hilltop.procedures.first(), findings=[{}])  # type: ignore[arg-type]


def awaiting(cast: Cast, maya: Client, browser: Browser) -> Decision:
    screening = factories.screening(maya, cast.pen, findings=[WAIT])
    sign(browser, cast.petra, screening, verdict="OVERRIDE")
    return Decision.objects.get()


def sign(browser: Browser, user: User, screening: Screening, **fields: Any) -> Any:
    browser.force_login(user)
    data = {"outcome": "CLEARED", "reason": "Seen and calm.", "latest": ""}
    for finding in screening.findings.filter(level__gte=2):
        data[f"verdict_{finding.pk}"] = fields.pop("verdict", "ACCEPT")
        data[f"reason_{finding.pk}"] = "Calm on sight."
    return browser.post(reverse("review:case", args=[screening.pk]), data | fields)


def test_the_worklist_opens_for_all_staff(client: Browser, cast: Cast, flagged: Screening) -> None:
    assert_access(client, cast, "review:worklist", allowed_roles=list(Role))


def test_the_case_opens_for_all_staff_of_its_site(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    assert_access(
        client,
        cast,
        "review:case",
        {"screening_id": flagged.pk},
        allowed_roles=list(Role),
        elsewhere={"screening_id": elsewhere(cast).pk},
        missing={"screening_id": 10**9},
    )


def test_only_clinicians_may_post_a_decision(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    assert_access(
        client,
        cast,
        "review:case",
        {"screening_id": flagged.pk},
        method="post",
        allowed_roles=list(CLINICAL_ROLES),
    )


def test_only_clinicians_open_the_second_look(client: Browser, cast: Cast, maya: Client) -> None:
    decision = awaiting(cast, maya, client)
    assert_access(
        client,
        cast,
        "review:confirm",
        {"decision_id": decision.pk},
        allowed_roles=list(CLINICAL_ROLES),
        missing={"decision_id": 10**9},
    )


def test_the_front_desk_looks_but_sees_nothing_to_sign(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    client.force_login(cast.fred)
    page = client.get(reverse("review:case", args=[flagged.pk])).content.decode()
    assert "Rosacea" in page
    assert "A practitioner decides this" in page
    assert "Sign the decision" not in page
    assert Event.objects.filter(verb="review.read", client_id=flagged.client_id).exists()


def test_nothing_is_chosen_beforehand(client: Browser, cast: Cast, flagged: Screening) -> None:
    client.force_login(cast.petra)
    assert "checked" not in client.get(reverse("review:case", args=[flagged.pk])).content.decode()


def test_a_signed_decision_clears_the_client(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged)
    clearance = Clearance.objects.get(live=True)
    decision = Decision.objects.get()
    assert (clearance.basis, clearance.decision_id) == ("REVIEW", decision.pk)
    assert clearance.valid_from == MONDAY
    assert (decision.decided_name, decision.decided_role) == ("Petra Novak", "practitioner")
    assert decision.registration == "NMC 12A3456E"
    assert decision.findings.get().reason == "Calm on sight."
    assert Event.objects.filter(verb="review.decide").count() == 1


def test_a_missing_verdict_is_told_beside_its_finding_and_nothing_is_lost(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    page = sign(client, cast.petra, flagged, verdict="").content.decode()
    assert "No flagged answer may stay open" in page
    assert "Seen and calm." in page
    assert "Calm on sight." in page
    assert not Decision.objects.exists()


def test_all_that_is_empty_is_told_at_once(client: Browser, cast: Cast, flagged: Screening) -> None:
    client.force_login(cast.petra)
    page = client.post(reverse("review:case", args=[flagged.pk]), {"outcome": ""}).content.decode()
    assert "Choose an overall decision." in page
    assert "No flagged answer may stay open" in page
    assert page.count("Write your reason. It is kept with your decision.") >= 2
    title = flagged.findings.get().title
    assert f"Your decision ({title})</a>" in page
    assert f"Your reason ({title})</a>" in page


def test_a_prescribers_finding_offers_a_practitioner_no_go_ahead(
    client: Browser, cast: Cast, maya: Client
) -> None:
    screening = factories.screening(maya, cast.pen, findings=[{"override_by": "prescriber"}])
    client.force_login(cast.petra)
    page = client.get(reverse("review:case", args=[screening.pk])).content.decode()
    assert 'value="ACCEPT"' not in page
    sign(client, cast.petra, screening)
    assert not Decision.objects.exists()
    sign(client, cast.rosa, screening)
    assert Clearance.objects.filter(live=True).exists()


def test_a_stop_that_nobody_may_override_cannot_be_cleared_by_a_crafted_post(
    client: Browser, cast: Cast, maya: Client
) -> None:
    screening = factories.screening(maya, cast.pen, findings=[STOP])
    for verdict in ("ACCEPT", "OVERRIDE", "WAIT", "STOP", "ASK"):
        sign(client, cast.rosa, screening, verdict=verdict)
    assert not Clearance.objects.exists()
    assert not Decision.objects.exists()
    sign(client, cast.rosa, screening, verdict="STOP", outcome="DECLINED")
    assert Decision.objects.get().outcome == "DECLINED"


def test_keeping_the_wait_clears_from_the_day_it_ends(
    client: Browser, cast: Cast, maya: Client
) -> None:
    screening = factories.screening(
        maya, cast.pen, findings=[{}, WAIT], windows_end=date(2026, 6, 18)
    )
    rosacea, wait = screening.findings.order_by("position")
    data = {f"verdict_{wait.pk}": "WAIT", f"verdict_{rosacea.pk}": "ACCEPT"}
    sign(client, cast.petra, screening, **data)
    assert Clearance.objects.get(live=True).valid_from == date(2026, 6, 18)


def test_an_override_waits_for_a_different_clinician(
    client: Browser, cast: Cast, maya: Client
) -> None:
    decision = awaiting(cast, maya, client)
    assert decision.needs_confirmation
    assert not Clearance.objects.exists()
    url = reverse("review:confirm", args=[decision.pk])
    own = client.post(url, {"agreed": "yes", "note": "Mine is right."}).content.decode()
    assert "You cannot confirm your own decision" in own
    client.force_login(cast.rosa)
    client.post(url, {"agreed": "yes", "note": "I looked as well."})
    assert Clearance.objects.get(live=True).decision_id == decision.pk


def test_a_second_clinician_who_disagrees_sends_it_back(
    client: Browser, cast: Cast, maya: Client
) -> None:
    decision = awaiting(cast, maya, client)
    client.force_login(cast.rosa)
    client.post(
        reverse("review:confirm", args=[decision.pk]), {"agreed": "no", "note": "Too early."}
    )
    assert not Confirmation.objects.get().agreed
    assert not Clearance.objects.exists()
    assert maya.full_name in client.get(reverse("review:worklist")).content.decode()


def test_a_case_that_ended_meanwhile_is_told_and_leads_to_the_client(
    client: Browser, cast: Cast, maya: Client, flagged: Screening
) -> None:
    """New answers came in while the page was open."""
    Screening.objects.filter(pk=flagged.pk).update(
        ended_at=NOW, ended_by="Fred Okoye", ended_cause="New answers"
    )
    answer = sign(client, cast.petra, flagged, outcome="CLEARED", reason="seen")
    assert answer["Location"] == reverse("journey:client", args=[maya.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "while you had it open" in page
    assert not Decision.objects.exists()


def test_whoever_decides_second_is_told_and_stores_nothing(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged)
    page = sign(client, cast.rosa, flagged, outcome="DECLINED").content.decode()
    assert "Someone else has decided this case" in page
    assert Decision.objects.count() == 1


def test_a_new_decision_takes_the_old_clearance_and_holds_its_appointment(
    client: Browser, cast: Cast, flagged: Screening, maya: Client
) -> None:
    sign(client, cast.petra, flagged)
    booked = factories.appointment(cast, maya, held=Clearance.objects.get())
    sign(client, cast.rosa, flagged, outcome="DECLINED", latest=Decision.objects.get().pk)
    booked.refresh_from_db()
    assert booked.status == Appointment.Status.ON_HOLD
    assert not Clearance.objects.filter(live=True).exists()


def test_a_deferral_by_hand_comes_back_to_review_and_never_clears_by_itself(
    client: Browser, cast: Cast, flagged: Screening
) -> None:
    sign(client, cast.petra, flagged, outcome="DEFERRED", defer_until="2026-06-05")
    assert not Clearance.objects.exists()
    name, url = flagged.client.full_name, reverse("review:worklist")
    with time_machine.travel(at(date(2026, 6, 4), 9), tick=False):
        client.force_login(cast.petra)
        assert name not in client.get(url).content.decode()
    with time_machine.travel(at(date(2026, 6, 5), 9), tick=False):
        client.force_login(cast.petra)
        assert name in client.get(url).content.decode()


def test_a_case_that_only_waits_for_a_date_bothers_nobody(
    client: Browser, cast: Cast, maya: Client
) -> None:
    factories.screening(maya, cast.pen, findings=[WAIT], clear_from=date(2026, 6, 18))
    client.force_login(cast.petra)
    assert maya.full_name not in client.get(reverse("review:worklist")).content.decode()


def test_an_override_of_a_mere_wait_is_listed_until_it_is_settled(
    client: Browser, cast: Cast, maya: Client
) -> None:
    screening = factories.screening(maya, cast.pen, findings=[WAIT], clear_from=date(2026, 6, 18))
    sign(client, cast.petra, screening, verdict="OVERRIDE")
    client.force_login(cast.rosa)
    url = reverse("review:worklist")
    assert "Petra Novak asks you to confirm" in client.get(url).content.decode()
    confirm = reverse("review:confirm", args=[Decision.objects.get().pk])
    client.post(confirm, {"agreed": "no", "note": "Too early."})
    assert maya.full_name in client.get(url).content.decode()


def test_the_worklist_begins_with_the_day_wished_for_and_pages_by_key(
    client: Browser, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(53):
        who = make_client(cast.riverside, first_name=f"Client{number:02}")
        day = date(2026, 6, 28) if number < 3 else date(2026, 6, 10)
        factories.screening(who, cast.pen, findings=[{}, {"code": "acne"}], planned_date=day)
    client.force_login(cast.petra)
    with django_assert_max_num_queries(14):
        first = client.get(reverse("review:worklist"))
    assert "Client00" not in first.content.decode()
    assert "and 1 more" in first.content.decode()
    second = client.get(reverse("review:worklist") + first.context["next_url"]).content.decode()
    assert [n for n in ("Client00", "Client01", "Client02") if n in second] == [
        "Client00",
        "Client01",
        "Client02",
    ]
    assert "Client10" not in second
