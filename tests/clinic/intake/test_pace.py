"""How long a section took: measured by the server, added up, frozen, and only then judged."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.clients.links import client_actor
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.errors import NotTimed
from clinic.intake.evidence import evidence_of
from clinic.intake.models import NEVER, Clearance, Intake, Screening, Submission
from clinic.intake.pace import conduct_of, seconds_since, stamp
from clinic.intake.rejudging import rejudge
from screening.engine import Conduct, Pace
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted_section
from tests.clinic.intake.timed import HEALTH, codes, fast, hand_in, save
from tests.factories import MONDAY, NOW, Cast

SignedIn = Callable[[Any], Browser]


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _url(draft: Intake) -> str:
    return reverse("intake:section", args=[draft.pk, "health"])


def _shown(page: Any) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def _send(browser: Browser, draft: Intake, shown: str, **answers: Any) -> Any:
    draft.refresh_from_db()
    sent = posted_section(HEALTH, ALL_CLEAR | answers)
    return browser.post(_url(draft), {**sent, "version": draft.version, "shown": shown})


def _kept(draft: Intake) -> Any:
    draft.refresh_from_db()
    return draft.sections_saved["health"]


def test_the_time_from_page_to_save_is_kept(
    signed_in: SignedIn, cast: Cast, filled: Filled, travel: time_machine.Traveller
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    shown = _shown(browser.get(_url(draft)))
    travel.shift(42.5)
    assert _send(browser, draft, shown).status_code == 302
    assert (_kept(draft)["seconds"], _kept(draft)["who"]) == (42.5, "staff")


def test_time_adds_up_when_a_section_is_saved_again(
    signed_in: SignedIn, cast: Cast, filled: Filled, travel: time_machine.Traveller
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    shown = _shown(browser.get(_url(draft)))
    travel.shift(30)
    again = _send(browser, draft, shown, unwell="")
    assert "Please choose an answer" in again.text
    travel.shift(4)
    _send(browser, draft, _shown(again))
    assert _kept(draft)["seconds"] == 34


@pytest.mark.parametrize("forged", ["", "x", "W10:1abc:def", "x" * 5000])
def test_a_page_at_the_desk_whose_stamp_is_missing_or_forged_counts_as_not_read(
    signed_in: SignedIn,
    cast: Cast,
    filled: Filled,
    travel: time_machine.Traveller,
    forged: str,
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    assert _send(browser, draft, forged).status_code == 302
    assert _kept(draft)["seconds"] == 0
    shown = _shown(browser.get(_url(draft)))
    travel.shift(500)
    _send(browser, draft, shown)
    assert _kept(draft)["seconds"] == 500


def test_a_stamp_is_for_one_section_of_one_questionnaire(filled: Filled) -> None:
    draft = filled()
    stamped = stamp(draft, "skin", at=NOW)
    later = NOW + timedelta(seconds=9)
    assert seconds_since(stamped, draft, "skin", at=later) == 9
    assert seconds_since(stamped, draft, "health", at=later) is None
    assert seconds_since(stamped, Intake(pk=draft.pk + 1), "skin", at=later) is None
    assert seconds_since(stamped, draft, "skin", at=NOW - timedelta(seconds=1)) is None


def test_a_conflict_loses_no_time(
    signed_in: SignedIn, cast: Cast, filled: Filled, travel: time_machine.Traveller
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    shown = _shown(browser.get(_url(draft)))
    actions.save_section(
        actor=cast.actor(cast.petra),
        intake=draft,
        answers={},
        section="health",
        version=0,
        at=NOW,
        seconds=10,
    )
    sent = posted_section(HEALTH, ALL_CLEAR) | {"version": 0, "shown": shown}
    travel.shift(60)
    conflict = browser.post(_url(draft), sent)
    assert conflict.status_code == 409
    assert _shown(conflict) == shown
    travel.shift(2)
    _send(browser, draft, shown)
    assert _kept(draft)["seconds"] == 72


def test_no_straight_down_needs_a_practitioner(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, 2)
    made = hand_in(draft, fred)
    assert (made.level_name, made.clear_from) == ("REVIEW", NEVER)
    assert [one.code for one in made.findings.all()] == ["answered_in_haste"]
    assert made.findings.get().override_by == "practitioner"
    assert made.result["level"] == "CLEAR", "the rules' own result stays"
    assert made.result["further"]["level"] == "REVIEW"
    assert not Clearance.objects.exists()
    assert Submission.objects.get().conduct == {"health": {"seconds": 2, "who": "client"}}


def test_the_desk_is_timed_like_the_phone(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, 2, by=fred)
    made = hand_in(draft, fred)
    assert [one.code for one in made.findings.all()] == ["answered_in_haste"]
    assert not Clearance.objects.exists()


def test_a_paper_form_may_be_typed_in_at_any_speed_by_who_says_so(
    filled: Filled, fred: Actor
) -> None:
    draft = filled()
    actions.from_paper(actor=fred, intake=draft, paper=True, at=NOW)
    fast(draft, 2, by=fred)
    assert hand_in(draft, fred).level_name == "CLEAR"
    kept = Submission.objects.get().conduct["health"]
    assert (kept["who"], kept["paper"], kept["by"]) == ("staff", True, "Fred Okoye")


def test_what_the_client_answers_now_after_the_paper_is_timed_again(
    filled: Filled, fred: Actor
) -> None:
    draft = filled()
    actions.from_paper(actor=fred, intake=draft, paper=True, at=NOW)
    actions.from_paper(actor=fred, intake=draft, paper=False, at=NOW)
    fast(draft, 2, by=fred)
    assert hand_in(draft, fred).level_name == "REVIEW"


def test_saying_that_it_is_paper_is_a_choice_that_nobody_makes_by_default(
    signed_in: SignedIn, cast: Cast, filled: Filled
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    url = reverse("intake:paper", args=[draft.pk])
    assert not re.findall(r"<input[^>]* checked", browser.get(url).text)
    assert "Please choose" in browser.post(url, {}).text
    assert browser.post(url, {"source": "paper"}).status_code == 302
    draft.refresh_from_db()
    assert draft.paper_by == "Fred Okoye"
    assert "Typed from a paper form" in browser.get(_url(draft)).text


def test_who_only_looks_through_the_answers_of_a_client_has_not_given_them(
    filled: Filled, fred: Actor
) -> None:
    draft = filled()
    fast(draft, 2)
    draft.refresh_from_db()
    actions.save_section(
        actor=fred,
        intake=draft,
        answers={one.id: draft.answers[one.id] for one in HEALTH if one.id in draft.answers},
        section="health",
        version=draft.version,
        at=NOW,
        seconds=300,
    )
    assert [one.code for one in hand_in(draft, fred).findings.all()] == ["answered_in_haste"]


@pytest.mark.parametrize("seconds", [None, 1, 300])
def test_what_staff_correct_does_not_make_up_for_what_a_client_did_not_read(
    filled: Filled, fred: Actor, seconds: float | None
) -> None:
    draft = filled()
    fast(draft, 2)
    save(draft, fred, seconds, unwell="yes")
    assert (_kept(draft)["seconds"], _kept(draft)["who"]) == (2, "client")
    assert "answered_in_haste" in codes(hand_in(draft, fred))


def test_time_to_read_clears(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, 300)
    assert hand_in(draft, fred).level_name == "CLEAR"


def test_a_paper_form_needs_no_time_to_clear(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, None, by=fred)
    assert hand_in(draft, fred).level_name == "CLEAR"


def test_a_client_whose_time_is_not_known_saves_nothing(filled: Filled) -> None:
    draft = filled()
    with pytest.raises(NotTimed) as told:
        fast(draft, None)
    assert told.value.intake == draft
    draft.refresh_from_db()
    assert (draft.version, draft.sections_saved) == (0, {})


def test_a_client_is_timed_though_staff_before_were_not(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, None, by=fred)
    save(draft, client_actor(draft.client), 2, unwell="yes")
    assert _kept(draft) | {"seconds": 2, "who": "client"} == _kept(draft)
    assert "answered_in_haste" in codes(hand_in(draft, fred))


def test_another_plan_and_other_rules_remember_it(filled: Filled, fred: Actor) -> None:
    draft = filled()
    fast(draft, 2)
    made = hand_in(draft, fred)
    changed = actions.change_plan(
        actor=fred,
        screening=made,
        depth_mm=made.depth_mm,
        areas=made.areas,
        anaesthetic_planned=False,
        planned_date=made.planned_date,
        at=NOW,
        today=MONDAY,
    )
    assert changed.level_name == "REVIEW"
    (evidence,) = evidence_of(Screening.objects.filter(pk=changed.pk))
    assert rejudge(latest(), evidence).assessment.level.name == "REVIEW"


def test_what_is_frozen_is_read_back() -> None:
    assert conduct_of({"skin": {"seconds": None, "who": "client"}}) == Conduct(
        sections={"skin": Pace(seconds=None, by="client")}
    )
    change = {"seconds": 2.5, "who": "staff", "questions": ["keloid", "rosacea"]}
    assert conduct_of({"skin": {"seconds": 9, "who": "client", "amended": [change]}}) == Conduct(
        sections={"skin": Pace(seconds=9, by="client")},
        amended={
            "skin": (Pace(seconds=2.5, by="staff", questions=frozenset(["keloid", "rosacea"])),)
        },
    )
