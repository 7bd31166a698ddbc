"""The pages of consent: who may open each, what it says, and that nothing typed is lost."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import Event
from clinic.clients import links
from clinic.clients.models import Client
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.saying import CAPACITY
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.models import Screening
from tests.access import assert_access
from tests.clinic.consent.conftest import ANSWERS, DRAWN, as_client, every_tick, give, sign
from tests.factories import NOW, Cast, appointment, clearance, client, screening

DESK = {Role.FRONT_DESK, *CLINICAL_ROLES}
READERS = DESK | {Role.AUDITOR}
MISSING = {"consent_id": 999_999}
AS_JSON = json.dumps([{"points": stroke} for stroke in DRAWN])


@pytest.fixture(autouse=True)
def two_days_later() -> Any:
    with time_machine.travel(NOW + timedelta(hours=52), tick=False):
        yield


@pytest.fixture
def elsewhere(cast: Cast, given: Consent) -> Consent:
    """A consent at the other site."""
    procedure = cast.hilltop.procedures.get(modality="MN_PEN")
    theirs = screening(client(cast.hilltop, first_name="Ida"), procedure, answers=ANSWERS)
    hana = cast.actor(cast.hana)
    made = actions.prepare(actor=hana, screening=theirs, at=NOW, today=NOW.date())
    return actions.hand_over(actor=hana, consent=made, how=Consent.Handed.PRINTED, at=NOW)


def answers(consent: Consent, **fields: Any) -> dict[str, Any]:
    """Everything as a client sends it."""
    return {
        **dict.fromkeys(every_tick(consent), "on"),
        "clinical": "yes",
        "teaching": "no",
        "publicity": "no",
        "printed_name": "Maya Lind",
        "typed": "maya  lind",
        "strokes": "",
        "content_sha256": consent.content_sha256,
    } | fields


def url(name: str, consent: Consent) -> str:
    return reverse(f"consent:{name}", args=[consent.pk])


@pytest.mark.parametrize(
    ("name", "roles", "method", "wrong"),
    [
        ("page", READERS, "get", "post"),
        ("read", READERS, "get", "post"),
        ("pdf", READERS, "get", "post"),
        ("original", READERS, "get", "post"),
        ("sign", DESK, "get", "put"),
        ("sign", DESK, "post", "delete"),
        ("refuse", DESK, "get", "put"),
        ("refuse", DESK, "post", "delete"),
        ("hand_back", DESK, "get", "post"),
        ("countersign", CLINICAL_ROLES, "get", "put"),
        ("countersign", CLINICAL_ROLES, "post", "delete"),
        ("withdraw", DESK, "get", "put"),
        ("withdraw", DESK, "post", "delete"),
        ("send_link", DESK, "post", "get"),
        ("hand_over", DESK, "post", "get"),
        ("photos", DESK, "post", "get"),
    ],
)
def test_access(
    client: Browser,
    cast: Cast,
    given: Consent,
    elsewhere: Consent,
    name: str,
    roles: set[Role],
    method: str,
    wrong: str,
) -> None:
    if name in {"pdf", "original", "countersign"}:
        sign(given)
        sign(elsewhere)
    assert_access(
        client,
        cast,
        f"consent:{name}",
        {"consent_id": given.pk},
        allowed_roles=roles,
        method=method,
        elsewhere={"consent_id": elsewhere.pk},
        missing=MISSING,
        wrong_method=wrong,
    )


def test_access_to_giving(
    client: Browser, cast: Cast, screened: Screening, published: None, elsewhere: Consent
) -> None:
    assert_access(
        client,
        cast,
        "consent:give",
        {"screening_id": screened.pk},
        allowed_roles=DESK,
        method="post",
        elsewhere={"screening_id": elsewhere.screening_id},
        missing={"screening_id": 999_999},
        wrong_method="get",
    )


def test_giving_leads_to_where_it_stands(
    client: Browser, cast: Cast, screened: Screening, published: None
) -> None:
    client.force_login(cast.fred)
    sent = client.post(reverse("consent:give", args=[screened.pk]))
    made = Consent.objects.get()
    assert sent["Location"] == url("page", made)
    page = client.get(url("page", made)).content.decode()
    assert "Put the text into the client's hands" in html.unescape(page)
    assert "Maya has 48 hours to think from the moment" in page
    assert Event.objects.filter(verb="consent.read", client_id=made.client_id).count() == 1


def test_a_refusal_is_said_in_words(client: Browser, cast: Cast, screened: Screening) -> None:
    client.force_login(cast.fred)
    answer = client.post(reverse("consent:give", args=[screened.pk]))
    assert answer.status_code == 409
    assert "No consent text has been published for this treatment yet." in answer.content.decode()


def test_nothing_is_chosen_beforehand_and_every_tick_is_there(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    page = client.get(url("sign", given)).content.decode()
    inputs = re.findall(r'<input type="(?:checkbox|radio)"[^>]*>', page)
    assert len(inputs) == len(every_tick(given)) + 2 * 3
    assert not [one for one in inputs if "checked" in one]
    for ack in given.content["acknowledgements"]:
        assert f'name="{ack["id"]}"' in page
    assert "Sign out" not in page  # nothing of the desk on the handed-over tablet


def test_the_client_signs_on_the_tablet(client: Browser, cast: Cast, given: Consent) -> None:
    client.force_login(cast.fred)
    sent = client.post(url("sign", given), answers(given, typed="", strokes=AS_JSON))
    assert sent["Location"] == url("hand_back", given)
    made = Signature.objects.get()
    assert (made.method, made.printed_name, made.actor_name) == ("DRAWN", "Maya Lind", "Fred Okoye")
    thanks = client.get(url("hand_back", given)).content.decode()
    assert "Please give the tablet back." in thanks
    again = client.get(url("sign", given))
    assert again["Location"] == url("page", given)


def test_each_missing_tick_is_told_beside_it_and_the_rest_stays(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    for missing in every_tick(given):
        sent = {k: v for k, v in answers(given).items() if k != missing}
        page = client.post(url("sign", given), sent).content.decode()
        assert page.count("Please tick this if you agree, or ask us.") == 2  # summary and beside
        block = page[page.index(f'id="div_id_{missing}"') :][:900]
        assert "Please tick this if you agree, or ask us." in block
        assert page.count(" checked") == len(every_tick(given)) - 1 + 3
        assert 'value="Maya Lind"' in page
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"clinical": ""}, "Please choose yes or no."),
        ({"printed_name": ""}, "Please fill this in."),
        ({"typed": ""}, "Please sign in the box, or type your name here."),
        ({"typed": "Mia Lind"}, "Please type the same name as in"),
        ({"typed": "", "strokes": "[]"}, "We could not read the drawing."),
        ({"typed": "", "strokes": "not json"}, "We could not read the drawing."),
        ({"typed": "", "strokes": "[" * 100_000}, "We could not read the drawing."),
    ],
)
def test_what_is_wrong_is_told_in_words(
    client: Browser, cast: Cast, given: Consent, fields: dict[str, str], words: str
) -> None:
    client.force_login(cast.fred)
    answer = client.post(url("sign", given), answers(given, **fields))
    page = answer.content.decode()
    assert words in page
    assert page.count(" checked") == len(every_tick(given)) + (2 if "clinical" in fields else 3)
    assert not Signature.objects.exists()


def test_a_text_that_changed_is_read_and_ticked_again(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    answer = client.post(url("sign", given), answers(given, content_sha256="b" * 64))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The text has changed. Please read it again before you sign." in page
    assert " checked" not in page
    assert given.content_sha256 in page
    assert 'value="Maya Lind"' in page


def test_i_do_not_agree(client: Browser, cast: Cast, given: Consent) -> None:
    client.force_login(cast.fred)
    assert "nobody will ask you to explain" in client.get(url("refuse", given)).content.decode()
    client.post(url("refuse", given), {"cause": ""})
    given.refresh_from_db()
    assert given.end_kind == "REFUSED"
    assert "Maya does not agree" in client.get(url("page", given)).content.decode()
    assert client.post(url("refuse", given), {"cause": ""}).status_code == 409


def test_countersigning_and_what_the_page_says_then(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.petra)
    page = client.get(url("countersign", given)).content.decode()
    assert "Maya Lind has not signed yet." in page
    sign(given)
    page = client.get(url("countersign", given)).content.decode()
    assert "I have discussed this treatment" in page
    assert "do not use family to translate consent" in page  # how the clinic asks, for staff
    sent = dict.fromkeys(CAPACITY, "on") | {"asked": "no"}
    sent |= {"printed_name": "Petra Novak", "typed": "Petra Novak", "strokes": ""}
    assert client.post(url("countersign", given), sent | {"typed": ""}).status_code == 200
    assert client.post(url("countersign", given), sent).status_code == 302
    page = client.get(url("page", given)).content.decode()
    assert "In force until" in page
    assert client.post(url("countersign", given), sent).status_code == 409


def test_withdrawing_asks_once_and_needs_no_reason(
    client: Browser, cast: Cast, given: Consent
) -> None:
    sign(given)
    appointment(
        cast, given.client, held=clearance(given.client, cast.pen, screening=given.screening)
    )
    client.force_login(cast.fred)
    asked = client.get(url("withdraw", given)).content.decode()
    assert "the client cannot be treated on this consent" in asked
    assert Consent.objects.get().live
    assert client.post(url("withdraw", given), {"cause": ""}).status_code == 302
    page = client.get(url("page", given)).content.decode()
    assert "Maya took the consent back" in page
    assert "These appointments cannot go ahead:" in page
    assert "Tuesday 16 June at 10:00 with Petra Novak" in page
    assert client.post(url("withdraw", given), {"cause": ""}).status_code == 409
    assert client.post(url("send_link", given)).status_code == 409


def test_staff_see_what_awaits_sign_off_and_clients_do_not(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.audra)
    assert client.get(url("read", given)).content.decode().count("awaits sign-off") > 10
    client.force_login(cast.fred)
    assert "awaits sign-off" not in client.get(url("sign", given)).content.decode()


def test_pages_are_light_and_cost_few_queries(
    client: Browser,
    cast: Cast,
    given: Consent,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(cast.fred)
    for name, most in (("page", 20), ("sign", 12), ("read", 11)):
        with django_assert_max_num_queries(most):
            answer = client.get(url(name, given))
        assert len(answer.content) < 60_000, name


# ---- By private link ----------------------------------------------------------------------------


@pytest.fixture
def token(cast: Cast, given: Consent) -> str:
    return links.issue(
        actor=cast.actor(cast.fred),
        client=given.client,
        purpose="CONSENT",
        object_id=given.pk,
        at=NOW,
    )


@pytest.fixture
def phone(client: Browser, token: str) -> Browser:
    """The client's own phone, after saying the date of birth."""
    born = {"link_date_of_birth": "1990-04-12"}
    client.post(reverse("consent:client_sign", args=[token]), born)
    return client


