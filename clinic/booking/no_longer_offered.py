"""Appointments ahead that rest on something the clinic has changed since they were booked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncTime
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.accounts.models import Membership
from clinic.accounts.touched import Touched
from clinic.booking.models import Appointment
from clinic.core.actor import CLINICAL_ROLES, Actor
from clinic.core.words import say_day, say_moment
from clinic.procedures.models import Procedure

STILL_AHEAD = ("BOOKED", "ARRIVED", "ON_HOLD")
WORDS: dict[str, Any] = {
    "not_offered": gettext_lazy("%(procedure)s is not offered any more."),
    "not_here": gettext_lazy("%(practitioner)s does not treat here any more."),
    "not_performed": gettext_lazy("%(practitioner)s does not do this procedure any more."),
    "room_closed": gettext_lazy("%(room)s is closed."),
    "outside_hours": gettext_lazy("The clinic is not open at this time any more."),
    "too_deep": gettext_lazy("%(procedure)s is not done as deep as this any more."),
    "other_areas": gettext_lazy("%(procedure)s is not done on one of these areas any more."),
}


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """An appointment, and in words what of it no longer stands."""

    appointment: Appointment
    reasons: list[str]


def flagged(actor: Actor, *, today: date) -> list[Flagged]:
    """Those of the actor's site from today on, soonest first. One query."""
    return _flagged(_ahead(today).filter(site_id=actor.at_site))


def flagged_reasons(appointment: Appointment, *, today: date) -> list[str]:
    """What of this appointment no longer stands; nothing for one that is over. One query."""
    found = _flagged(_ahead(today).filter(pk=appointment.pk))
    return found[0].reasons if found else []


def touched(actor: Actor, at: datetime) -> list[Touched]:
    """As `flagged`, for the pages that change what appointments rest on."""
    now = timezone.localtime(at)
    return [
        Touched(id=one.appointment.pk, line=_line(one.appointment, now))
        for one in flagged(actor, today=now.date())
    ]


def _line(appointment: Appointment, now: datetime) -> str:
    return _("%(when)s: %(name)s, born %(born)s") % {
        "when": say_moment(timezone.localtime(appointment.starts_at), now),
        "name": appointment.client.full_name,
        "born": say_day(appointment.client.date_of_birth, now.date()),
    }


def _ahead(today: date) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(local_day__gte=today, status__in=STILL_AHEAD)
    return rows.select_related("client", "procedure", "practitioner", "room", "site")


def _flagged(rows: QuerySet[Appointment]) -> list[Flagged]:
    works = Membership.objects.filter(
        user=OuterRef("practitioner"),
        site=OuterRef("site"),
        role__in=[role.value for role in CLINICAL_ROLES],
        user__is_active=True,
    )
    performs = Procedure.performers.through.objects.filter(
        procedure=OuterRef("procedure"), user=OuterRef("practitioner")
    )
    zone = timezone.get_current_timezone()
    rows = rows.annotate(
        begins=TruncTime("starts_at", tzinfo=zone), ends=TruncTime("ends_at", tzinfo=zone)
    ).annotate(
        not_offered=Q(procedure__is_offered=False),
        not_here=~Exists(works),
        not_performed=~Exists(performs),
        room_closed=Q(room__is_open=False),
        outside_hours=Q(begins__lt=F("site__opens")) | Q(ends__gt=F("site__closes")),
        too_deep=Q(depth_mm__gt=F("procedure__max_depth_mm")),
        other_areas=~Q(areas__contained_by=F("procedure__areas")),
    )
    either = Q()
    for name in WORDS:
        either |= Q(**{name: True})
    found = rows.filter(either).order_by("starts_at", "pk")
    return [Flagged(appointment=one, reasons=_reasons(one)) for one in found]


def _reasons(one: Appointment) -> list[str]:
    names = {
        "procedure": one.procedure.name,
        "practitioner": one.practitioner.name,
        "room": one.room.name,
    }
    codes = [name for name in WORDS if getattr(one, name)]
    if "not_here" in codes:  # whoever has left does no procedure either
        codes = [name for name in codes if name != "not_performed"]
    return [str(WORDS[name]) % names for name in codes]
