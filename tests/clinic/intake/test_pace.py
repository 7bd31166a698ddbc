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
from clinic.intake.models import NEVER, Clearance, Intake, Submission
from clinic.intake.pace import conduct_of, seconds_since, stamp
from clinic.intake.rejudging import rejudge
from screening.engine import Conduct, Pace
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted_section
from tests.factories import MONDAY, NOW, Cast

SignedIn = Callable[[Any], Browser]
HEALTH = latest().sections["health"].questions


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


def _hand_in(draft: Intake, actor: Actor) -> Any:
    return actions.submit(actor=actor, intake=draft, at=NOW, today=MONDAY)


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
def test_a_stamp_that_is_missing_or_forged_leaves_the_time_of_staff_unknown(
    signed_in: SignedIn,
    cast: Cast,
    filled: Filled,
    travel: time_machine.Traveller,
    forged: str,
) -> None:
    draft, browser = filled(), signed_in(cast.fred)
    assert _send(browser, draft, forged).status_code == 302
    assert _kept(draft)["seconds"] is None
    shown = _shown(browser.get(_url(draft)))
    travel.shift(500)
    _send(browser, draft, shown)
    assert _kept(draft)["seconds"] == 500, "what is known counts"


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


def _save(draft: Intake, actor: Actor, seconds: float | None, **answers: Any) -> None:
    """The section of health once more, with these answers changed."""
    draft.refresh_from_db()
    actions.save_section(
        actor=actor,
        intake=draft,
        answers=draft.answers | answers,
        section="health",
        version=draft.version,
        at=NOW,
        seconds=seconds,
    )


def _codes(screening: Any) -> list[str]:
    return [one.code for one in screening.findings.all()]


def _fast(draft: Intake, seconds: float | None, by: Actor | None = None) -> None:
    """The section of health, "no" straight down, by the client unless somebody else is named."""
    actions.save_section(
        actor=by or client_actor(draft.client),
        intake=draft,
        answers={
            question.id: ALL_CLEAR[question.id] for question in HEALTH if question.id in ALL_CLEAR
        },
        section="health",
        version=0,
        at=NOW,
        seconds=seconds,
    )


def test_no_straight_down_needs_a_practitioner(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, 2)
    made = _hand_in(draft, fred)
    assert (made.level_name, made.clear_from) == ("REVIEW", NEVER)
    assert [one.code for one in made.findings.all()] == ["answered_in_haste"]
    assert made.findings.get().override_by == "practitioner"
    assert made.result["level"] == "CLEAR", "the rules' own result stays"
    assert made.result["further"]["level"] == "REVIEW"
    assert not Clearance.objects.exists()
    assert Submission.objects.get().conduct == {"health": {"seconds": 2, "who": "client"}}


def test_a_paper_form_may_be_typed_in_at_any_speed(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, 2, by=fred)
    assert _hand_in(draft, fred).level_name == "CLEAR"


def test_who_only_looks_through_the_answers_of_a_client_has_not_given_them(
    filled: Filled, fred: Actor
) -> None:
    draft = filled()
    _fast(draft, 2)
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
    assert [one.code for one in _hand_in(draft, fred).findings.all()] == ["answered_in_haste"]


@pytest.mark.parametrize("seconds", [None, 1, 300])
def test_what_staff_correct_does_not_make_up_for_what_a_client_did_not_read(
    filled: Filled, fred: Actor, seconds: float | None
) -> None:
    draft = filled()
    _fast(draft, 2)
    _save(draft, fred, seconds, unwell="yes")
    assert (_kept(draft)["seconds"], _kept(draft)["who"]) == (2, "client")
    assert "answered_in_haste" in _codes(_hand_in(draft, fred))


def test_time_to_read_clears(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, 300)
    assert _hand_in(draft, fred).level_name == "CLEAR"


def test_a_paper_form_needs_no_time_to_clear(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, None, by=fred)
    assert _hand_in(draft, fred).level_name == "CLEAR"


def test_a_client_whose_time_is_not_known_saves_nothing(filled: Filled) -> None:
    draft = filled()
    with pytest.raises(NotTimed) as told:
        _fast(draft, None)
    assert told.value.intake == draft
    draft.refresh_from_db()
    assert (draft.version, draft.sections_saved) == (0, {})


def test_a_client_is_timed_though_staff_before_were_not(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, None, by=fred)
    _save(draft, client_actor(draft.client), 2, unwell="yes")
    assert _kept(draft) | {"seconds": 2, "who": "client"} == _kept(draft)
    assert "answered_in_haste" in _codes(_hand_in(draft, fred))


def test_answers_that_only_had_to_be_confirmed_say_nothing(
    filled: Filled, fred: Actor, cast: Cast
) -> None:
    first = filled()
    _hand_in(first, fred)
    again = actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)
    _fast(again, 1)
    assert _hand_in(again, fred).level_name == "CLEAR"
    assert Submission.objects.latest("pk").conduct == {}


def test_answers_given_in_haste_stay_so_when_they_are_only_confirmed(
    filled: Filled, fred: Actor, cast: Cast
) -> None:
    first = filled()
    _fast(first, 2)
    _hand_in(first, fred)
    again = actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)
    _fast(again, 300, by=fred)
    assert [one.code for one in _hand_in(again, fred).findings.all()] == ["answered_in_haste"]
    assert not Clearance.objects.exists()


