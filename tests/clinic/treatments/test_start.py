"""Only somebody who may, only when everything is live, and only once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from clinic.audit.models import Event
from clinic.booking.models import Appointment, CheckIn, StatusChange
from clinic.booking.verdicts import Verdict
from clinic.consent.models import Consent, ConsentText
from clinic.core.errors import Refused
from clinic.intake.models import Clearance
from clinic.treatments import queries
from clinic.treatments.actions import NotTreatable, sign, start
from clinic.treatments.models import Treatment
from tests import factories
from tests.factories.treating import BEGAN, ENDED, done, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.cast()


def _start(cast: factories.Cast, booked: Appointment, by: str = "petra") -> Treatment:
    user = getattr(cast, by)
    return start(actor=cast.actor(user), user=user, appointment=booked, at=BEGAN)


def test_it_begins_with_everything_that_it_rests_on(cast: factories.Cast) -> None:
    booked = ready(cast)
    treatment = _start(cast, booked)
    booked.refresh_from_db()
    assert booked.status == "IN_TREATMENT"
    assert treatment.consent == Consent.objects.get()
    assert treatment.check_in == CheckIn.objects.get()
    assert (treatment.max_depth_mm, treatment.session_number) == (booked.depth_mm, 1)
    assert StatusChange.objects.get(status="IN_TREATMENT").actor_name == "Petra Novak"
    event = Event.objects.get(verb="treatment.start")
    assert (event.client_id, event.actor_name) == (booked.client_id, "Petra Novak")


def test_a_second_practitioner_is_told_who_began(cast: factories.Cast) -> None:
    booked = ready(cast)
    _start(cast, booked)
    with pytest.raises(Refused, match=r"Petra Novak began this treatment at 10:05"):
        _start(cast, booked, "rosa")
    assert Treatment.objects.count() == 1


@pytest.mark.parametrize("who", ["fred", "mark", "audra"])
def test_nobody_else_may_start(cast: factories.Cast, who: str) -> None:
    with pytest.raises(Refused, match="Only a practitioner"):
        _start(cast, ready(cast), who)


def test_a_practitioner_who_does_not_perform_the_procedure_may_not(cast: factories.Cast) -> None:
    booked = ready(cast)
    cast.pen.performers.remove(cast.rosa)
    with pytest.raises(Refused, match="not on the list"):
        _start(cast, booked, "rosa")


def test_a_colleague_who_performs_it_may_stand_in(cast: factories.Cast) -> None:
    assert _start(cast, ready(cast), "rosa").practitioner == cast.rosa


def _withdraw(cast: factories.Cast) -> None:
    Consent.objects.update(
        ended_at=BEGAN, ended_by="Maya Lind", ended_cause="Changed her mind", end_kind="WITHDRAWN"
    )


def _end_clearance(cast: factories.Cast) -> None:
    Clearance.objects.update(ended_at=BEGAN, ended_by="Lena Frost", ended_cause="New answers")


def _new_text(cast: factories.Cast) -> None:
    ConsentText.objects.update(ended_at=BEGAN, ended_by="Lena Frost", ended_cause="New version")


def _not_here(cast: factories.Cast) -> None:
    factories.check_in(cast, Appointment.objects.get(), nothing_new=False)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (_withdraw, Verdict.CONSENT_WITHDRAWN),
        (_end_clearance, Verdict.SCREENING_OUTDATED),
        (_new_text, Verdict.NEEDS_CONSENT),
        (_not_here, Verdict.NEEDS_CHECK_IN),
    ],
)
def test_it_does_not_start_when_something_has_gone(
    cast: factories.Cast, change: Callable[[factories.Cast], None], verdict: Verdict
) -> None:
    booked = ready(cast)
    change(cast)
    with pytest.raises(NotTreatable) as refused:
        _start(cast, booked)
    assert verdict in [answer.verdict for answer in refused.value.answers]
    assert not Treatment.objects.exists()


@pytest.mark.parametrize(("minutes", "waits"), [(-1, True), (0, False)])
def test_the_thinking_time_counts_to_the_minute(
    cast: factories.Cast, minutes: int, *, waits: bool
) -> None:
    booked = ready(cast)
    until = Consent.objects.get().cooling_off_until
    assert until
    moment = until + timedelta(minutes=minutes)
    with pytest.raises(NotTreatable) as refused:
        start(actor=cast.actor(cast.petra), user=cast.petra, appointment=booked, at=moment)
    verdicts = [answer.verdict for answer in refused.value.answers]
    assert (Verdict.COOLING_OFF in verdicts) is waits


def test_the_session_number_counts_recorded_sessions_of_the_procedure(cast: factories.Cast) -> None:
    first = _start(cast, ready(cast))
    sign(actor=cast.actor(cast.petra), user=cast.petra, treatment=first, done=done(), at=ENDED)
    assert queries.sessions_done(first.client_id, cast.pen.pk) == 1
    assert queries.sessions_done(first.client_id, cast.roller.pk) == 0
