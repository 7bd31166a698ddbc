"""The client's own way: by a link, after their date of birth, to their own questions only."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.clients import links
from clinic.clients.models import Client, ClientLink
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.errors import Unanswered
from clinic.intake.models import Intake, Screening, Submission
from clinic.intake.pace import stamp
from screening.actions import publish_latest
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted_section
from tests.factories import MONDAY, NOW, Cast
from tests.factories import client as client_at
from tests.factories import intake as intake_of

PACK = latest()
SignedIn = Callable[[Any], Browser]
PAGES = ["client_start", "client_section", "client_check", "client_done"]


def _url(name: str, token: str) -> str:
    more = ["skin"] if name == "client_section" else []
    return reverse(f"intake:{name}", args=[token, *more])


def _token(draft: Intake, fred: Actor, purpose: str = "INTAKE") -> str:
    return links.issue(
        actor=fred,
        client=draft.client,
        purpose=purpose,
        object_id=draft.pk,
        at=timezone.now(),
    )


@pytest.fixture
def opened(client: Browser, filled: Filled, fred: Actor) -> Callable[..., tuple[str, Intake]]:
    """`opened(pregnant="")`: a link to such a draft, its date of birth given in `client`."""

    def make(**answers: Any) -> tuple[str, Intake]:
        draft = filled(**answers)
        token = _token(draft, fred)
        client.post(_url("client_start", token), {"link_date_of_birth": "1990-04-12"})
        return token, draft

    return make


class TestAccess:
    @pytest.mark.parametrize("name", PAGES)
    def test_nothing_is_shown_before_the_date_of_birth(
        self, client: Browser, filled: Filled, fred: Actor, name: str
    ) -> None:
        page = client.get(_url(name, _token(filled(), fred)))
        assert "date of birth" in page.text
        assert "Maya" not in page.text
        assert "infection" not in page.text

    @pytest.mark.parametrize("name", PAGES)
    def test_an_unknown_link_is_missing(self, client: Browser, db: None, name: str) -> None:
        assert client.get(_url(name, "unknown")).status_code == 404

    @pytest.mark.parametrize("name", PAGES)
    def test_a_link_for_consent_does_not_open_the_questions(
        self, client: Browser, filled: Filled, fred: Actor, name: str
    ) -> None:
        token = _token(filled(), fred, purpose="CONSENT")
        answer = client.post(_url(name, token), {"link_date_of_birth": "1990-04-12"})
        assert answer.status_code == 404

    @pytest.mark.parametrize("name", PAGES)
    def test_wrong_method(self, client: Browser, opened: Any, name: str) -> None:
        token, _draft = opened()
        assert client.delete(_url(name, token)).status_code == 405

    def test_a_link_to_another_clients_questions_is_missing(
        self, client: Browser, cast: Cast, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        other = intake_of(client_at(cast.riverside, first_name="Olga"), cast.pen)
        token = links.issue(
            actor=fred,
            client=draft.client,
            purpose="INTAKE",
            object_id=other.pk,
            at=timezone.now(),
        )
        url = _url("client_start", token)
        client.post(url, {"link_date_of_birth": "1990-04-12"})
        assert client.get(url).status_code == 404

    def test_a_clients_link_opens_no_staff_page(self, client: Browser, opened: Any) -> None:
        _, draft = opened()
        answer = client.get(reverse("intake:check", args=[draft.pk]))
        assert answer["Location"].startswith(reverse("accounts:sign_in"))


def test_the_desk_shows_a_link_and_a_code(
    signed_in: SignedIn, cast: Cast, filled: Filled, settings: Any
) -> None:
    draft = filled()
    page = signed_in(cast.fred).post(reverse("intake:send_link", args=[draft.pk]))
    address = page.context["address"]
    assert address.startswith(settings.PUBLIC_URL)
    assert "<svg" in page.text
    assert "style=" not in page.text.split("<main")[1], "the content policy refuses inline style"
    token = address.rstrip("/").rsplit("/", 1)[1]
    first = Browser().get(reverse("clients:link", args=[token]))
    assert first["Location"] == _url("client_start", token)


def test_a_plan_can_be_sent_at_once(signed_in: SignedIn, cast: Cast, maya: Client) -> None:
    publish_latest(timezone.now())
    plan = {
        "procedure": cast.pen.pk,
        "depth_mm": "0.5",
        "areas": ["cheeks"],
        "planned_date": timezone.localdate().isoformat(),
        "anaesthetic_planned": "no",
        "test_patch_ok": "no",
        "go": "link",
    }
    page = signed_in(cast.fred).post(reverse("intake:start", args=[maya.pk]), plan)
    assert "<svg" in page.text
    assert ClientLink.objects.get().object_id == Intake.objects.get().pk


def test_start_leads_to_the_first_open_question(client: Browser, opened: Any) -> None:
    token, _draft = opened(pregnant="")
    page = client.get(_url("client_start", token))
    assert page.context["go_url"] == reverse("intake:client_section", args=[token, "pregnancy"])
    assert "Hello Maya" in page.text


def test_a_client_answers_and_sends(client: Browser, opened: Any) -> None:
    token, draft = opened(rosacea="")
    skin = PACK.sections["skin"].questions
    url = reverse("intake:client_section", args=[token, "skin"])
    shown = {"shown": client.get(url).context["shown"]}
    sent = posted_section(skin, draft.answers) | {"rosacea": "calm", "version": 0}
    answer = client.post(url, sent | shown)
    assert answer["Location"] == reverse("intake:client_section", args=[token, "health"])
    check = _url("client_check", token)
    assert "My answers are true" in client.get(check).text
    assert client.post(check, {}).status_code == 200
    assert not Submission.objects.exists(), "not before the statement is ticked"

    done = client.post(check, {"confirmed": "on"}, follow=True)

    assert done.redirect_chain[-1][0] == _url("client_done", token)
    assert Submission.objects.get().actor_kind == "client"
    assert Screening.objects.get().actor_name == "Maya Lind"
    assert "A practitioner reads your answers" in done.text
    for word in ("Contraindicated", "Review", "level"):
        assert word not in done.text.split("<main")[1]


def test_done_tells_what_to_do_before_the_visit(client: Browser, opened: Any) -> None:
    token, _draft = opened()
    done = client.post(_url("client_check", token), {"confirmed": "on"}, follow=True)
    assert "Before your visit" in done.text
    assert "use sunscreen SPF 30 or more every day from now on" in done.text
    assert "No alcohol." not in done.text  # belongs to a booked day


def test_done_says_from_when(client: Browser, opened: Any) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    token, _draft = opened(topical_actives="yes", topical_actives_date=yesterday)
    done = client.post(_url("client_check", token), {"confirmed": "on"}, follow=True)
    assert "We can find a day for you from" in done.text
    assert "These products need a break of 5 days before needling." in done.text


def test_done_before_sending_leads_back(client: Browser, opened: Any) -> None:
    token, _draft = opened()
    assert client.get(_url("client_done", token))["Location"] == _url("client_start", token)


def test_questions_that_were_set_aside_say_so(client: Browser, opened: Any, fred: Actor) -> None:
    token, draft = opened()
    actions.abandon(actor=fred, intake=draft, at=timezone.now())
    answer = client.get(_url("client_section", token), follow=True)
    assert answer.status_code == 410
    assert "please call us" in answer.text


def test_sending_twice_makes_one_submission(client: Browser, opened: Any) -> None:
    token, _draft = opened()
    for _time in range(2):
        answer = client.post(_url("client_check", token), {"confirmed": "on"}, follow=True)
        assert "Thank you, Maya" in answer.text
    assert Submission.objects.count() == 1


class TestUntimed:
    """Nobody gets past the clock by leaving out, or making up, when the page was shown."""

    @pytest.fixture
    def travel(self) -> Iterator[time_machine.Traveller]:
        with time_machine.travel(NOW, tick=False) as traveller:
            yield traveller

    @pytest.fixture
    def fresh(self, cast: Cast, fred: Actor, client: Browser, travel: Any) -> tuple[str, Intake]:
        """The section of health with nothing answered there, on the client's own phone."""
        without = {question.id: None for question in PACK.sections["health"].questions}
        draft = intake_of(client_at(cast.riverside), cast.pen, answers=ALL_CLEAR)
        draft.answers = {k: v for k, v in draft.answers.items() if k not in without}
        draft.save()
        token = _token(draft, fred)
        client.post(_url("client_start", token), {"link_date_of_birth": "1990-04-12"})
        return reverse("intake:client_section", args=[token, "health"]), draft

    def _sent(self, **more: Any) -> dict[str, Any]:
        answers = ALL_CLEAR | {"other_health": "my knee"}
        return posted_section(PACK.sections["health"].questions, answers) | {"version": 0} | more

    def _stamps(self, draft: Intake, kind: str) -> str:
        made = {
            "foreign": stamp(Intake(pk=draft.pk + 1), "health", at=NOW),
            "another part": stamp(draft, "skin", at=NOW),
            "to come": stamp(draft, "health", at=NOW + timedelta(hours=1)),
        }
        return made.get(kind, kind)

    @pytest.mark.parametrize("kind", ["", "W10:1abc:def", "foreign", "another part", "to come"])
    def test_the_page_comes_again_with_all_that_was_typed(
        self,
        client: Browser,
        fresh: tuple[str, Intake],
        fred: Actor,
        travel: time_machine.Traveller,
        kind: str,
    ) -> None:
        url, draft = fresh
        again = client.post(url, self._sent(shown=self._stamps(draft, kind)))
        assert again.status_code == 200
        assert "Please look through your answers once more, then save again." in again.text
        assert "my knee" in again.text
        assert again.text.count(" checked") >= 10
        draft.refresh_from_db()
        assert draft.sections_saved == {}
        assert "unwell" not in draft.answers, "nothing is kept that could not be timed"
        with pytest.raises(Unanswered):
            actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)

        travel.shift(3)
        version = again.context["draft"].version
        sent = self._sent(shown=again.context["shown"], version=version)
        assert client.post(url, sent).status_code == 302
        draft.refresh_from_db()
        assert draft.sections_saved["health"]["seconds"] == 3
        made = actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)
        assert "answered_in_haste" in {one.code for one in made.findings.all()}

    def test_without_a_stamp_at_all_and_whatever_button_was_pressed(
        self, client: Browser, fresh: tuple[str, Intake]
    ) -> None:
        url, draft = fresh
        for go in ("next", "back", "later"):
            assert client.post(url, self._sent(go=go)).status_code == 200
        draft.refresh_from_db()
        assert draft.sections_saved == {}

    def test_what_was_honest_before_adds_up(
        self, client: Browser, fresh: tuple[str, Intake], travel: time_machine.Traveller
    ) -> None:
        url, draft = fresh
        shown = client.get(url).context["shown"]
        travel.shift(40)
        assert client.post(url, self._sent(shown=shown)).status_code == 302
        again = client.post(url, self._sent(version=1))
        assert again.status_code == 200
        travel.shift(5)
        client.post(url, self._sent(version=1, shown=again.context["shown"]))
        draft.refresh_from_db()
        assert draft.sections_saved["health"]["seconds"] == 45

    def test_somebody_else_meanwhile_is_told_first(
        self, client: Browser, fresh: tuple[str, Intake], fred: Actor
    ) -> None:
        url, draft = fresh
        actions.save_section(
            actor=fred, intake=draft, answers={}, section="health", version=0, at=NOW
        )
        conflict = client.post(url, self._sent())
        assert conflict.status_code == 409
        again = client.post(url, self._sent(version=1, shown=conflict.context["shown"]))
        assert again.status_code == 200
        assert "Please look through your answers once more" in again.text
