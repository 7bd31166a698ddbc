"""What was counted before does not pass for what is: the pages of a draft after more has come."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.core.actor import Actor
from clinic.packs import actions, queries
from clinic.packs.counts import counts
from clinic.packs.models import Draft, Publication, Simulation
from clinic.packs.states import State
from tests import factories
from tests.clinic.packs.applied import booked
from tests.clinic.packs.attacks import newest
from tests.clinic.packs.conftest import RETINOL, Submitted, longer, submit
from tests.clinic.packs.filling import filled
from tests.clinic.packs.filling import lena as as_lena
from tests.factories import MONDAY, NOW, Cast, rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: rules.LATER)


@pytest.fixture
def approved(cast: Cast, submitted: Submitted) -> Draft:
    """A longer wait, which ends Maya's clearance; she has no booking yet."""
    submitted(**RETINOL)
    return rules.approved(cast, longer())


def page(client: Client, name: str, draft: Draft) -> str:
    answer = client.get(reverse(f"packs:{name}", args=[draft.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def more_comes(cast: Cast) -> None:
    """A booking for Maya, and a submission of somebody else."""
    booked(cast, Simulation.objects.get().differences.get().screening)
    submit(cast, factories.client(cast.riverside, first_name="Ada"), **RETINOL)


@pytest.mark.parametrize("name", ["simulation", "approve", "publish"])
def test_what_hangs_on_it_is_counted_when_the_page_is_opened(
    client: Client, cast: Cast, approved: Draft, name: str
) -> None:
    browser = as_lena(client, cast)
    before = page(browser, name, approved)
    assert "1 live clearance ends, 0 bookings go on hold." in before
    assert "Nobody was screened since" in before
    assert ("Count again" in before) == (name == "simulation")
    more_comes(cast)
    after = page(browser, name, approved)
    assert "1 client would be judged more strictly" in after
    assert "1 live clearance ends, 1 booking goes on hold." in after
    assert "1 screening was made since then." in after
    assert "The clearances or bookings that hang on it have changed since then." in after
    assert "Count again" in after


def test_a_clearance_that_ended_since_is_not_counted(
    client: Client, cast: Cast, approved: Draft, submitted: Submitted
) -> None:
    old = Simulation.objects.get().differences.get().screening
    submitted(old.client)
    told = page(as_lena(client, cast), "publish", approved)
    assert "Nothing that is live rests on it." in told
    who = client.get(reverse("packs:results", args=[approved.pk, "worse"])).content.decode()
    assert "Maya Lind" in who
    assert "Cleared now" not in who


def test_counting_again_says_the_same_as_publishing_then_does(
    client: Client, cast: Cast, approved: Draft
) -> None:
    more_comes(cast)
    browser = as_lena(client, cast)
    url = reverse("packs:simulation", args=[approved.pk])
    assert browser.post(url).headers["Location"] == url
    while (found := queries.simulation_of(newest(approved))) and not found.finished_at:
        browser.post(reverse("packs:advance", args=[approved.pk]))
    assert queries.state_of(approved) is State.APPROVED
    told = page(browser, "publish", approved)
    assert "2 clients would be judged more strictly" in told
    assert "2 live clearances end, 1 booking goes on hold." in told
    assert "Nobody was screened since" in told
    assert "Count again" not in told
    sent = {"seen": newest(approved).sha256}
    answer = browser.post(reverse("packs:publish", args=[approved.pk]), sent, follow=True)
    assert "2 live clearances end, 1 booking goes on hold." in answer.content.decode()


def test_of_published_rules_it_stays_what_was_found_then(
    client: Client, cast: Cast, submitted: Submitted
) -> None:
    booked(cast, submitted(**RETINOL))
    rules.published(cast, longer())
    browser, draft = as_lena(client, cast), Draft.objects.get()
    for name in ("simulation", "approve"):
        told = page(browser, name, draft)
        assert "1 live clearance ends, 1 booking goes on hold." in told
        assert "Clearances and bookings are those of now." not in told
        assert "Count again" not in told
    who = browser.get(reverse("packs:results", args=[draft.pk, "worse"])).content.decode()
    assert "Cleared then, 1 booking" in who


def test_who_only_reads_does_not_count(client: Client, cast: Cast, approved: Draft) -> None:
    more_comes(cast)
    client.force_login(cast.audra)
    for name in ("simulation", "approve"):
        told = page(client, name, approved)
        assert "1 screening was made since then." in told
        assert "Count again" not in told


def test_what_it_costs_does_not_grow(
    cast: Cast, lena: Actor, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        who = factories.client(cast.riverside, first_name=f"C{number}")
        submit(cast, who, **RETINOL)
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    with django_assert_num_queries(4):
        found = counts(tried, today=MONDAY)
    assert found.now["WORSE"] == {"people": 6, "clearances": 6, "bookings": 0}
    assert not found.overtaken


class TestWhileItIsCountedAgain:
    @pytest.fixture
    def running(self, approved: Draft, lena: Actor) -> Simulation:
        return actions.start_simulation(actor=lena, draft=approved, at=NOW)

    def test_nothing_is_published(
        self, client: Client, cast: Cast, approved: Draft, running: Simulation
    ) -> None:
        browser = as_lena(client, cast)
        told = page(browser, "publish", approved)
        assert "Past answers are being counted again" in told
        assert "Publish the rules</button>" not in told
        sent = {"seen": newest(approved).sha256}
        answer = browser.post(reverse("packs:publish", args=[approved.pk]), sent)
        assert answer.status_code == 409
        assert "Nothing was published." in answer.content.decode()
        assert not Publication.objects.exists()
        assert "Let the count come to its end" in page(browser, "draft", approved)

    def test_nothing_is_approved_and_what_was_typed_stays(
        self, client: Client, cast: Cast, lena: Actor, submitted: Submitted
    ) -> None:
        submitted(**RETINOL)
        draft = rules.draft_of(cast, longer())
        rules.simulated(lena, draft)
        client.force_login(rules.second_lead(cast))
        url = reverse("packs:approve", args=[draft.pk])
        shown: Any = client.get(url)
        sent = filled(shown.context["form"], note="Read it.") | {"seen": newest(draft).sha256}
        actions.start_simulation(actor=lena, draft=draft, at=NOW)
        answer = client.post(url, sent)
        assert answer.status_code == 409
        told = answer.content.decode()
        assert "Past answers are being counted again." in told
        assert "Read it." in told
        assert "Past answers are being counted again." in page(client, "approve", draft)
        assert queries.state_of(draft) is State.SIMULATED


def test_nothing_but_what_was_shown_is_published(
    client: Client, cast: Cast, approved: Draft, lena: Actor
) -> None:
    browser = as_lena(client, cast)
    seen = newest(approved).sha256
    assert f'name="seen" value="{seen}"' in page(browser, "publish", approved)
    actions.change(
        actor=lena,
        draft=approved,
        tables=longer(70),
        expected_sha256=seen,
        what="Longer.",
        at=NOW,
    )
    for sent in ({"seen": seen}, {}):
        answer = browser.post(reverse("packs:publish", args=[approved.pk]), sent)
        assert answer.status_code == 409
        told = answer.content.decode()
        assert "Nothing was published." in told
        assert "Somebody else changed this draft a moment ago." in told
    assert not Publication.objects.exists()


class TestABarThatCannotGoOn:
    def sent(self, client: Client, draft: Draft, **headers: str) -> Any:
        return client.post(reverse("packs:advance", args=[draft.pk]), headers=headers)

    def test_another_revision_was_saved(
        self, client: Client, cast: Cast, draft: Draft, lena: Actor
    ) -> None:
        actions.start_simulation(actor=lena, draft=draft, at=NOW)
        seen = newest(draft).sha256
        actions.change(
            actor=lena, draft=draft, tables=longer(70), expected_sha256=seen, what="x", at=NOW
        )
        self.leads_to_the_draft(as_lena(client, cast), draft, "has to be tried on past answers")

    def test_the_draft_was_set_aside(
        self, client: Client, cast: Cast, draft: Draft, lena: Actor
    ) -> None:
        actions.start_simulation(actor=lena, draft=draft, at=NOW)
        actions.discard(actor=lena, draft=draft, cause="Not needed.", at=NOW)
        self.leads_to_the_draft(as_lena(client, cast), draft, "It can no longer be changed.")

    def leads_to_the_draft(self, browser: Client, draft: Draft, words: str) -> None:
        to = reverse("packs:draft", args=[draft.pk])
        with_scripts = self.sent(browser, draft, **{"HX-Request": "true"})
        assert with_scripts.headers["HX-Redirect"] == to
        assert words in browser.get(to).content.decode()
        assert self.sent(browser, draft).headers["Location"] == to
