"""Whatever is done in whatever order: without a fresh answer, or a decision that names the news,
nothing is cleared and nothing is booked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clinic.clients.models import Client
from clinic.core.errors import Refused
from clinic.intake import actions
from clinic.intake.models import Clearance, Intake, Screening
from clinic.review.actions import decide
from clinic.review.verdicts import Outcome
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, TUESDAY, Cast, appointment, people
from tests.factories import client as somebody
from tests.factories import intake as questionnaire

PACK = latest()
TOUCHES = st.sampled_from([("pregnant",), ("keloid", "rosacea"), ("blood_thinner",), ()])


class Clinic:
    """One client with a booked session, and what people may try."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.fred = cast, cast.actor(cast.fred)
        self.maya: Client = somebody(cast.riverside)
        draft = questionnaire(self.maya, cast.pen, answers=ALL_CLEAR)
        made = actions.submit(actor=self.fred, intake=draft, at=NOW, today=MONDAY)
        held = Clearance.objects.get(screening=made)
        held.refresh_from_db()
        self.booked = appointment(cast, self.maya, held=held)
        self.seen = 0

    def tell(self, touches: tuple[str, ...]) -> None:
        actions.record_news(
            actor=self.fred, client=self.maya, kind="PHONE", words="", questions=touches, at=NOW
        )

    def opens_again(self) -> None:
        procedure = self.cast.pen
        actions.amend(actor=self.fred, client=self.maya, procedure=procedure, at=NOW)

    def confirms_old_answers(self) -> None:
        draft = self._draft()
        for section in PACK.sections.values():
            names = [q.id for q in section.questions if q.id in draft.earlier]
            actions.save_section(
                actor=self.fred,
                intake=draft,
                answers=draft.answers | {name: draft.earlier[name] for name in names},
                section=section.id,
                version=10_000,
                at=NOW,
                seconds=60,
                confirmed=names,
            )

    def saves_a_page_that_was_open_before(self) -> None:
        for section in PACK.sections:
            actions.save_section(
                actor=self.fred,
                intake=self._draft(),
                answers=ALL_CLEAR,
                section=section,
                version=10_000,
                at=NOW,
                seconds=60,
                heard=self.seen,
            )

    def hands_in(self) -> None:
        actions.submit(actor=self.fred, intake=self._draft(), at=NOW, today=MONDAY)

    def sets_aside(self) -> None:
        actions.abandon(actor=self.fred, intake=self._draft(), at=NOW)

    def plans_otherwise(self) -> None:
        live = Screening.objects.get(client=self.maya, live=True)
        actions.change_plan(
            actor=self.fred,
            screening=live,
            depth_mm=live.depth_mm,
            areas=["cheeks"],
            anaesthetic_planned=False,
            planned_date=TUESDAY,
            at=NOW,
            today=MONDAY,
        )

    def decides_without_naming_it(self) -> None:
        live = Screening.objects.get(client=self.maya, live=True)
        latest_one = live.decisions.filter(superseded_by=None).first()
        decide(
            actor=self.cast.actor(self.cast.petra),
            user=self.cast.petra,
            screening=live,
            outcome=Outcome.CLEARED,
            reason="As before.",
            said={},
            defer_until=None,
            expected_latest_id=latest_one.pk if latest_one else None,
            at=NOW,
            today=MONDAY,
        )

    def _draft(self) -> Intake:
        found = Intake.objects.filter(client=self.maya, submitted_at=None, abandoned_at=None)
        draft = found.first()
        if draft is None:
            raise Refused("nothing is open")
        return draft


TRIES: list[Callable[[Clinic], None]] = [
    Clinic.opens_again,
    Clinic.confirms_old_answers,
    Clinic.saves_a_page_that_was_open_before,
    Clinic.hands_in,
    Clinic.sets_aside,
    Clinic.plans_otherwise,
    Clinic.decides_without_naming_it,
]


@pytest.fixture
def rules_in_force(cast: Cast) -> Cast:
    people.pack()
    return cast


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    touches=("pregnant",),
    tries=[Clinic.opens_again, Clinic.confirms_old_answers, Clinic.hands_in],
)
@example(
    touches=(),
    tries=[Clinic.opens_again, Clinic.saves_a_page_that_was_open_before, Clinic.hands_in],
)
@example(touches=("keloid",), tries=[Clinic.plans_otherwise, Clinic.decides_without_naming_it])
@given(touches=TOUCHES, tries=st.lists(st.sampled_from(TRIES), max_size=12))
def test_no_sequence_ends_a_hold_that_news_caused(
    rules_in_force: Cast, touches: tuple[str, ...], tries: list[Any]
) -> None:
    with transaction.atomic():
        clinic = Clinic(rules_in_force)
        clinic.tell(touches)
        for attempt in tries:
            try:
                with transaction.atomic():
                    attempt(clinic)
            except Refused:
                pass
            assert not Clearance.objects.filter(client=clinic.maya, live=True).exists()
            clinic.booked.refresh_from_db()
            assert clinic.booked.status == "ON_HOLD"
        transaction.set_rollback(True)
