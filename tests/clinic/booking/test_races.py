"""True concurrency: threads with connections of their own, on the application's role.

Whoever wins, the promise holds; whoever loses is told, and soon.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connections, transaction

from clinic.accounts.models import User
from clinic.booking.actions import book, check_in
from clinic.booking.models import Appointment, CheckIn
from clinic.booking.same_day import QUESTIONS
from clinic.clients.events import report_event
from clinic.clients.models import AdverseEvent, Client
from clinic.core.errors import Refused
from clinic.intake.models import Clearance
from clinic.procedures.models import Room
from tests import factories as make
from tests.clinic.booking import attacks
from tests.factories import NOW, TUESDAY, Cast
from tests.factories.days import at
from tests.screening.amounts import rounds

pytestmark = pytest.mark.django_db(transaction=True)

TEN = at(TUESDAY, 10)
ROUNDS = rounds(20)
SOON = 3.0  # seconds
WAITS = [(0.7, 0.0), (0.0, 0.7)]  # seconds: far enough apart to see both orders
CLOSE = [(0.0, 0.0), (0.0, 0.005), (0.0, 0.02), (0.01, 0.0)]
Act = Callable[[], Any]


def _go_home(start: Barrier) -> None:
    start.wait(10)  # one task a thread
    connections.close_all()


@contextmanager
def people(count: int) -> Iterator[Callable[..., list[Any]]]:
    """`together(*acts)`: start every act at once; what each returned, or how it was told no."""
    pool = ThreadPoolExecutor(count)
    start = Barrier(count)

    def one(act: Act) -> Any:
        close_old_connections()
        start.wait(10)
        try:
            return act()
        except (Refused, DatabaseError) as told:
            return told

    def together(*acts: Act) -> list[Any]:
        return [done.result(30) for done in [pool.submit(one, act) for act in acts]]

    try:
        yield together
    finally:
        for done in [pool.submit(_go_home, start) for _n in range(count)]:
            done.result(10)
        pool.shutdown()


def booking(
    cast: Cast, held: Clearance, practitioner: User | None = None, room: Room | None = None
) -> Act:
    """Fred takes Tuesday at ten."""
    fred = cast.actor(cast.fred)
    held = Clearance.objects.select_related("client", "procedure", "site").get(pk=held.pk)
    return lambda: book(
        actor=fred,
        clearance=held,
        practitioner=practitioner or cast.petra,
        room=room or cast.room,
        starts_at=TEN,
        depth_mm=held.depth_mm,
        areas=held.areas,
        anaesthetic_planned=False,
        at=NOW,
    )


def forged(cast: Cast, held: Clearance) -> Act:
    """The same, written by hand past every check and lock of the actions."""

    def act() -> int:
        with transaction.atomic():
            return attacks.appointment(cast, held)

    return act


def after(seconds: float, act: Act) -> Act:
    """The same act a moment later."""

    def later() -> Any:
        sleep(seconds)
        return act()

    return later


def never_live_on_dead() -> bool:
    dead = Appointment.objects.filter(must_live=True, clearance__ended_at__isnull=False)
    return not dead.exists()


@pytest.mark.parametrize("way", [booking, forged])
def test_withdraw_against_book(cast: Cast, way: Callable[[Cast, Clearance], Act]) -> None:
    """By the action and by hand: never a live appointment on a dead clearance."""
    won = 0
    with people(2) as together:
        for number in range(ROUNDS):
            who = make.client(cast.riverside, first_name=f"Maya {number}")
            held = make.clearance(who, cast.pen)
            wait, hold = WAITS[number] if number < len(WAITS) else CLOSE[number % len(CLOSE)]
            booked, ended = together(
                after(wait, way(cast, held)),
                after(hold, partial(attacks.end_clearance, held)),
            )
            assert ended is None, ended
            assert never_live_on_dead()
            made = Appointment.objects.filter(client=who).first()
            if made is None:
                assert isinstance(booked, (Refused, DatabaseError)), booked
            else:
                won += 1
                assert made.status == "ON_HOLD"
                assert made.changes.latest("pk").cause == "New"
                Appointment.objects.filter(pk=made.pk).update(status="CANCELLED")
            if way is booking and made is None:
                assert isinstance(booked, Refused), booked
    assert 0 < won < ROUNDS, won


def test_eight_on_one_slot(cast: Cast) -> None:
    """Exactly one wins; the seven others are told at once, in words."""
    clearances = [
        make.clearance(make.client(cast.riverside, first_name=f"Client {n}"), cast.pen)
        for n in range(8)
    ]
    acts = [booking(cast, held) for held in clearances]
    with people(8) as together:
        began = monotonic()
        results = together(*acts)
        took = monotonic() - began
    winners = [result for result in results if isinstance(result, Appointment)]
    told = [str(result.message) for result in results if isinstance(result, Refused)]
    assert len(winners) == 1, results
    assert told == ["Somebody else has just taken this time. Please choose another one."] * 7
    assert took < SOON, took
    assert Appointment.objects.count() == 1


def test_one_client_in_two_places(cast: Cast, maya: Client, held: Clearance) -> None:
    """The same client with two practitioners in two rooms at once: one session, one is told."""
    with people(2) as together:
        results = together(
            booking(cast, held, cast.petra, cast.room),
            booking(cast, held, cast.rosa, cast.second_room),
        )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True], results
    assert Appointment.objects.count() == 1


def arrival(cast: Cast, booked: Appointment, **answers: str) -> Act:
    fred = cast.actor(cast.fred)
    seen = Appointment.objects.get(pk=booked.pk)
    return lambda: check_in(
        actor=fred,
        appointment=seen,
        identity_confirmed=True,
        answers=dict.fromkeys(QUESTIONS, "no") | answers,
        at=TEN,
    )


def test_two_check_ins(cast: Cast, maya: Client) -> None:
    booked = make.appointment(cast, maya)
    with people(2) as together:
        results = together(arrival(cast, booked), arrival(cast, booked))
    told = [str(result.message) for result in results if isinstance(result, Refused)]
    assert told == ["Maya Lind is already checked in."], results
    assert (CheckIn.objects.count(), booked.changes.count()) == (1, 1)


def test_two_check_ins_of_which_one_has_news(cast: Cast) -> None:
    """Whichever comes first, the news wins."""
    with people(2) as together:
        for hour in range(9, 17):
            who = make.client(cast.riverside, first_name=f"Maya {hour}")
            booked = make.appointment(cast, who, start=at(TUESDAY, hour))
            together(arrival(cast, booked), arrival(cast, booked, sun="not_sure"))
            booked.refresh_from_db()
            assert booked.status == "ON_HOLD"
            assert never_live_on_dead()


def test_an_adverse_event_against_book(cast: Cast) -> None:
    """Never a live appointment while an event is open."""
    fred = cast.actor(cast.fred)
    onset: date = TUESDAY - timedelta(days=20)
    with people(2) as together:
        for number in range(rounds(20)):
            who = make.client(cast.riverside, first_name=f"Maya {number}")
            held = make.clearance(who, cast.pen)
            _booked, event = together(
                booking(cast, held),
                lambda who=who: report_event(
                    actor=fred, client=who, what="Blisters", onset=onset, severity="MILD", at=NOW
                ),
            )
            assert isinstance(event, AdverseEvent), event
            assert not Appointment.objects.filter(client=who, must_live=True).exists()
            Appointment.objects.filter(client=who).update(status="CANCELLED")