def test_another_plan_and_other_rules_remember_it(filled: Filled, fred: Actor) -> None:
    draft = filled()
    _fast(draft, 2)
    made = _hand_in(draft, fred)
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
    assert rejudge(latest(), changed, None).assessment.level.name == "REVIEW"


CHANGED = {
    "unwell": "yes",
    "fainting": "yes",
    "thin_face": "yes",
    "seizures": "over_12m",
    "metal_implant": "dental_only",
    "other_health": "my knee",
    "diabetes": "yes",
    "diabetes_control": "good",
}
"""Eight answers about health, most of which the rules let pass."""


class TestAmended:
    """A form that is changed keeps its first times, and each change has one of its own."""

    @pytest.fixture
    def again(self, filled: Filled, fred: Actor, cast: Cast) -> Callable[[], Intake]:
        def make(seconds: float = 300) -> Intake:
            first = filled()
            _fast(first, seconds)
            _hand_in(first, fred)
            return actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)

        return make

    def test_answers_changed_in_haste_need_a_practitioner(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        _save(draft, client_actor(draft.client), 2, **CHANGED)
        made = _hand_in(draft, fred)
        assert "answered_in_haste" in _codes(made)
        found = made.findings.get(code="answered_in_haste")
        assert set(found.question_ids) == set(CHANGED)
        kept = Submission.objects.latest("pk").conduct
        (change,) = kept["health"].pop("amended")
        asked = kept["health"].pop("questions")
        assert len(asked) == 11
        assert "diabetes_control" not in asked, "it was not shown when the first answers were given"
        assert kept == {"health": {"seconds": 300, "who": "client"}}
        assert set(change.pop("questions")) == set(CHANGED)
        assert change == {"seconds": 2, "who": "client"}
        assert rejudge(latest(), made, None).assessment.hits[-1].code == "answered_in_haste"

    def test_with_time_to_read_them_they_do_not(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        _save(draft, client_actor(draft.client), 60, **CHANGED)
        assert "answered_in_haste" not in _codes(_hand_in(draft, fred))

    def test_a_few_answers_may_be_changed_fast(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        _save(draft, client_actor(draft.client), 2, unwell="yes", fainting="yes")
        assert "answered_in_haste" not in _codes(_hand_in(draft, fred))

    def test_staff_may_change_answers_at_any_speed(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again()
        _save(draft, fred, None, **CHANGED)
        assert "answered_in_haste" not in _codes(_hand_in(draft, fred))

    def test_the_first_haste_stays_whatever_is_changed(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again(2)
        _save(draft, client_actor(draft.client), 300, **CHANGED)
        found = _hand_in(draft, fred).findings.get(code="answered_in_haste")
        assert found.rationale.startswith("“Your health”: 11 questions")

    def test_hiding_what_was_answered_in_haste_does_not_take_it_back(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        """Twelve questions in 11.5 seconds stay so when only eleven of them are left."""
        draft = filled(diabetes="yes", diabetes_control="good")
        _save(draft, client_actor(draft.client), 11.5)
        assert "answered_in_haste" in _codes(_hand_in(draft, fred))
        again = actions.amend(actor=fred, client=draft.client, procedure=cast.pen, at=NOW)
        _save(again, fred, 300, diabetes="no", diabetes_control=None)
        made = _hand_in(again, fred)
        assert made.findings.get(code="answered_in_haste").rationale.startswith(
            "“Your health”: 12 questions"
        )

    def test_new_follow_ups_do_not_make_an_honest_first_time_hasty(
        self, again: Callable[..., Intake], fred: Actor
    ) -> None:
        draft = again(11)
        _save(draft, client_actor(draft.client), 300, diabetes="yes", diabetes_control="good")
        assert "answered_in_haste" not in _codes(_hand_in(draft, fred))

    def test_each_change_is_kept_beside_the_one_before(
        self, again: Callable[..., Intake], fred: Actor, cast: Cast
    ) -> None:
        draft = again()
        _save(draft, client_actor(draft.client), 2, **CHANGED)
        _hand_in(draft, fred)
        third = actions.amend(actor=fred, client=draft.client, procedure=cast.pen, at=NOW)
        _save(third, client_actor(third.client), 50, unwell="no")
        assert "answered_in_haste" in _codes(_hand_in(third, fred))
        kept = Submission.objects.latest("pk").conduct["health"]
        assert [len(one["questions"]) for one in kept["amended"]] == [8, 1]
        assert kept["amended"][1] == {"seconds": 50, "who": "client", "questions": ["unwell"]}
        before = Submission.objects.order_by("pk")[1].conduct["health"]
        assert len(before["amended"]) == 1, "what was frozen stays as it was"

    def test_a_section_that_was_never_timed_is_still_judged_by_its_change(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        first = filled()
        _hand_in(first, fred)
        draft = actions.amend(actor=fred, client=first.client, procedure=cast.pen, at=NOW)
        _save(draft, client_actor(draft.client), 2, **CHANGED)
        assert "answered_in_haste" in _codes(_hand_in(draft, fred))
        kept = Submission.objects.latest("pk").conduct["health"]
        assert (kept["seconds"], kept["who"], len(kept["amended"])) == (None, "", 1)


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
