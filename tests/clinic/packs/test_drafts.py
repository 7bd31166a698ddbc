"""A draft from its beginning to its publication, as its pages show it."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clinic.booking.models import Appointment
from clinic.core.actor import Role
from clinic.intake.models import Clearance
from clinic.packs import queries
from clinic.packs.models import Draft
from clinic.packs.states import State
from screening.published import newest_row
from tests import factories
from tests.access import assert_access
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.packs.filling import filled, lena, send
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db
LEAD = (Role.CLINICAL_LEAD,)
READERS = (Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR)


def longer(days: int = 60) -> Any:
    tables = rules.tables_in_force("1.9.0")
    for outcome in rules.rule(tables, "topical_actives")["outcome"]:
        outcome["defer"]["window"] = {"days": days}
    return tables


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    """An hour after Maya was cleared."""
    with time_machine.travel(rules.LATER, tick=False):
        yield


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return rules.draft_of(cast, longer())


@pytest.fixture
def booked(cast: Cast) -> Appointment:
    """Maya used a retinoid on 20 May; she is cleared and booked."""
    rules.in_force()
    maya = factories.client(cast.riverside)
    given = ALL_CLEAR | {"topical_actives": "yes", "topical_actives_date": "2026-05-20"}
    screened = factories.screening(maya, cast.pen, answers=given)
    return factories.appointment(
        cast, maya, held=factories.clearance(maya, cast.pen, screening=screened)
    )


@pytest.mark.parametrize(
    ("url_name", "roles"),
    [
        ("packs:draft", READERS),
        ("packs:difference", READERS),
        ("packs:cases", READERS),
        ("packs:simulation", READERS),
        ("packs:approve", READERS),
        ("packs:discard", LEAD),
        ("packs:publish", LEAD),
    ],
)
def test_who_may_open_a_drafts_pages(
    client: Client, cast: Cast, draft: Draft, url_name: str, roles: Any
) -> None:
    assert_access(
        client,
        cast,
        url_name,
        {"draft_id": draft.pk},
        allowed_roles=roles,
        missing={"draft_id": 0},
    )


def test_who_may_begin_a_draft(client: Client, cast: Cast, draft: Draft) -> None:
    assert_access(client, cast, "packs:start", allowed_roles=LEAD)
    assert_access(
        client, cast, "packs:bring_in", allowed_roles=LEAD, method="post", wrong_method="get"
    )


@pytest.mark.parametrize("url_name", ["packs:simulation", "packs:approve"])
def test_whose_word_counts(client: Client, cast: Cast, draft: Draft, url_name: str) -> None:
    for person in (cast.mark, cast.audra, cast.petra, cast.fred):
        client.force_login(person)
        assert client.post(reverse(url_name, args=[draft.pk])).status_code == 403


def test_who_may_go_on_trying(client: Client, cast: Cast, draft: Draft) -> None:
    rules.simulated(cast.actor(cast.lena), draft)
    assert_access(
        client,
        cast,
        "packs:advance",
        {"draft_id": draft.pk},
        allowed_roles=LEAD,
        method="post",
        missing={"draft_id": 0},
        wrong_method="get",
    )


def test_who_may_see_whom_it_concerns(
    client: Client, cast: Cast, booked: Appointment, draft: Draft
) -> None:
    rules.simulated(cast.actor(cast.lena), draft)
    named = {"draft_id": draft.pk, "direction": "worse"}
    assert_access(
        client,
        cast,
        "packs:results",
        named,
        allowed_roles=READERS,
        missing={"draft_id": draft.pk, "direction": "sideways"},
    )
    client.force_login(cast.lena)
    told = client.get(reverse("packs:results", kwargs=named)).content.decode()
    for words in ("Maya Lind", "Clear", "Defer until 19 July 2026", "1 booking"):
        assert words in told


def test_another_sites_clients_are_counted_not_named(
    client: Client, cast: Cast, booked: Appointment, draft: Draft
) -> None:
    rules.simulated(cast.actor(cast.lena), draft)
    factories_role = cast.hana.memberships.create(site=cast.hilltop, role=Role.CLINICAL_LEAD)
    assert factories_role.pk
    client.force_login(cast.hana)
    url = reverse("packs:results", args=[draft.pk, "worse"])
    told = client.get(url).content.decode()
    assert "Maya" not in told
    assert "1 more client at other sites" in told


def test_a_draft_is_begun_from_the_rules_in_force(client: Client, cast: Cast) -> None:
    base = rules.in_force()
    browser = lena(client, cast)
    answer = send(browser, reverse("packs:start"), why="Peeling skin.")
    made = Draft.objects.get()
    assert (answer.status_code, made.base, made.why) == (302, base, "Peeling skin.")
    page = browser.get(reverse("packs:draft", args=[made.pk])).content.decode()
    assert "Change a question or a rule" in page
    assert "Nothing yet: it says the same" in page
    offered = browser.get(reverse("packs:start")).context["form"].initial["version"]
    assert offered not in ("", made.version)
    again: Any = send(browser, reverse("packs:start"), why="Twice.", version=made.version)
    assert again.context["form"].errors["version"]
    for version in ("1", "0.0.1", "1.2.x"):
        bad: Any = send(browser, reverse("packs:start"), why="No.", version=version)
        assert bad.context["form"].errors["version"], version


def test_the_difference_is_told_in_words(client: Client, cast: Cast, draft: Draft) -> None:
    told = lena(client, cast).get(reverse("packs:difference", args=[draft.pk])).content.decode()
    for words in ("Strong skin products, outcome 2", "5 days", "60 days", "but says “5 days”"):
        assert words in told


def test_a_whole_other_pack_is_compared_page_by_page(client: Client, cast: Cast) -> None:
    tables = rules.tables_in_force("1.9.0")
    for section in tables["questions"]["section"]:
        for question in section["question"]:
            question["text"] = f"Please say: {question['text']}"
    for rule in tables["rules"]["rule"]:
        rule["rationale"] = f"Read again. {rule['rationale']}"
    tables.pop("lexicon")
    url = reverse("packs:difference", args=[rules.draft_of(cast, tables).pk])
    browser, seen = lena(client, cast), ""
    for after in ("", "?after=100"):
        page = browser.get(f"{url}{after}").content.decode()
        assert len(page) < 100_000
        seen += page
    for section in tables["questions"]["section"]:
        for question in section["question"]:
            assert question["text"][12:].split("“")[0].replace("'", "&#x27;")[:20] in seen
    for rule in tables["rules"]["rule"]:
        assert rule["title"].replace("'", "&#x27;") in seen
    assert "?after=200" not in seen


def test_past_answers_are_tried_step_by_step(
    client: Client, cast: Cast, booked: Appointment, draft: Draft
) -> None:
    browser = lena(client, cast)
    url = reverse("packs:simulation", args=[draft.pk])
    advance = reverse("packs:advance", args=[draft.pk])
    assert browser.post(url).status_code == 302
    begun = browser.get(url).content.decode()
    assert "0 of 1 past submissions looked at" in begun
    assert f'hx-post="{advance}"' in begun
    assert "<noscript>" in begun
    part = browser.post(advance, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "1 of 1 past submissions looked at" in part
    # Without scripts the same button leads back to the page.
    assert browser.post(advance).headers["Location"] == url
    done = browser.get(url).content.decode()
    assert "1 client would be judged more strictly" in done
    assert "1 live clearance ends, 1 booking goes on hold." in done
    assert "hx-post" not in done


def test_its_author_is_told_why_somebody_else_must_approve(
    client: Client, cast: Cast, draft: Draft
) -> None:
    rules.simulated(cast.actor(cast.lena), draft)
    browser = lena(client, cast)
    url = reverse("packs:approve", args=[draft.pk])
    told = browser.get(url).content.decode()
    assert "You changed something in this draft, so a second person must approve it" in told
    assert "Approve the draft" not in told
    assert browser.post(url, {"note": "Mine."}).status_code == 409
    assert queries.state_of(draft) is State.SIMULATED


def test_a_second_lead_approves_what_was_shown_and_nothing_else(
    client: Client, cast: Cast, draft: Draft
) -> None:
    rules.simulated(cast.actor(cast.lena), draft)
    client.force_login(rules.second_lead(cast))
    url = reverse("packs:approve", args=[draft.pk])
    stale: Any = client.post(url, {"note": "Fine.", "seen": "0" * 64})
    assert stale.status_code == 409
    assert "Somebody else changed this draft" in stale.content.decode()
    empty: Any = client.post(url, {"note": "", "seen": queries.newest_revision(draft).sha256})
    assert "note" in empty.context["form"].errors
    shown: Any = client.get(url)
    sent = filled(shown.context["form"], note="Read the difference.")
    seen = {"seen": queries.newest_revision(draft).sha256}
    assert client.post(url, sent | seen).status_code == 302
    assert queries.state_of(draft) is State.APPROVED


def test_publishing_tells_first_and_then_holds_the_booking(
    client: Client, cast: Cast, booked: Appointment, draft: Draft
) -> None:
    approved = rules.draft_of(cast, longer() | {"questions": _as("1.9.1")})
    rules.simulated(cast.actor(cast.lena), approved)
    lars = rules.second_lead(cast)
    client.force_login(lars)
    sha256 = queries.newest_revision(approved).sha256
    client.post(reverse("packs:approve", args=[approved.pk]), {"note": "Read.", "seen": sha256})
    browser = lena(client, cast)
    url = reverse("packs:publish", args=[approved.pk])
    told = browser.get(url).content.decode()
    assert "1 live clearance ends, 1 booking goes on hold." in told
    answer = browser.post(url, {"seen": sha256})
    row = newest_row()
    assert row is not None
    assert answer.headers["Location"] == reverse("packs:pack", args=[row.pk])
    booked.refresh_from_db()
    assert booked.status == "ON_HOLD"
    assert not Clearance.objects.filter(live=True).exists()
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "1 live clearance ends, 1 booking goes on hold." in page
    assert "Lars Holm" in page
    again = browser.post(url, {"seen": sha256})
    assert again.status_code == 409
    assert "This draft was published or set aside" in again.content.decode()


def test_a_draft_is_set_aside_with_a_cause(client: Client, cast: Cast, draft: Draft) -> None:
    browser = lena(client, cast)
    url = reverse("packs:discard", args=[draft.pk])
    empty: Any = send(browser, url, why="")
    assert empty.context["form"].errors["why"]
    assert send(browser, url, why="Begun twice.").status_code == 302
    page = browser.get(reverse("packs:draft", args=[draft.pk])).content.decode()
    assert "This draft was set aside" in page
    assert "Begun twice." in page


def test_a_drafts_page_costs_the_same_however_long_its_history(
    client: Client, cast: Cast, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    browser = lena(client, cast)
    for days in (61, 62, 63):
        url = reverse("packs:rule", args=[draft.pk, "topical_actives"])
        assert send(browser, url, o1_wait=str(days), why="Longer.").status_code == 302
    with django_assert_max_num_queries(22):
        assert browser.get(reverse("packs:draft", args=[draft.pk])).status_code == 200


def _as(version: str) -> Any:
    return rules.tables_in_force(version)["questions"]


def test_a_draft_of_rules_no_longer_in_force_leads_to_a_new_one(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    page = reverse("packs:draft", args=[draft.pk])
    assert browser.get(page).context["next"].title != "Begin a new draft"
    rules.published(cast, rules.tables_in_force("1.9.1") | {"rules": longer(70)["rules"]})
    after = browser.get(page)
    assert after.context["next"].title == "Begin a new draft"
    assert after.context["next"].url == reverse("packs:start")
    assert "A second person must approve" not in after.content.decode()
