"""New rules tried on every past submission: everybody once, as they were judged then."""

from datetime import date, timedelta
from typing import Any

import pytest

from clinic.core.actor import Actor
from clinic.intake import actions as intake
from clinic.intake.evidence import Evidence
from clinic.intake.judging import Judged
from clinic.intake.models import NEVER, Clearance, Intake, Screening
from clinic.intake.past_sessions import last_sessions
from clinic.intake.rejudging import rejudge
from clinic.packs import actions, queries
from clinic.packs.counts import Counts, counts
from clinic.packs.models import Difference, Direction
from clinic.packs.states import State
from clinic.treatments.models import Treatment
from screening.engine import Pack
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.packs.conftest import (
    RETINOL,
    Submitted,
    calm_rosacea_is_nothing,
    longer,
    other_words,
    submit,
)
from tests.factories import MONDAY, NOW, Cast, rules

pytestmark = pytest.mark.django_db


def crowd(cast: Cast, *answers: dict[str, Any]) -> list[Screening]:
    """A client for each set of answers."""
    return [
        submit(cast, factories.client(cast.riverside, first_name=f"C{n}"), **said)
        for n, said in enumerate(answers)
    ]


def test_who_is_judged_otherwise_and_what_hangs_on_it(
    cast: Cast, lena: Actor, submitted: Submitted
) -> None:
    old = submitted(**RETINOL)
    crowd(cast, {}, {"rosacea": "calm"})
    held = Clearance.objects.get(screening=old)
    held.refresh_from_db()
    factories.appointment(cast, old.client, held=held)

    tried = rules.simulated(lena, rules.draft_of(cast, longer()))

    assert (tried.total, tried.done) == (3, 3)
    assert (tried.worse, tried.better, tried.other, tried.reworded) == (1, 0, 0, 0)
    found = Difference.objects.get()
    assert (found.screening, found.direction) == (old, Direction.WORSE)
    assert (found.old_level, found.new_level) == (0, 3)
    assert (found.old_clear_from, found.new_clear_from) == (MONDAY, date(2026, 7, 19))
    assert found.codes == ["topical_actives"]
    assert found.changes["findings"] == [
        {
            "code": "topical_actives",
            "title": "Strong skin products",
            "old": None,
            "new": {"outcome": "mn", "level": "DEFER", "until": "2026-07-19"},
        }
    ]
    assert found.changes["clear_until"] == ["2026-07-01", None]
    assert (found.clearance, found.bookings) == (held, 1)
    old.refresh_from_db()
    assert old.live, "trying changes nothing"


def test_milder_rules(cast: Cast, lena: Actor) -> None:
    calm, _ = crowd(cast, {"rosacea": "calm"}, {})
    tried = rules.simulated(lena, rules.draft_of(cast, calm_rosacea_is_nothing()))
    found = Difference.objects.get()
    assert (tried.better, found.screening, found.direction) == (1, calm, Direction.BETTER)
    assert (found.old_clear_from, found.new_clear_from) == (NEVER, MONDAY)


def test_other_words_are_counted_and_not_listed(cast: Cast, lena: Actor) -> None:
    crowd(cast, {"rosacea": "calm"}, {"rosacea": "calm"}, {})
    tried = rules.simulated(lena, rules.draft_of(cast, other_words()))
    assert (tried.worse, tried.better, tried.other, tried.reworded) == (0, 0, 0, 2)
    assert not Difference.objects.exists()


def test_the_rules_in_force_change_nobody(cast: Cast, lena: Actor) -> None:
    crowd(cast, RETINOL, {"rosacea": "calm"}, {"pregnant": "yes"}, {})
    tried = rules.simulated(lena, rules.draft_of(cast, rules.tables_in_force("1.3.0")))
    assert (tried.done, tried.worse, tried.better, tried.other, tried.reworded) == (4, 0, 0, 0, 0)


