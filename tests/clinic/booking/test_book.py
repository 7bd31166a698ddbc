"""Booking, moving and booking again: what is made, and what is refused in words."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic.audit.models import Event
from clinic.booking.actions import book, cancel, move, rebook
from clinic.booking.errors import NotBookable, SlotTaken
from clinic.booking.gate import Verdict
from clinic.booking.models import Appointment, StatusChange
from clinic.clients.models import Client
from clinic.core.errors import Refused
from clinic.intake.models import Clearance, Screening
from tests import factories as make
from tests.factories import NOW, TUESDAY, Cast
from tests.factories.days import at

TEN = at(TUESDAY, 10)


def take(cast: Cast, held: Clearance, **fields: Any) -> Appointment:
    """Fred books what is cleared with Petra in Room 1, on Tuesday 16 June at ten."""
    values: dict[str, Any] = {
        "actor": cast.actor(cast.fred),
        "practitioner": cast.petra,
        "room": cast.room,
        "starts_at": TEN,
        "depth_mm": held.depth_mm,
        "areas": held.areas,
        "anaesthetic_planned": False,
        "at": NOW,
    } | fields
    return book(clearance=held, **values)


def test_a_booking_has_its_time_its_rest_its_history_and_its_audit_row(
    cast: Cast, held: Clearance
) -> None:
    made = take(cast, held)
    assert (made.status, made.must_live) == ("BOOKED", True)
    assert made.ends_at == TEN + timedelta(minutes=60)
    assert (made.local_day, made.rest_until) == (TUESDAY, TUESDAY + timedelta(days=28))
    assert [(c.status, c.actor_name) for c in made.changes.all()] == [("BOOKED", "Fred Okoye")]
    event = Event.objects.get(verb="appointment.book")
    assert (event.object_id, event.client_id, event.actor_name) == (
        made.pk,
        made.client_id,
        "Fred Okoye",
    )


@pytest.mark.parametrize("person", ["fred", "petra", "rosa", "lena", "mark"])
def test_front_desk_clinicians_and_managers_book(cast: Cast, held: Clearance, person: str) -> None:
    assert take(cast, held, actor=cast.actor(getattr(cast, person))).pk


@pytest.mark.parametrize("person", ["audra", "hana"])
def test_an_auditor_and_another_site_do_not(cast: Cast, held: Clearance, person: str) -> None:
    with pytest.raises(Refused, match="not change them"):
        take(cast, held, actor=cast.actor(getattr(cast, person)))
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (NOW, "has passed"),
        (at(TUESDAY, 8, 59), "open from 09:00 to 18:00"),
        (at(TUESDAY, 17, 1), "open from 09:00 to 18:00"),
        (at(TUESDAY, 23, 30), "open from 09:00 to 18:00"),
    ],
)
def test_a_time_that_the_clinic_does_not_offer(
    cast: Cast, held: Clearance, start: datetime, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        take(cast, held, starts_at=start)


@pytest.mark.parametrize("start", [at(TUESDAY, 9), at(TUESDAY, 17)])
def test_the_first_and_the_last_hour_are_offered(
    cast: Cast, held: Clearance, start: datetime
) -> None:
    assert take(cast, held, starts_at=start).starts_at == start


def test_only_who_performs_it_and_only_rooms_of_the_site(cast: Cast, held: Clearance) -> None:
    with pytest.raises(Refused, match="Fred Okoye does not do this"):
        take(cast, held, practitioner=cast.fred)
    with pytest.raises(Refused, match="another site"):
        take(cast, held, room=cast.hilltop.rooms.get())
    cast.pen.performers.remove(cast.petra)
    with pytest.raises(Refused, match="Petra Novak does not do this"):
        take(cast, held)


def test_the_gate_is_asked(cast: Cast, held: Clearance) -> None:
    with pytest.raises(NotBookable) as too_deep:
        take(cast, held, depth_mm=Decimal("0.75"))
    assert too_deep.value.answer.verdict is Verdict.SCREENING_OUTDATED
    assert "The plan goes further" in str(too_deep.value.message)
    Clearance.objects.update(ended_at=NOW, ended_by="Petra", ended_cause="A new medicine.")
    with pytest.raises(NotBookable) as ended:
        take(cast, held)
    assert ended.value.answer.verdict is Verdict.SCREENING_OUTDATED
    assert not Appointment.objects.exists()


def test_a_taken_time_and_a_room_in_use(cast: Cast, held: Clearance) -> None:
    take(cast, held)
    nadia = make.clearance(make.client(cast.riverside, first_name="Nadia"), cast.pen)
    with pytest.raises(SlotTaken, match="just taken this time"):
        take(cast, nadia, room=cast.second_room, starts_at=TEN + timedelta(minutes=59))
    with pytest.raises(SlotTaken, match="room is in use"):
        take(cast, nadia, practitioner=cast.rosa)
    assert take(cast, nadia, starts_at=TEN + timedelta(minutes=60)).pk


def test_moving_keeps_the_history(cast: Cast, held: Clearance) -> None:
    made = take(cast, held)
    moved = move(
        actor=cast.actor(cast.mark),
        appointment=made,
        practitioner=cast.rosa,
        room=cast.second_room,
        starts_at=TEN + timedelta(days=1, minutes=30),
        at=NOW,
    )
    assert (moved.practitioner, moved.local_day) == (cast.rosa, TUESDAY + timedelta(days=1))
    assert moved.rest_until == TUESDAY + timedelta(days=29)
    causes = list(moved.changes.order_by("pk").values_list("status", "cause"))
    assert causes == [("BOOKED", ""), ("BOOKED", "Moved. It was Tuesday 16 June at 10:00.")]


def test_two_who_move_the_same_appointment_do_not_both_win(cast: Cast, held: Clearance) -> None:
    made = take(cast, held)
    as_seen_by_mark = Appointment.objects.get(pk=made.pk)
    where: Any = {"practitioner": cast.petra, "room": cast.room, "at": NOW}
    fred, mark = cast.actor(cast.fred), cast.actor(cast.mark)
    move(actor=fred, appointment=made, starts_at=TEN + timedelta(hours=2), **where)
    with pytest.raises(Refused, match="Somebody else"):
        move(actor=mark, appointment=as_seen_by_mark, starts_at=TEN + timedelta(hours=4), **where)


class TestAfterAHold:
    def end(self, held: Clearance) -> None:
        Clearance.objects.filter(pk=held.pk).update(
            ended_at=NOW, ended_by="Petra Novak", ended_cause="A new medicine."
        )
        Screening.objects.filter(pk=held.screening_id).update(
            ended_at=NOW, ended_by="Petra Novak", ended_cause="A new medicine."
        )

    def test_a_hold_says_who_and_why(self, cast: Cast, held: Clearance) -> None:
        made = take(cast, held)
        self.end(held)
        made.refresh_from_db()
        assert made.status == "ON_HOLD"
        last = StatusChange.objects.latest("pk")
        assert (last.cause, last.actor_name) == ("A new medicine.", "Petra Novak")

    def test_it_is_booked_again_on_the_new_clearance(
        self, cast: Cast, held: Clearance, maya: Client
    ) -> None:
        made = take(cast, held)
        self.end(held)
        made.refresh_from_db()
        again: Any = {
            "actor": cast.actor(cast.fred),
            "appointment": made,
            "practitioner": cast.petra,
            "room": cast.room,
            "starts_at": TEN,
            "at": NOW,
        }
        with pytest.raises(NotBookable):
            rebook(clearance=held, **again)
        fresh = make.clearance(maya, cast.pen)
        with pytest.raises(Refused, match="“On hold”"):
            move(**again)
        booked = rebook(clearance=fresh, **again)
        assert (booked.status, booked.clearance_id) == ("BOOKED", fresh.pk)

    def test_only_on_a_clearance_of_the_same_client(self, cast: Cast, held: Clearance) -> None:
        made = take(cast, held)
        self.end(held)
        made.refresh_from_db()
        other = make.clearance(make.client(cast.riverside, first_name="Nadia"), cast.pen)
        with pytest.raises(Refused, match="another client"):
            rebook(
                actor=cast.actor(cast.fred),
                appointment=made,
                clearance=other,
                practitioner=cast.petra,
                room=cast.room,
                starts_at=TEN,
                at=NOW,
            )


def test_a_cancelled_time_is_free_again(cast: Cast, held: Clearance) -> None:
    made = take(cast, held)
    cancel(actor=cast.actor(cast.fred), appointment=made, cause="Client called.", at=NOW)
    assert take(cast, held).pk != made.pk
