"""Check-in, cancelling, not coming: one table of steps, and nothing waved through."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic.audit.models import Event
from clinic.booking import transitions
from clinic.booking.actions import cancel, check_in, no_show
from clinic.booking.models import Appointment, CheckIn, StatusChange
from clinic.booking.same_day import QUESTIONS
from clinic.core.errors import Refused
from clinic.intake.models import Clearance
from tests import factories as make
from tests.factories import NOW, TUESDAY, Cast
from tests.factories.days import at

Status = Appointment.Status
NINE = at(TUESDAY, 9, 50)
ALL_NO = dict.fromkeys(QUESTIONS, "no")


@pytest.fixture
def booked(cast: Cast, maya: Any) -> Appointment:
    return make.appointment(cast, maya)


def greet(cast: Cast, booked: Appointment, **fields: Any) -> CheckIn:
    values: dict[str, Any] = {
        "actor": cast.actor(cast.fred),
        "identity_confirmed": True,
        "answers": ALL_NO,
        "at": NINE,
    } | fields
    return check_in(appointment=booked, **values)


def test_with_nothing_new_the_client_is_here(cast: Cast, booked: Appointment) -> None:
    made = greet(cast, booked)
    assert (made.nothing_new, made.local_day, booked.status) == (True, TUESDAY, "ARRIVED")
    assert made.answers == ALL_NO
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "appointment.check_in",
        "appointment.arrive",
    ]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("said", ["yes", "not_sure"])
def test_anything_but_no_ends_the_clearance_and_holds_the_appointment(
    cast: Cast, booked: Appointment, question: str, said: str
) -> None:
    made = greet(cast, booked, answers=ALL_NO | {question: said})
    held = Clearance.objects.get()
    assert not made.nothing_new
    assert booked.status == "ON_HOLD"
    assert (held.live, held.ended_by) == (False, "Fred Okoye")
    assert StatusChange.objects.latest("pk").cause == held.ended_cause != ""
    assert said not in str(list(Event.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {k: "no" for k in QUESTIONS if k != "sun"},
        ALL_NO | {"sun": ""},
        ALL_NO | {"sun": "No"},
        ALL_NO | {"sun": "maybe"},
        ALL_NO | {"more": "no"},
    ],
)
def test_a_blank_is_never_no(cast: Cast, booked: Appointment, answers: dict[str, str]) -> None:
    with pytest.raises(Refused, match="every question"):
        greet(cast, booked, answers=answers)
    assert not CheckIn.objects.exists()


def test_who_it_is_comes_first(cast: Cast, booked: Appointment) -> None:
    with pytest.raises(Refused, match="name and date of birth"):
        greet(cast, booked, identity_confirmed=False)


@pytest.mark.parametrize(
    "moment",
    [at(TUESDAY - timedelta(days=1), 23, 59), at(TUESDAY + timedelta(days=1), 0, 0)],
)
def test_only_on_the_day(cast: Cast, booked: Appointment, moment: Any) -> None:
    with pytest.raises(Refused, match="not today"):
        greet(cast, booked, at=moment)


def test_a_second_check_in_is_told_but_news_is_always_taken(
    cast: Cast, booked: Appointment
) -> None:
    greet(cast, booked)
    with pytest.raises(Refused, match="Maya Lind is already checked in"):
        greet(cast, booked)
    greet(cast, booked, answers=ALL_NO | {"cold_sore": "yes"})
    assert booked.status == "ON_HOLD"
    with pytest.raises(Refused, match="“On hold”"):
        greet(cast, booked)


@pytest.mark.parametrize("person", ["audra", "hana"])
def test_only_who_may_book_checks_in_or_cancels(
    cast: Cast, booked: Appointment, person: str
) -> None:
    actor = cast.actor(getattr(cast, person))
    with pytest.raises(Refused):
        greet(cast, booked, actor=actor)
    with pytest.raises(Refused):
        cancel(actor=actor, appointment=booked, cause="No.", at=NOW)
    with pytest.raises(Refused):
        no_show(actor=actor, appointment=booked, at=at(TUESDAY, 11))


def test_cancelling_needs_a_cause(cast: Cast, booked: Appointment) -> None:
    fred = cast.actor(cast.fred)
    with pytest.raises(Refused, match="say why"):
        cancel(actor=fred, appointment=booked, cause="  ", at=NOW)
    done = cancel(actor=fred, appointment=booked, cause=" Has a cold. ", at=NOW)
    assert (done.status, done.must_live) == ("CANCELLED", None)
    assert done.changes.latest("pk").cause == "Has a cold."


def test_nobody_has_failed_to_come_before_the_time(cast: Cast, booked: Appointment) -> None:
    fred = cast.actor(cast.fred)
    with pytest.raises(Refused, match="not begun"):
        no_show(actor=fred, appointment=booked, at=booked.starts_at - timedelta(seconds=1))
    assert no_show(actor=fred, appointment=booked, at=booked.starts_at).status == "NO_SHOW"
    booked.refresh_from_db()
    with pytest.raises(Refused, match="cannot become"):
        cancel(actor=fred, appointment=booked, cause="Too late.", at=NOW)


PATHS: dict[Status, list[Status]] = {
    Status.BOOKED: [],
    Status.ARRIVED: [Status.ARRIVED],
    Status.IN_TREATMENT: [Status.ARRIVED, Status.IN_TREATMENT],
    Status.DONE: [Status.ARRIVED, Status.IN_TREATMENT, Status.DONE],
    Status.ON_HOLD: [Status.ON_HOLD],
    Status.CANCELLED: [Status.CANCELLED],
    Status.NO_SHOW: [Status.NO_SHOW],
}


@pytest.mark.parametrize("start", Status)
def test_the_database_takes_the_steps_of_the_table_and_no_other(
    cast: Cast, booked: Appointment, start: Status
) -> None:
    rows = Appointment.objects.filter(pk=booked.pk)
    for step in PATHS[start]:
        rows.update(status=step)
    taken = set()
    for to in Status:
        try:
            with transaction.atomic():
                rows.update(status=to)
                taken.add(to)
                transaction.set_rollback(True)
        except IntegrityError:
            continue
    # That nothing was done is signed with the treatment; without one the step is refused.
    signed = {Status.CANCELLED} if start == Status.DONE else set()
    assert taken - {start} == transitions.STEPS[start] - {start} - signed
    booked.refresh_from_db()
    assert [to for to in Status if transitions.may(booked, to)] == [
        to for to in Status if to in transitions.STEPS[start]
    ]


def test_a_step_on_a_stale_copy_is_refused(cast: Cast, booked: Appointment) -> None:
    stale = Appointment.objects.get(pk=booked.pk)
    cancel(actor=cast.actor(cast.fred), appointment=booked, cause="Called.", at=NOW)
    with pytest.raises(Refused, match="Somebody else"), transaction.atomic():
        transitions.apply(
            stale, Status.ARRIVED, actor=cast.actor(cast.fred), at=NOW, verb="appointment.arrive"
        )