def test_a_new_question_is_answered_by_nobody(cast: Cast, lena: Actor) -> None:
    crowd(cast, {})
    tables = rules.tables_in_force("1.3.0")
    section = tables["questions"]["section"][0]
    section["question"].append({"id": "asked_now", "text": "Asked now?", "type": "yes_no"})
    rules.simulated(lena, rules.draft_of(cast, tables))
    found = Difference.objects.get()
    assert (found.direction, found.changes["missing"]) == (Direction.WORSE, ["asked_now"])


def test_each_submission_counts_once_by_its_newest_plan(
    cast: Cast, lena: Actor, submitted: Submitted
) -> None:
    first = submitted(**RETINOL)
    second = intake.change_plan(
        actor=cast.actor(cast.fred),
        screening=first,
        depth_mm=first.depth_mm,
        areas=["nose"],
        anaesthetic_planned=False,
        planned_date=first.planned_date,
        at=NOW,
        today=MONDAY,
    )
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    assert (tried.total, Difference.objects.get().screening) == (1, second)


def test_a_client_who_answered_twice_is_one_client(cast: Cast, lena: Actor) -> None:
    maya = factories.client(cast.riverside)
    submit(cast, maya, **RETINOL)
    submit(cast, maya, **RETINOL)
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    assert tried.worse == 2
    assert counts(tried, today=MONDAY).now["WORSE"]["people"] == 1


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_the_steps_make_no_difference(cast: Cast, lena: Actor, most: int) -> None:
    crowd(cast, RETINOL, {}, RETINOL, {"rosacea": "calm"}, RETINOL, RETINOL)
    tried = rules.simulated(lena, rules.draft_of(cast, longer()), most=most)
    assert (tried.total, tried.done, tried.worse) == (6, 6, 4)
    assert Difference.objects.count() == 4


