"""From a draft to a clearance: what is kept, what is refused, what ends."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.intake import actions, queries
from clinic.intake.errors import (
    AlreadyOpen,
    ChangedMeanwhile,
    NotOpen,
    OtherBirthday,
    PlanNotOffered,
    Renewed,
    Unanswered,
)
from clinic.intake.models import NEVER, Clearance, Intake, Level, Screening, Submission
from screening.actions import publish_latest
from screening.engine import answers_hash
from screening.packs import Tables, latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.factories import MONDAY, NOW, TUESDAY, Cast, appointment, rules
from tests.factories import clearance as cleared

LATER = NOW + timedelta(days=2)
PLAN: dict[str, Any] = {
    "depth_mm": Decimal("0.50"),
    "areas": ["cheeks"],
    "anaesthetic_planned": False,
    "planned_date": TUESDAY,
}


def _submit(intake: Intake, actor: Actor) -> Screening:
    return actions.submit(actor=actor, intake=intake, at=NOW, today=MONDAY)


def _verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


class TestStart:
    def test_opens_with_nothing_answered(self, cast: Cast, maya: Client, fred: Actor) -> None:
        publish_latest(NOW)
        made = actions.start(
            actor=fred, client=maya, procedure=cast.pen, test_patch_ok=False, at=NOW, **PLAN
        )
        assert (made.answers, made.version, made.site_id) == ({}, 0, maya.site_id)
        assert _verbs() == ["intake.start"]

    def test_a_second_one_is_pointed_to_the_first(self, filled: Filled, fred: Actor) -> None:
        first = filled()
        with pytest.raises(AlreadyOpen) as told:
            actions.start(
                actor=fred,
                client=first.client,
                procedure=first.procedure,
                test_patch_ok=False,
                at=NOW,
                **PLAN,
            )
        assert told.value.intake == first

    def test_waits_for_a_published_pack(self, cast: Cast, maya: Client, fred: Actor) -> None:
        with pytest.raises(Refused, match="not been published"):
            actions.start(
                actor=fred, client=maya, procedure=cast.pen, test_patch_ok=False, at=NOW, **PLAN
            )

    @pytest.mark.parametrize(
        ("field", "value"),
        [("depth_mm", Decimal("2.51")), ("areas", ["hands"]), ("areas", ["eyelid"]), ("areas", [])],
    )
    def test_only_what_the_procedure_offers(
        self, cast: Cast, maya: Client, fred: Actor, field: str, value: Any
    ) -> None:
        plan = PLAN | {field: value}
        with pytest.raises(PlanNotOffered) as told:
            actions.start(
                actor=fred, client=maya, procedure=cast.pen, test_patch_ok=False, at=NOW, **plan
            )
        assert told.value.field == field


class TestSaving:
    def test_replaces_one_section_and_leaves_the_others(self, filled: Filled, fred: Actor) -> None:
        draft = filled()
        saved = actions.save_section(
            actor=fred,
            intake=draft,
            answers={"pregnant": "yes", "rosacea": "calm"},
            section="pregnancy",
            version=0,
            at=NOW,
        )
        saved.refresh_from_db()
        expected = ALL_CLEAR | {"pregnant": "yes"}
        del expected["breastfeeding"]
        assert saved.answers == expected
        assert saved.sections_saved["pregnancy"]["by"] == "Fred Okoye"
        assert _verbs() == ["intake.save"]
        assert "yes" not in str(Event.objects.get().detail)

    def test_the_second_writer_of_a_section_is_told(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        draft = filled()
        common: dict[str, Any] = {"intake": draft, "section": "pregnancy", "version": 0, "at": NOW}
        actions.save_section(actor=fred, answers={"pregnant": "yes"}, **common)
        with pytest.raises(ChangedMeanwhile, match="Fred Okoye") as told:
            actions.save_section(actor=cast.actor(cast.petra), answers={"pregnant": "no"}, **common)
        assert told.value.intake.answers["pregnant"] == "yes"
        assert told.value.intake.version == 1

    def test_two_people_in_two_sections_do_not_disturb_each_other(
        self, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        for section in ("pregnancy", "allergies"):
            actions.save_section(
                actor=fred, intake=draft, answers={}, section=section, version=0, at=NOW
            )
        draft.refresh_from_db()
        assert draft.version == 2

    def test_nothing_is_saved_after_handing_in(self, filled: Filled, fred: Actor) -> None:
        draft = filled()
        _submit(draft, fred)
        with pytest.raises(NotOpen):
            actions.save_section(
                actor=fred, intake=draft, answers={}, section="health", version=0, at=NOW
            )


class TestSubmit:
    def test_clear_answers_clear_at_once(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(), fred)
        held = queries.live_clearance(made.client_id, made.procedure_id)
        assert (made.level, made.clear_from, made.complete) == (Level.CLEAR, MONDAY, True)
        assert held is not None
        assert (held.valid_from, held.valid_until) == (MONDAY, MONDAY + timedelta(days=30))
        assert held.basis == "SCREENING"
        assert _verbs() == ["intake.submit", "screening.made", "clearance.granted"]

    def test_answers_and_wording_are_frozen(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(rosacea="calm", diabetes_control="poor"), fred)
        frozen = made.submission
        assert "diabetes_control" not in frozen.answers, "diabetes was answered no"
        assert frozen.answers_sha256 == answers_hash(frozen.answers)
        lines = queries.answers_shown(frozen, latest())
        assert [w["id"] for w in frozen.wording] == [a.id for a in lines]
        assert set(frozen.answers) == {w["id"] for w in frozen.wording}
        told = {a.id: a.answer for a in lines}
        assert told["dob"] == "12 April 1990"
        assert told["recent_surgery"] == "None of these"

    def test_a_flag_waits_for_a_practitioner(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(rosacea="calm"), fred)
        finding = made.findings.get(code="rosacea")
        assert (made.level, finding.level, made.clear_from) == (Level.REVIEW, Level.REVIEW, NEVER)
        assert finding.message
        assert finding.sources
        assert queries.live_clearance(made.client_id, made.procedure_id) is None

    def test_a_short_wait_clears_by_itself_from_its_end(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(topical_actives="yes", topical_actives_date="2026-05-30"), fred)
        held = queries.live_clearance(made.client_id, made.procedure_id)
        assert made.windows_end > MONDAY
        assert held is not None
        assert held.valid_from == made.clear_from == made.windows_end
        assert made.level <= Level.ADVISE, "on the planned day the wait is over"

    def test_a_wait_beyond_thirty_days_clears_nothing(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(isotretinoin="stopped", isotretinoin_stop="2026-05-30"), fred)
        assert made.windows_end > MONDAY + timedelta(days=30)
        assert queries.live_clearance(made.client_id, made.procedure_id) is None

    def test_pregnancy_is_never_cleared(self, filled: Filled, fred: Actor) -> None:
        made = _submit(filled(pregnant="yes"), fred)
        assert made.level >= Level.DEFER
        assert queries.live_clearance(made.client_id, made.procedure_id) is None

    def test_a_missing_answer_is_never_no(self, filled: Filled, fred: Actor) -> None:
        draft = filled()
        del draft.answers["pregnant"]
        draft.save(update_fields=["answers"])
        with pytest.raises(Unanswered) as told:
            _submit(draft, fred)
        assert told.value.ids == ("pregnant",)
        assert not Submission.objects.exists()

    def test_another_date_of_birth_than_the_record_is_refused(
        self, filled: Filled, fred: Actor
    ) -> None:
        with pytest.raises(OtherBirthday):
            _submit(filled(dob="1991-04-12"), fred)

    def test_the_second_time_is_told(self, filled: Filled, fred: Actor) -> None:
        draft = filled()
        _submit(draft, fred)
        with pytest.raises(NotOpen):
            _submit(draft, fred)
        assert Screening.objects.count() == 1

    def test_a_planned_day_that_has_passed_counts_as_today(
        self, filled: Filled, fred: Actor
    ) -> None:
        today = TUESDAY + timedelta(days=1)
        made = actions.submit(actor=fred, intake=filled(), at=NOW, today=today)
        assert made.planned_date == made.assessment_date == today


class TestRenewedPack:
    @pytest.fixture
    def newer(self) -> Tables:
        """The pack in a newer version that asks one question more."""
        tables = rules.tables_in_force("9.0.0")
        section = next(s for s in tables["questions"]["section"] if s["id"] == "health")
        asked = {"id": "asked_now", "text": "Asked since today?", "type": "yes_no"}
        section["question"].append(asked)
        return tables

    def test_open_questions_go_over_to_it_before_they_can_be_handed_in(
        self, filled: Filled, fred: Actor, newer: Tables, cast: Cast
    ) -> None:
        draft = filled()
        row = rules.published(cast, newer)
        with pytest.raises(Renewed):
            _submit(draft, fred)
        opened = actions.read_intake(actor=fred, intake_id=draft.pk, at=NOW)
        assert opened.pack == row
        assert opened.answers == draft.answers
        with pytest.raises(Unanswered) as told:
            _submit(draft, fred)
        assert told.value.ids == ("asked_now",)

    def test_until_then_the_pack_in_force_counts(self, filled: Filled, fred: Actor) -> None:
        assert str(_submit(filled(), fred).pack) == latest().id


class TestChange:
    def test_amended_answers_end_what_the_old_ones_allowed(
        self, filled: Filled, fred: Actor, cast: Cast
    ) -> None:
        old = _submit(filled(), fred)
        held = queries.live_clearance(old.client_id, old.procedure_id)
        assert held is not None
        held.refresh_from_db()
        booked = appointment(cast, old.client, held=held)
        draft = actions.amend(actor=fred, client=old.client, procedure=cast.pen, at=LATER)
        assert (draft.answers, draft.earlier) == ({}, old.submission.answers)
        draft.answers = old.submission.answers | {"rosacea": "calm"}
        draft.save(update_fields=["answers"])

        new = actions.submit(actor=fred, intake=draft, at=LATER, today=date(2026, 6, 3))

        for row in (old, held):
            row.refresh_from_db()
            assert (row.live, row.ended_by) == (False, "Fred Okoye")
            assert row.ended_cause == "Answers changed by Fred Okoye on 3 June"
        booked.refresh_from_db()
        assert booked.status == "ON_HOLD"
        assert queries.live_screening(old.client_id, old.procedure_id) == new
        assert _verbs().count("clearance.ended") == 1

    def test_another_plan_is_screened_again_with_the_same_answers(
        self, filled: Filled, fred: Actor
    ) -> None:
        old = _submit(filled(), fred)
        new = actions.change_plan(
            actor=fred,
            screening=old,
            at=LATER,
            today=date(2026, 6, 3),
            **PLAN | {"areas": ["nose"]},
        )
        held = Clearance.objects.get(ended_at=None)
        assert new.submission == old.submission
        assert (held.screening, held.areas) == (new, ["nose"])
        assert held.valid_until == MONDAY + timedelta(days=30), "the answers are no younger"
        old.refresh_from_db()
        assert old.ended_cause == "Plan changed by Fred Okoye on 3 June"
        with pytest.raises(Refused, match="newer"):
            actions.change_plan(actor=fred, screening=old, at=LATER, today=MONDAY, **PLAN)

    def test_old_answers_are_asked_again(self, filled: Filled, fred: Actor) -> None:
        old = _submit(filled(), fred)
        with pytest.raises(Refused, match="30 days"):
            actions.change_plan(
                actor=fred, screening=old, at=LATER, today=MONDAY + timedelta(days=31), **PLAN
            )

    def test_a_clearance_ends_once(self, cast: Cast, maya: Client, fred: Actor) -> None:
        held = cleared(maya, cast.pen)
        actions.end_clearance(actor=fred, clearance=held, cause="Asked to.", at=LATER)
        with pytest.raises(Refused, match="already ended"):
            actions.end_clearance(actor=fred, clearance=held, cause="Again.", at=LATER)
