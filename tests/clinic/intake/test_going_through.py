"""Going through earlier answers again: all in view, none chosen, each part said by somebody."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.answer_changes import changed_answers
from clinic.intake.models import Clearance, Intake, Submission
from screening.engine.moving import moving
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted
from tests.factories import MONDAY, NOW, Cast

SignedIn = Callable[[Any], Browser]
PACK = latest()


@pytest.fixture
def clock(db: None) -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def again(filled: Filled, fred: Actor, cast: Cast, maya: Client) -> Callable[..., Intake]:
    """`again(rosacea="calm")`: those answers, handed in and opened to be gone through."""

    def make(**answers: Any) -> Intake:
        actions.submit(actor=fred, intake=filled(**answers), at=NOW, today=MONDAY)
        return actions.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)

    return make


def url(draft: Intake, section: str) -> str:
    return reverse("intake:section", args=[draft.pk, section])


def send(
    browser: Browser,
    clock: Any,
    draft: Intake,
    section: str,
    answers: Mapping[str, Any],
    *,
    seconds: float = 60,
    still_true: bool = True,
) -> Any:
    shown = re.search(r'name="shown" value="([^"]+)"', browser.get(url(draft, section)).text)
    assert shown
    draft.refresh_from_db()
    sent: dict[str, Any] = {"version": draft.version, "shown": shown[1], "go": "next"}
    for question in PACK.sections[section].questions:
        if question.id in answers:
            sent |= posted(question, answers[question.id])
    if still_true:
        sent["still_true"] = "yes"
    clock.shift(seconds)
    return browser.post(url(draft, section), sent)


def afresh(section: str) -> dict[str, Any]:
    """What has to be answered in a section although all else still holds."""
    asked = {question.id for question in PACK.sections[section].questions} & moving(PACK)
    return {name: ALL_CLEAR[name] for name in asked if name in ALL_CLEAR}


def test_nothing_is_chosen_and_every_earlier_answer_is_in_view(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(rosacea="calm"), signed_in(cast.fred)
    assert draft.answers == {}
    for section in PACK.sections:
        page = browser.get(url(draft, section)).text
        assert not re.findall(r"<input[^>]* checked", page)
        asked = [q.id for q in PACK.sections[section].questions if q.id in ALL_CLEAR]
        assert page.count('class="before"') >= len(asked)
    assert "Yes, but it is calm" in browser.get(url(draft, "skin")).text


def test_without_saying_so_no_part_is_answered(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    page = send(browser, clock, draft, "skin", afresh("skin"), still_true=False)
    assert page.status_code == 200
    assert "Please tick the box at the end" in page.text
    draft.refresh_from_db()
    assert "rosacea" not in draft.answers


def test_what_moves_with_time_is_never_taken_over(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    page = send(browser, clock, draft, "skin", {})
    assert page.status_code == 200
    draft.refresh_from_db()
    assert "rosacea" in draft.answers
    assert not {"cold_sore_state", "open_skin", "planned_sun"} & set(draft.answers)


def test_all_still_true_part_by_part_clears_again(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    for section in PACK.sections:
        assert send(browser, clock, draft, section, afresh(section)).status_code == 302
    browser.post(reverse("intake:check", args=[draft.pk]), {"confirmed": "on"})
    made = Submission.objects.latest("pk")
    assert made.intake_id == draft.pk
    assert made.answers == ALL_CLEAR
    assert Clearance.objects.filter(screening__submission=made, live=True).exists()
    kept = made.conduct["health"]
    assert (kept["who"], kept["by"], kept["seconds"]) == ("staff", "Fred Okoye", 60)
    assert "diabetes" in kept["confirmed"]
    assert "unwell" not in kept["confirmed"]


def test_the_reviewer_sees_old_beside_new(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    for section in PACK.sections:
        changed = {"rosacea": "calm"} if section == "skin" else {}
        assert send(browser, clock, draft, section, afresh(section) | changed).status_code == 302
    browser.post(reverse("intake:check", args=[draft.pk]), {"confirmed": "on"})
    made = Submission.objects.latest("pk")
    assert [(one.before, one.now) for one in changed_answers(made)] == [
        ("No", "Yes, but it is calm")
    ]
    page = browser.get(reverse("review:case", args=[made.screenings.get().pk])).text
    assert "What changed since the earlier answers" in page


def test_one_answer_may_be_changed_and_the_rest_still_be_true(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    send(browser, clock, draft, "skin", {**afresh("skin"), "rosacea": "calm"})
    draft.refresh_from_db()
    assert draft.answers["rosacea"] == "calm"
    assert draft.answers["warts_area"] == ALL_CLEAR["warts_area"]
    assert "rosacea" not in draft.sections_saved["skin"]["confirmed"]


def test_what_follows_from_a_changed_answer_is_asked_afresh(
    again: Callable[..., Intake], signed_in: SignedIn, cast: Cast, clock: Any
) -> None:
    draft, browser = again(skin_disease=["eczema"], skin_disease_state="calm"), signed_in(cast.fred)
    changed = {**afresh("skin"), "skin_disease": ["eczema", "psoriasis"]}
    changed.pop("skin_disease_state", None)
    assert send(browser, clock, draft, "skin", changed).status_code == 200
    draft.refresh_from_db()
    assert "skin_disease_state" not in draft.answers


def test_an_answer_that_news_touched_is_not_confirmed(
    again: Callable[..., Intake],
    signed_in: SignedIn,
    cast: Cast,
    clock: Any,
    fred: Actor,
    maya: Client,
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    actions.record_news(
        actor=fred, client=maya, kind="PHONE", words="", questions=["keloid"], at=NOW
    )
    assert send(browser, clock, draft, "skin", afresh("skin")).status_code == 200
    draft.refresh_from_db()
    assert "keloid" not in draft.answers
    assert "rosacea" in draft.answers


def test_news_while_a_page_is_open_asks_it_once_more_and_keeps_the_rest(
    again: Callable[..., Intake],
    signed_in: SignedIn,
    cast: Cast,
    clock: Any,
    fred: Actor,
    maya: Client,
) -> None:
    draft, browser = again(), signed_in(cast.fred)
    shown = re.search(r'name="shown" value="([^"]+)"', browser.get(url(draft, "skin")).text)
    assert shown
    actions.record_news(
        actor=fred, client=maya, kind="PHONE", words="", questions=["keloid"], at=NOW
    )
    sent: dict[str, Any] = {"version": 99, "shown": shown[1], "still_true": "yes"}
    for question in PACK.sections["skin"].questions:
        if question.id in {**afresh("skin"), "keloid": ALL_CLEAR["keloid"]}:
            sent |= posted(question, ALL_CLEAR[question.id])
    clock.shift(60)
    page = browser.post(url(draft, "skin"), sent)
    assert page.status_code == 409
    assert "Something was told while this page was open" in page.text
    draft.refresh_from_db()
    assert "keloid" not in draft.answers
    assert draft.earlier["keloid"] == ALL_CLEAR["keloid"]
    assert draft.answers["rosacea"] == ALL_CLEAR["rosacea"]