CLIENT_PAGES = ("sign", "read", "refuse", "withdraw", "done", "pdf", "original")


def of(name: str, token: str) -> str:
    return reverse(f"consent:client_{name}", args=[token])


@pytest.mark.parametrize("name", CLIENT_PAGES)
def test_access_by_link(client: Browser, cast: Cast, given: Consent, token: str, name: str) -> None:
    unopened = client.get(of(name, token)).content.decode()
    assert "Microneedling" not in unopened  # asks for the date of birth first
    assert client.get(of(name, "no-such-token")).status_code == 404
    other = links.issue(
        actor=cast.actor(cast.fred),
        client=given.client,
        purpose="INTAKE",
        object_id=given.pk,
        at=NOW,
    )
    assert client.get(of(name, other)).status_code in (404, 410)


@pytest.mark.parametrize("name", ["sign", "read", "withdraw", "refuse"])
def test_what_a_client_reads_is_on_record_too(
    phone: Browser, given: Consent, token: str, name: str
) -> None:
    read = Event.objects.filter(verb="consent.read", actor_kind="client", client_id=given.client_id)
    before = read.count()
    phone.get(of(name, token))
    assert read.count() == before + 1


def test_the_whole_way_on_a_phone(phone: Browser, given: Consent, token: str) -> None:
    page = phone.get(reverse("clients:link", args=[token]), follow=True).content.decode()
    assert "You do not have to sign today." in page
    assert "Riverside" in page
    assert "You will be asked to say:" in phone.get(of("read", token)).content.decode()
    assert phone.get(of("pdf", token)).status_code == 404
    sent = phone.post(of("sign", token), answers(given))
    assert sent["Location"] == of("done", token)
    made = Signature.objects.get()
    assert (made.method, made.actor_kind, made.actor_id) == ("TYPED", "client", given.client_id)
    thanks = phone.get(of("done", token)).content.decode()
    assert "Your practitioner talks it through with you" in thanks
    assert phone.get(of("pdf", token)).content.startswith(b"%PDF-")
    assert phone.delete(of("sign", token)).status_code == 405
    assert phone.post(of("withdraw", token), {"cause": ""})["Location"] == of("done", token)
    assert "You took your consent back" in phone.get(of("done", token)).content.decode()
    given.refresh_from_db()
    assert (given.end_kind, given.ended_by) == ("WITHDRAWN", "Maya Lind")


