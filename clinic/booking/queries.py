"""Reads of the booking room, always inside the actor's own site."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clinic.accounts.models import Site, User
from clinic.booking.diary import Hours, Taken
from clinic.booking.models import TAKES_TIME_STATUSES, Appointment, CheckIn, StatusChange
from clinic.core.actor import Actor
from clinic.intake.models import Clearance
from clinic.procedures.models import Procedure, Room


def appointments(actor: Actor) -> QuerySet[Appointment]:
    """Every appointment of the site, with what a page tells of it."""
    return Appointment.objects.filter(site=actor.at_site).select_related(
        "client", "procedure", "practitioner", "room", "site", "clearance"
    )


def appointment(actor: Actor, appointment_id: int) -> Appointment:
    """One appointment. Raises `Appointment.DoesNotExist` outside the scope."""
    return appointments(actor).get(pk=appointment_id)


def on_day(actor: Actor, day: date) -> list[Appointment]:
    """The appointments of a day in order, cancelled ones left out. One query."""
    found = appointments(actor).filter(local_day=day).exclude(status="CANCELLED")
    return list(found.order_by("starts_at", "pk"))


def history(appointment: Appointment) -> list[StatusChange]:
    """Every step with its cause, the newest first."""
    return list(appointment.changes.order_by("-pk"))


def last_check_in(appointment: Appointment) -> CheckIn | None:
    """What was said at the newest check-in."""
    return appointment.check_ins.order_by("-pk").first()


def practitioners(actor: Actor) -> list[User]:
    """Who performs something that the site offers, by name. One query."""
    offered = Procedure.objects.filter(site=actor.at_site, is_offered=True)
    return list(_working(actor.at_site).filter(Exists(offered.filter(performers=OuterRef("pk")))))


def performers(procedure: Procedure) -> list[User]:
    """Who performs the procedure and works at its site, by name."""
    return list(_working(procedure.site_id).filter(procedures=procedure))


def rooms(actor: Actor) -> list[Room]:
    """The open rooms of the site, by name."""
    return list(Room.objects.filter(site=actor.at_site, is_open=True).order_by("name"))


def procedure(actor: Actor, procedure_id: int) -> Procedure:
    """A procedure of the site. Raises `Procedure.DoesNotExist` outside the scope."""
    return Procedure.objects.select_related("site").get(pk=procedure_id, site=actor.at_site)


def clearance(actor: Actor, clearance_id: int) -> Clearance:
    """A clearance with what it is for. Raises `Clearance.DoesNotExist` outside the scope."""
    related = Clearance.objects.select_related("client", "procedure", "site")
    return related.get(pk=clearance_id, site=actor.at_site)


def site(actor: Actor) -> Site:
    """Where the actor works."""
    return Site.objects.get(pk=actor.at_site)


def hours_of(site: Site) -> Hours:
    return Hours(opens=site.opens, closes=site.closes, zone=timezone.get_current_timezone())


def taken(
    *, first: date, last: date, people: Iterable[User], places: Iterable[Room], but: int | None
) -> list[Taken]:
    """What is in use between two days (both included), wherever the people work. One query.

    `but` is an appointment that is being moved, whose own time is free.
    """
    zone = timezone.get_current_timezone()
    begin = datetime.combine(first, time.min, tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    rows = (
        Appointment.objects.filter(
            Q(practitioner__in=people) | Q(room__in=places),
            status__in=TAKES_TIME_STATUSES,
            starts_at__lt=end,
            ends_at__gt=begin,
        )
        .exclude(pk=but or 0)
        .values_list("practitioner_id", "room_id", "starts_at", "ends_at")
    )
    return [
        Taken(practitioner_id=who, room_id=room, starts_at=start, ends_at=stop)
        for who, room, start, stop in rows
    ]


def _working(site_id: int) -> QuerySet[User]:
    return (
        User.objects.filter(is_active=True, memberships__site=site_id).distinct().order_by("name")
    )