def test_a_step_judges_no_more_than_it_may(
    cast: Cast, lena: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = crowd(cast, *[RETINOL] * 5)
    asked: list[int] = []

    def judged(pack: Pack, evidence: Evidence) -> Judged:
        asked.append(evidence.screening_id)
        return rejudge(pack, evidence)

    monkeypatch.setattr("clinic.packs.changes.rejudge", judged)
    draft = rules.draft_of(cast, longer())
    tried = actions.start_simulation(actor=lena, draft=draft, at=NOW)
    tried = actions.advance(actor=lena, simulation=tried, at=NOW, most=2)
    assert (len(asked), tried.done, tried.done_id) == (2, 2, made[1].pk)
    assert tried.finished_at is None


def test_what_comes_while_it_runs_is_caught_up(
    cast: Cast, lena: Actor, submitted: Submitted
) -> None:
    crowd(cast, {}, RETINOL)
    draft = rules.draft_of(cast, longer())
    tried = actions.start_simulation(actor=lena, draft=draft, at=NOW)
    late = submitted(**RETINOL)
    while tried.finished_at is None:
        assert tried.done <= tried.total
        tried = actions.advance(actor=lena, simulation=tried, at=NOW)
    assert (tried.total, tried.done, tried.worse) == (3, 3, 2)
    assert Difference.objects.filter(screening=late).exists()


def test_starting_again_goes_on(cast: Cast, lena: Actor, lars: Actor) -> None:
    crowd(cast, {}, {})
    draft = rules.draft_of(cast, longer())
    first = actions.start_simulation(actor=lena, draft=draft, at=NOW)
    assert actions.start_simulation(actor=lars, draft=draft, at=NOW) == first
    done = rules.simulated(lena, draft)
    assert done == first
    again = actions.advance(actor=lena, simulation=done, at=NOW)
    assert (again.done, again.finished_at) == (done.done, done.finished_at)
    assert queries.state_of(draft) is State.SIMULATED
    assert rules.simulated(lena, draft) != first, "a finished one may be made anew"


def test_a_changed_draft_is_to_be_tried_again(cast: Cast, lena: Actor) -> None:
    crowd(cast, {})
    draft = rules.draft_of(cast, longer())
    rules.simulated(lena, draft)
    first = queries.newest_revision(draft)
    actions.change(
        actor=lena,
        draft=draft,
        tables=longer(70),
        expected_sha256=first.sha256,
        what="Longer.",
        at=NOW,
    )
    assert queries.state_of(draft) is State.DRAFT
    assert queries.simulation_of(queries.newest_revision(draft)) is None


@pytest.fixture
def treated(cast: Cast, submitted: Submitted) -> Treatment:
    """Maya, cleared on Monday 1 June and needled on Tuesday 16 June."""
    held = Clearance.objects.get(screening=submitted())
    held.refresh_from_db()
    running = factories.treatment(cast, factories.appointment(cast, held.client, held=held))
    Treatment.objects.filter(pk=running.pk).update(ended_at=running.started_at)
    return running


def again(cast: Cast, treated: Treatment) -> Screening:
    """Her answers for the next time, five days later: the skin still rests on the planned day."""
    moment = treated.started_at + timedelta(days=5)
    draft = intake.amend(
        actor=cast.actor(cast.fred), client=treated.client, procedure=cast.pen, at=moment
    )
    Intake.objects.filter(pk=draft.pk).update(
        planned_date=moment.date() + timedelta(days=3), answers=draft.earlier
    )
    made = intake.submit(actor=cast.actor(cast.fred), intake=draft, at=moment, today=moment.date())
    made.refresh_from_db()
    return made


def test_a_treatment_since_the_answers_does_not_count(
    cast: Cast, lena: Actor, treated: Treatment
) -> None:
    assert Screening.objects.get().result["last_session"] is None
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    assert (tried.done, tried.worse, tried.better, tried.other) == (1, 0, 0, 0)


def test_a_treatment_before_the_answers_counts_as_then(
    cast: Cast, lena: Actor, treated: Treatment
) -> None:
    made = again(cast, treated)
    assert made.result["last_session"]["date"] == "2026-06-16"
    assert made.level == 3
    at = made.screened_at
    tables = rules.tables_in_force("1.3.0")
    rules.rule(tables, "rosacea")["outcome"].reverse()
    tried = rules.simulated(lena, rules.draft_of(cast, tables, at=at), at=at)
    assert (tried.done, tried.worse, tried.better, tried.other) == (2, 0, 0, 0)


def test_the_session_of_then_is_found_where_it_was_not_kept(cast: Cast, treated: Treatment) -> None:
    """Screenings from before it was kept with them."""
    first, second = Screening.objects.get(), again(cast, treated)
    kept = last_sessions([first, second])
    for one in (first, second):
        one.result = {}
    assert last_sessions([first, second]) == kept
    assert (kept[first.pk], kept[second.pk].date) == (None, date(2026, 6, 16))  # type: ignore[union-attr]


def test_names_of_other_sites_are_only_counted(cast: Cast, lena: Actor) -> None:
    hilltop = factories.client(cast.hilltop, first_name="Hanna")
    procedure = hilltop.site.procedures.get(modality="MN_PEN")
    draft = factories.intake(hilltop, procedure, answers=ALL_CLEAR | RETINOL)
    intake.submit(actor=cast.actor(cast.hana), intake=draft, at=NOW, today=MONDAY)
    mine = crowd(cast, RETINOL)[0]
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    shown = queries.differences(lena, tried, Direction.WORSE)
    assert [one.screening for one in shown] == [mine]
    assert queries.elsewhere(lena, tried, Direction.WORSE) == 1
    assert queries.differences(lena, tried, Direction.WORSE, after=shown[-1].pk) == []
    touched = {"WORSE": {"people": 2, "clearances": 2, "bookings": 0}}
    assert counts(tried, today=MONDAY) == Counts(now=touched, then=touched, screened=0)


def test_where_nobody_was_screened_it_is_over_at_once(cast: Cast, lena: Actor) -> None:
    tried = rules.simulated(lena, rules.draft_of(cast, longer()))
    assert (tried.total, tried.done, tried.finished) == (0, 0, True)
