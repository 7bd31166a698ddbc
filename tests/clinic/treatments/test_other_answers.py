"""Consent tells the risks that the answers bring; other answers, other risks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic.booking.facts import day_facts
from clinic.booking.gate import missing
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Code, Verdict
from clinic.clients.models import Client
from clinic.intake import actions
from clinic.intake.models import Clearance
from clinic.treatments.models import Treatment
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, Cast
from tests.factories.treating import BEGAN

pytestmark = pytest.mark.django_db


def _answered(cast: Cast, who: Client, **answers: Any) -> Clearance:
    """Clear on these answers, handed in the real way; what stood on older ones has ended."""
    draft = factories.intake(who, cast.pen, answers=ALL_CLEAR | answers)
    screened = actions.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)
    return screened.clearances.get(live=True)


def _here(cast: Cast, held: Clearance) -> Appointment:
    booked = factories.appointment(cast, held.client, held=held)
    factories.check_in(cast, booked)
    Appointment.objects.filter(pk=booked.pk).update(status="ARRIVED")
    booked.refresh_from_db()
    return booked


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({}, []),
        ({"bruising_products": "yes"}, [Verdict.NEEDS_CONSENT]),
    ],
)
def test_consent_holds_for_the_answers_it_was_chosen_for(
    later: dict[str, Any], expected: list[Verdict]
) -> None:
    cast = factories.cast()
    who = factories.client(cast.riverside)
    factories.consent(cast, who, _answered(cast, who).screening)
    booked = _here(cast, _answered(cast, who, **later))
    found = missing(day_facts(appointment=booked, at=BEGAN))
    assert [answer.verdict for answer in found] == expected
    assert all(r.code is Code.ANSWERS_CHANGED for answer in found for r in answer.reasons)


def test_the_database_starts_nothing_on_a_consent_to_other_answers() -> None:
    cast = factories.cast()
    who = factories.client(cast.riverside)
    agreed = factories.consent(cast, who, _answered(cast, who).screening)
    booked = _here(cast, _answered(cast, who, bruising_products="yes"))
    assert agreed.cooling_off_until
    refused = pytest.raises(IntegrityError, match="a consent to other answers")
    with refused, transaction.atomic():
        Treatment.objects.create(
            appointment=booked,
            client=who,
            site=who.site,
            procedure=booked.procedure,
            practitioner=cast.petra,
            consent=agreed,
            text=agreed.text,
            check_in=booked.check_ins.get(),
            time_zone=booked.time_zone,
            local_day=booked.local_day,
            cooling_off_until=agreed.cooling_off_until,
            max_depth_mm=booked.depth_mm,
            consent_depth_mm=agreed.depth_mm,
            session_number=1,
            started_at=BEGAN + timedelta(minutes=1),
            actor_kind="staff",
            actor_id=cast.petra.pk,
            actor_name=cast.petra.name,
        )
