"""Pages of the desk: who may open them, what they keep, what they say."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.core.actor import Actor, Role
from clinic.intake import actions
from clinic.intake.models import Intake, Screening, Submission
from screening.actions import publish_latest
from screening.packs import latest
from tests.access import assert_access
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted_section
from tests.factories import NOW, Cast
from tests.factories import client as client_at
from tests.factories import intake as intake_of
from tests.factories import screening as screened

DESK = {Role.FRONT_DESK, Role.PRACTITIONER, Role.PRESCRIBER, Role.CLINICAL_LEAD}
READERS = DESK | {Role.AUDITOR}
SignedIn = Callable[[Any], Browser]
PACK = latest()


@pytest.fixture
def elsewhere(cast: Cast) -> Intake:
    """An open questionnaire at the other site."""
    other = client_at(cast.hilltop, first_name="Olga")
    return intake_of(other, cast.hilltop.procedures.get(modality="MN_PEN"))


def _hand_in(draft: Intake, fred: Actor) -> Screening:
    now = timezone.now()
    return actions.submit(actor=fred, intake=draft, at=now, today=timezone.localdate(now))


class TestAccess:
    def test_start(self, client: Browser, cast: Cast, maya: Client, elsewhere: Intake) -> None:
        assert_access(
            client,
            cast,
            "intake:start",
            {"client_id": maya.pk},
            allowed_roles=DESK,
            elsewhere={"client_id": elsewhere.client_id},
            missing={"client_id": 0},
        )

    @pytest.mark.parametrize("name", ["resume", "check", "draft_plan", "section", "abandon"])
    def test_open_questionnaire(
        self, client: Browser, cast: Cast, filled: Filled, elsewhere: Intake, name: str
    ) -> None:
        more = {"section": "skin"} if name == "section" else {}
        assert_access(
            client,
            cast,
            f"intake:{name}",
            {"intake_id": filled().pk, **more},
            allowed_roles=DESK,
            elsewhere={"intake_id": elsewhere.pk, **more},
            missing={"intake_id": 0, **more},
        )

    def test_send_link(
        self, client: Browser, cast: Cast, filled: Filled, elsewhere: Intake
    ) -> None:
        assert_access(
            client,
            cast,
            "intake:send_link",
            {"intake_id": filled().pk},
            allowed_roles=DESK,
            method="post",
            elsewhere={"intake_id": elsewhere.pk},
            missing={"intake_id": 0},
            wrong_method="get",
        )

    @pytest.mark.parametrize(("name", "roles"), [("submitted", READERS), ("plan", DESK)])
    def test_screening(
        self,
        client: Browser,
        cast: Cast,
        filled: Filled,
        fred: Actor,
        elsewhere: Intake,
        name: str,
        roles: set[Role],
    ) -> None:
        other = screened(client_at(cast.hilltop, first_name="Pia"), elsewhere.procedure)
        assert_access(
            client,
            cast,
            f"intake:{name}",
            {"screening_id": _hand_in(filled(), fred).pk},
            allowed_roles=roles,
            elsewhere={"screening_id": other.pk},
            missing={"screening_id": 0},
        )

    def test_answers(
        self, client: Browser, cast: Cast, filled: Filled, fred: Actor, elsewhere: Intake
    ) -> None:
        other = screened(client_at(cast.hilltop, first_name="Pia"), elsewhere.procedure)
        assert_access(
            client,
            cast,
            "intake:answers",
            {"submission_id": _hand_in(filled(), fred).submission_id},
            allowed_roles=READERS,
            elsewhere={"submission_id": other.submission_id},
            missing={"submission_id": 0},
        )

    def test_amend(
        self, client: Browser, cast: Cast, maya: Client, filled: Filled, elsewhere: Intake
    ) -> None:
        assert_access(
            client,
            cast,
            "intake:amend",
            {"client_id": maya.pk, "procedure_id": cast.pen.pk},
            allowed_roles=DESK,
            elsewhere={"client_id": maya.pk, "procedure_id": elsewhere.procedure_id},
            missing={"client_id": 0, "procedure_id": cast.pen.pk},
        )


class TestPlan:
    def _post(self, browser: Browser, maya: Client, **changes: Any) -> Any:
        day = timezone.localdate() + timedelta(days=15)
        plan = {
            "depth_mm": "0.5",
            "areas": ["cheeks", "perioral"],
            "planned_date": day.isoformat(),
            "anaesthetic_planned": "no",
            "test_patch_ok": "no",
        }
        return browser.post(reverse("intake:start", args=[maya.pk]), plan | changes)

    def test_leads_to_the_first_question(
        self, signed_in: SignedIn, cast: Cast, maya: Client
    ) -> None:
        publish_latest(NOW)
        browser = signed_in(cast.fred)
        answer = self._post(browser, maya, procedure=cast.pen.pk)
        made = Intake.objects.get()
        assert answer["Location"] == reverse("intake:resume", args=[made.pk])
        assert made.areas == ["cheeks", "perioral"]
        assert (made.anaesthetic_planned, made.test_patch_ok) == (False, False)
        first = browser.get(answer["Location"])
        assert first["Location"] == reverse("intake:section", args=[made.pk, "about_you"])

    def test_chooses_nothing_beforehand_and_offers_no_excluded_area(
        self, signed_in: SignedIn, cast: Cast, maya: Client
    ) -> None:
        cast.pen.areas = [*cast.pen.areas, "eyelid", "lip_red"]
        cast.pen.save(update_fields=["areas"])
        page = signed_in(cast.fred).get(reverse("intake:start", args=[maya.pk])).text
        assert "Around the mouth" in page
        assert "Eyelid" not in page
        assert not re.search(r"<input[^>]* checked[ >]", page)

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("depth_mm", "2.6", "goes from 0.25 to 2.50 mm"),
            ("depth_mm", "deep", "Please give a number"),
            ("areas", ["eyelid"], "not one of the available"),
            ("planned_date", "2020-01-01", "This day has passed"),
            ("anaesthetic_planned", "", "Please choose an answer"),
        ],
    )
    def test_says_what_is_wrong_beside_it(
        self, signed_in: SignedIn, cast: Cast, maya: Client, field: str, value: Any, words: str
    ) -> None:
        publish_latest(NOW)
        answer = self._post(signed_in(cast.fred), maya, procedure=cast.pen.pk, **{field: value})
        assert words in str(answer.context["form"].errors[field])
        assert not Intake.objects.exists()
        assert 'value="perioral"' in answer.text, "what was typed is still there"

    def test_an_open_one_is_offered_first(
        self, signed_in: SignedIn, cast: Cast, maya: Client, filled: Filled
    ) -> None:
        draft = filled()
        answer = self._post(signed_in(cast.fred), maya, procedure=cast.pen.pk)
        assert "already open" in str(answer.context["form"].errors["procedure"])
        assert reverse("intake:resume", args=[draft.pk]) in answer.text


class TestSection:
    def _send(self, browser: Browser, draft: Intake, section: str, **changes: Any) -> Any:
        sent = posted_section(PACK.sections[section].questions, draft.answers)
        url = reverse("intake:section", args=[draft.pk, section])
        return browser.post(url, sent | {"version": draft.version, "go": "next"} | changes)

    def test_next_saves_and_goes_on(self, signed_in: SignedIn, cast: Cast, filled: Filled) -> None:
        draft = filled()
        answer = self._send(signed_in(cast.fred), draft, "pregnancy", pregnant="yes")
        assert answer["Location"] == reverse("intake:section", args=[draft.pk, "medicines"])
        draft.refresh_from_db()
        assert draft.answers["pregnant"] == "yes"
        page = signed_in(cast.fred).get(answer["Location"]).text
        assert "Saved " in page

    def test_the_last_leads_to_the_check(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft = filled()
        answer = self._send(signed_in(cast.fred), draft, "health")
        assert answer["Location"] == reverse("intake:check", args=[draft.pk])

    @pytest.mark.parametrize(("go", "target"), [("back", "past_treatment"), ("later", None)])
    def test_one_can_leave_with_questions_open_and_nothing_is_lost(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, go: str, target: str | None
    ) -> None:
        draft = filled()
        answer = self._send(
            signed_in(cast.fred), draft, "pregnancy", pregnant="yes", breastfeeding="", go=go
        )
        expected = (
            reverse("intake:section", args=[draft.pk, target])
            if target
            else reverse("journey:client", args=[draft.client_id])
        )
        assert answer["Location"] == expected
        draft.refresh_from_db()
        assert draft.answers["pregnant"] == "yes"
        assert "breastfeeding" not in draft.answers, "a blank takes the old answer away"

    def test_what_counts_is_saved_although_something_is_missing(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft = filled()
        answer = self._send(
            signed_in(cast.fred), draft, "pregnancy", pregnant="yes", breastfeeding=""
        )
        assert "Please choose an answer" in answer.text
        draft.refresh_from_db()
        assert draft.answers["pregnant"] == "yes"
        assert f'name="version" value="{draft.version}"' in answer.text

    def test_a_follow_up_without_javascript_is_asked_on_the_same_page(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        answer = self._send(signed_in(cast.fred), filled(), "health", diabetes="yes")
        assert list(answer.context["form"].errors) == ["diabetes_control"]

    def test_the_loser_sees_both_answers_and_loses_nothing(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft = filled()
        actions.save_section(
            actor=cast.actor(cast.petra),
            intake=draft,
            answers={"pregnant": "not_sure", "breastfeeding": "no"},
            section="pregnancy",
            version=0,
            at=NOW,
        )
        answer = self._send(signed_in(cast.fred), draft, "pregnancy", pregnant="yes")
        assert answer.status_code == 409
        assert "Petra Novak saved this part" in answer.text
        assert "Not sure" in answer.context["theirs"][0].answer
        assert 'value="yes" id="id_pregnant_0" checked' in answer.text
        draft.refresh_from_db()
        assert draft.answers["pregnant"] == "not_sure"
        again = self._send(signed_in(cast.fred), draft, "pregnancy", pregnant="yes")
        assert again.status_code == 302, "the page had the new version"

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
    def test_a_broken_version_is_no_error(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, version: str
    ) -> None:
        answer = self._send(signed_in(cast.fred), filled(), "pregnancy", version=version)
        assert answer.status_code == 302

    def test_an_unknown_section_is_missing(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        url = reverse("intake:section", args=[filled().pk, "money"])
        assert signed_in(cast.fred).get(url).status_code == 404

    def test_after_handing_in_the_result_is_shown_instead(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        made = _hand_in(draft, fred)
        answer = self._send(signed_in(cast.fred), draft, "pregnancy")
        assert answer["Location"] == reverse("intake:submitted", args=[made.pk])

    def test_a_page_is_light_and_asks_the_database_little(
        self,
        signed_in: SignedIn,
        cast: Cast,
        filled: Filled,
        django_assert_max_num_queries: Any,
    ) -> None:
        browser = signed_in(cast.fred)
        url = reverse("intake:section", args=[filled().pk, "skin"])
        browser.get(url)
        with django_assert_max_num_queries(9):
            page = browser.get(url)
        assert len(page.content) < 60_000, "the longest section"

    def test_every_reading_is_on_record(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft = filled()
        signed_in(cast.fred).get(reverse("intake:section", args=[draft.pk, "skin"]))
        event = Event.objects.get(verb="intake.read")
        assert (event.client_id, event.actor_name) == (draft.client_id, "Fred Okoye")


class TestCheck:
    def test_lists_what_is_missing_first(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft = filled(pregnant="")
        page = signed_in(cast.fred).get(reverse("intake:check", args=[draft.pk]))
        assert "1 question has no answer yet" in page.text
        assert (
            f"{reverse('intake:section', args=[draft.pk, 'pregnancy'])}#div_id_pregnant"
            in page.text
        )

    def test_changing_one_answer_leads_back_here(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        draft, browser = filled(), signed_in(cast.fred)
        here = reverse("intake:check", args=[draft.pk])
        change = f"{reverse('intake:section', args=[draft.pk, 'pregnancy'])}?from=check"
        assert f'href="{change}#div_id_pregnant"' in browser.get(here).text
        sent = posted_section(PACK.sections["pregnancy"].questions, ALL_CLEAR)
        saved = browser.post(change, sent | {"version": draft.version, "go": "next"})
        assert saved["Location"] == here

    def test_needs_the_statement(self, signed_in: SignedIn, cast: Cast, filled: Filled) -> None:
        page = signed_in(cast.fred).post(reverse("intake:check", args=[filled().pk]), {})
        assert "Please read the answers to the client" in page.text
        assert not Submission.objects.exists()

    def test_hands_in_and_says_what_happens_next(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        browser = signed_in(cast.fred)
        answer = browser.post(reverse("intake:check", args=[filled().pk]), {"confirmed": "on"})
        assert answer["Location"] == reverse("intake:submitted", args=[Screening.objects.get().pk])
        assert "Ready to book" in browser.get(answer["Location"]).text

    def test_crafted_handing_in_of_unanswered_questions_is_refused_in_words(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        url = reverse("intake:check", args=[filled(pregnant="").pk])
        answer = signed_in(cast.fred).post(url, {"confirmed": "on"})
        assert answer.status_code == 409
        assert "Some questions have no answer yet" in answer.text
        assert not Submission.objects.exists()

    def test_handing_in_costs_a_fixed_number_of_statements(
        self,
        signed_in: SignedIn,
        cast: Cast,
        filled: Filled,
        django_assert_max_num_queries: Any,
    ) -> None:
        browser = signed_in(cast.fred)
        url = reverse("intake:check", args=[filled().pk])
        with django_assert_max_num_queries(32):
            browser.post(url, {"confirmed": "on"})


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ({}, "Ready to book"),
        ({"rosacea": "calm"}, "A practitioner must review before booking"),
        ({"pregnant": "yes"}, "We cannot treat"),
        ({"topical_actives": "yes", "topical_actives_date": -1}, "Not before "),
        ({"isotretinoin": "stopped", "isotretinoin_stop": -3}, "Ask again later"),
    ],
)
def test_the_result_says_what_happens_next(
    signed_in: SignedIn, filled: Filled, cast: Cast, fred: Actor, answers: Any, title: str
) -> None:
    today = timezone.localdate()
    dated = {
        key: (today + timedelta(days=value)).isoformat() if isinstance(value, int) else value
        for key, value in answers.items()
    }
    made = _hand_in(filled(**dated), fred)
    page = signed_in(cast.fred).get(reverse("intake:submitted", args=[made.pk])).text
    head = page.split("<title>")[1]
    assert head.startswith(title)
    assert page.count("<h1>") == 1
    assert page.split("<h1>")[1].startswith(title)


def test_answers_are_shown_in_the_words_of_that_day(
    signed_in: SignedIn, filled: Filled, cast: Cast, fred: Actor
) -> None:
    made = _hand_in(filled(other_medicines="<b>Iron</b>"), fred)
    page = signed_in(cast.petra).get(reverse("intake:answers", args=[made.submission_id])).text
    assert "List any other medicines" in page
    assert "&lt;b&gt;Iron&lt;/b&gt;" in page
    assert made.submission.answers_sha256 in page


def test_setting_aside_asks_once_and_makes_room(
    signed_in: SignedIn, filled: Filled, cast: Cast
) -> None:
    draft = filled()
    browser = signed_in(cast.fred)
    url = reverse("intake:abandon", args=[draft.pk])
    assert "will not be used" in browser.get(url).text
    browser.post(url)
    draft.refresh_from_db()
    assert not draft.is_open
    assert browser.post(url).status_code == 302, "a second press changes nothing"
    filled()


def test_amending_opens_the_last_answers(
    signed_in: SignedIn, filled: Filled, cast: Cast, fred: Actor
) -> None:
    old = _hand_in(filled(), fred)
    url = reverse("intake:amend", args=[old.client_id, old.procedure_id])
    browser = signed_in(cast.fred)
    assert "go on hold" in browser.get(url).text
    answer = browser.post(url)
    draft = Intake.objects.get(submitted_at=None)
    assert answer["Location"] == reverse("intake:section", args=[draft.pk, "about_you"])
    assert (draft.answers, draft.earlier) == ({}, old.submission.answers)
    assert browser.post(url)["Location"] == answer["Location"], "a second press opens the same"


def test_amending_without_answers_says_so(signed_in: SignedIn, cast: Cast, maya: Client) -> None:
    answer = signed_in(cast.fred).post(reverse("intake:amend", args=[maya.pk, cast.pen.pk]))
    assert answer.status_code == 409
    assert "no answers yet" in answer.text


def test_another_plan_from_the_result(
    signed_in: SignedIn, filled: Filled, cast: Cast, fred: Actor
) -> None:
    old = _hand_in(filled(), fred)
    day = timezone.localdate() + timedelta(days=10)
    plan = {
        "depth_mm": "1.0",
        "areas": ["neck"],
        "planned_date": day.isoformat(),
        "anaesthetic_planned": "yes",
    }
    answer = signed_in(cast.fred).post(reverse("intake:plan", args=[old.pk]), plan)
    new = Screening.objects.get(ended_at=None)
    assert answer["Location"] == reverse("intake:submitted", args=[new.pk])
    assert (str(new.depth_mm), new.areas, new.anaesthetic_planned) == ("1.00", ["neck"], True)
    refused = signed_in(cast.fred).post(reverse("intake:plan", args=[old.pk]), plan)
    assert "newer plan" in refused.text


def test_the_answers_of_the_fixture_are_complete() -> None:
    always = {q.id for q in PACK.questions if q.show_when is None}
    assert set(ALL_CLEAR) == always
