"""Take a time, change it, or take a new one after a hold."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.audit.record import record
from clinic.booking import transitions, wording
from clinic.booking.actions.common import locked_as_read, must_be_allowed
from clinic.booking.errors import NotBookable, told
from clinic.booking.fact_values import plan_value
from clinic.booking.facts import booking_facts
from clinic.booking.gate import bookable
from clinic.booking.locks import lock_evidence, lock_slot
from clinic.booking.models import Appointment, StatusChange
from clinic.booking.slot import Slot, must_be_offered
from clinic.booking.thinking import thinking
from clinic.booking.values import BookingFacts, PlanFacts
from clinic.booking.verdicts import Answer
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.core.words import say_moment
from clinic.intake.models import Clearance
from clinic.procedures.models import Room

Status = Appointment.Status


def book(
    *,
    actor: Actor,
    clearance: Clearance,
    practitioner: User,
    room: Room,
    starts_at: datetime,
    depth_mm: Decimal,
    areas: Iterable[str],
    anaesthetic_planned: bool,
    at: datetime,
) -> Appointment:
    """Book a session that rests on `clearance`. `starts_at` and `at` are aware.

    Raises `NotBookable` (the gate says no), `SlotTaken` (somebody was faster) or `Refused`.
    """
    plan = PlanFacts(depth_mm=depth_mm, areas=frozenset(areas), anaesthetic=anaesthetic_planned)
    slot = Slot(
        procedure=clearance.procedure, practitioner=practitioner, room=room, starts_at=starts_at
    )
    with told(), transaction.atomic():
        columns = _held(actor, clearance, slot, plan, at=at, apart_from=None)
        made = Appointment.objects.create(
            client=clearance.client,
            site=clearance.site,
            procedure=clearance.procedure,
            booked_at=at,
            **columns,
        )
        StatusChange.objects.create(
            appointment=made, status=Status.BOOKED, at=at, **acted_by(actor)
        )
        record(
            actor=actor,
            verb="appointment.book",
            at=at,
            subject=made,
            client_id=made.client_id,
            clearance=clearance.pk,
        )
    made.refresh_from_db()
    return made


def move(
    *,
    actor: Actor,
    appointment: Appointment,
    practitioner: User,
    room: Room,
    starts_at: datetime,
    at: datetime,
) -> Appointment:
    """Give a booked session another time, practitioner or room, on the same clearance.

    Raises as `book` does, and `Refused` when the appointment is not booked any more.
    """
    was = say_moment(timezone.localtime(appointment.starts_at), timezone.localtime(at))
    return _place_again(
        actor=actor,
        appointment=appointment,
        clearance=appointment.clearance,
        slot=Slot(
            procedure=appointment.procedure,
            practitioner=practitioner,
            room=room,
            starts_at=starts_at,
        ),
        at=at,
        expected=Status.BOOKED,
        verb="appointment.move",
        cause=_("Moved. It was %(when)s.") % {"when": was},
    )


def rebook(
    *,
    actor: Actor,
    appointment: Appointment,
    clearance: Clearance,
    practitioner: User,
    room: Room,
    starts_at: datetime,
    at: datetime,
) -> Appointment:
    """Book a session that was on hold again, on the clearance now in force. Raises as `move`."""
    return _place_again(
        actor=actor,
        appointment=appointment,
        clearance=clearance,
        slot=Slot(
            procedure=appointment.procedure,
            practitioner=practitioner,
            room=room,
            starts_at=starts_at,
        ),
        at=at,
        expected=Status.ON_HOLD,
        verb="appointment.rebook",
        cause=_("Booked again on the clearance now in force."),
    )


def _place_again(
    *,
    actor: Actor,
    appointment: Appointment,
    clearance: Clearance,
    slot: Slot,
    at: datetime,
    expected: Status,
    verb: str,
    cause: str,
) -> Appointment:
    if appointment.status != expected:
        raise Refused(
            _("This appointment is “%(status)s”, so that cannot be done.")
            % {"status": Status(appointment.status).label}
        )
    same = (clearance.client_id, clearance.procedure_id)
    if same != (appointment.client_id, appointment.procedure_id):
        raise Refused(_("This clearance is for another client or procedure."))
    # A session that was on hold comes back as far as it is cleared now, never further.
    plan = plan_value(appointment).within(plan_value(clearance))
    with told(), transaction.atomic():
        columns = _held(actor, clearance, slot, plan, at=at, apart_from=appointment.pk)
        now = locked_as_read(appointment)
        return transitions.apply(
            now, Status.BOOKED, actor=actor, at=at, verb=verb, cause=cause, **columns
        )


def _held(
    actor: Actor,
    clearance: Clearance,
    slot: Slot,
    plan: PlanFacts,
    *,
    at: datetime,
    apart_from: int | None,
) -> dict[str, Any]:
    """Lock, ask the gate, and give the columns of the appointment."""
    must_be_allowed(actor, site_id=clearance.site_id)
    must_be_offered(slot, site=clearance.site, at=at)
    lock_slot(practitioner_id=slot.practitioner.pk, room_id=slot.room.pk)
    lock_evidence(client_id=clearance.client_id, clearance_ids=[clearance.pk])
    facts = booking_facts(
        client=clearance.client,
        procedure=clearance.procedure,
        on=slot.day,
        plan=plan,
        apart_from=apart_from,
    )
    answer = bookable(facts)
    if not answer.allows:
        raise _not_bookable(answer, clearance, at)
    _leaves_time_to_think(clearance, facts, slot, at=at)
    if facts.clearance is None or facts.clearance.id != clearance.pk:
        raise Refused(_("There is a newer clearance. Please look again."))
    return {
        "clearance": clearance,
        "practitioner": slot.practitioner,
        "room": slot.room,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "time_zone": timezone.get_current_timezone_name(),
        "local_day": slot.day,
        "rest_until": slot.day + timedelta(days=facts.rest_days),
        "clearance_valid_from": clearance.valid_from,
        "clearance_valid_until": clearance.valid_until,
        "clearance_depth_mm": clearance.depth_mm,
        "clearance_anaesthetic": clearance.anaesthetic_planned,
        "depth_mm": plan.depth_mm,
        "areas": sorted(plan.areas),
        "anaesthetic_planned": plan.anaesthetic,
    }


def _leaves_time_to_think(
    clearance: Clearance, facts: BookingFacts, slot: Slot, *, at: datetime
) -> None:
    time = thinking(facts, client=clearance.client, procedure=clearance.procedure, at=at)
    if slot.starts_at < time.until:
        raise _not_bookable(time.answer, clearance, at)


def _not_bookable(answer: Answer, clearance: Clearance, at: datetime) -> NotBookable:
    name, now = clearance.client.full_name, timezone.localtime(at)
    return NotBookable(answer, wording.in_full(answer, name=name, now=now))