def test_no_on_a_phone(phone: Browser, given: Consent, token: str) -> None:
    phone.post(of("refuse", token), {"cause": "I want to wait."})
    given.refresh_from_db()
    assert (given.end_kind, given.ended_cause) == ("REFUSED", "I want to wait.")
    assert "You said no" in phone.get(of("sign", token), follow=True).content.decode()


def test_a_link_never_opens_somebody_elses_text(
    client: Browser, cast: Cast, given: Consent, maya: Client
) -> None:
    ida = screening(_somebody(cast, "Ida"), cast.pen, answers=ANSWERS)
    theirs = give(cast, ida)
    token = links.issue(
        actor=cast.actor(cast.fred), client=maya, purpose="CONSENT", object_id=theirs.pk, at=NOW
    )
    born = {"link_date_of_birth": "1990-04-12"}
    client.post(of("sign", token), born)
    assert client.get(of("sign", token)).status_code == 404
    assert as_client(maya).id != theirs.client_id


def _somebody(cast: Cast, name: str) -> Client:
    return client(cast.riverside, first_name=name)


def test_the_link_page_shows_it_once_with_a_code_to_scan(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    page = client.post(url("send_link", given)).content.decode()
    found = re.search(r"/clients/link/[\w-]+", page)
    assert found
    assert "<svg" in page
    assert client.get(found[0]).status_code == 302


def test_after_a_no_the_page_leads_to_a_new_text(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    client.post(url("refuse", given), {"cause": ""})
    again = reverse("consent:give", args=[given.screening_id])
    assert again in client.get(url("page", given)).content.decode()
    sent = client.post(again)
    newest = Consent.objects.get(live=True)
    assert sent["Location"] == url("page", newest)
    page = client.get(url("page", given)).content.decode()
    assert url("page", newest) in page
    assert again not in page
    client.force_login(cast.audra)
    assert again not in client.get(url("page", newest)).content.decode()


def test_when_the_answers_end_the_page_says_what_comes_first(
    client: Browser, cast: Cast, given: Consent
) -> None:
    client.force_login(cast.fred)
    end = {"ended_at": NOW, "ended_by": "Fred", "ended_cause": "The answers changed."}
    Screening.objects.filter(pk=given.screening_id).update(**end)
    page = client.get(url("page", given)).content.decode()
    assert "The text, the answers, the plan or the rules have changed" in page
    assert "<p>The answers changed.</p>" in page, "and why"
    assert "The health questions come first" in page
    newer = screening(given.client, cast.pen, answers=ANSWERS)
    page = client.get(url("page", given)).content.decode()
    assert reverse("consent:give", args=[newer.pk]) in page
    assert "Make the new text ready" in page
