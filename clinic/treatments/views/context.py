"""What the pages of the treatment room show, put together once."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from clinic.accounts.models import User
from clinic.booking import wording as booking_words
from clinic.booking.facts import day_facts
from clinic.booking.gate import missing
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Answer
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.procedures.areas import say_areas
from clinic.treatments import queries, wording
from clinic.treatments.forms import RecordForm
from clinic.treatments.models import Treatment
from clinic.treatments.people import check_may_perform, check_may_sign
from clinic.treatments.recording import limits_of


def plan_shown(booked: Appointment) -> dict[str, Any]:
    """The limits of the clearance, in words."""
    flags = booked.clearance.screening.flags
    numbing = booked.anaesthetic_planned and "no_topical_anaesthetic" not in flags
    return {
        "booked": booked,
        "areas": say_areas(booked.areas),
        "depth": f"{booked.depth_mm.normalize():f}",
        "numbing": numbing,
        "flags": wording.say_flags(set(flags) - {"no_topical_anaesthetic"}),
        "notes": queries.review_notes(booked),
    }


def before_start(actor: Actor, user: User, booked: Appointment, now: datetime) -> dict[str, Any]:
    """Whether it may start, or what is in the way and what to do about it."""
    answers = missing(day_facts(appointment=booked, at=now))
    return {
        "missing": [_in_words(answer, booked, now) for answer in answers],
        "may_not": _refusal(check_may_perform, actor, user, booked.procedure),
    }


def while_running(
    actor: Actor, user: User, treatment: Treatment, form: RecordForm
) -> dict[str, Any]:
    """The record to fill in, or who else is filling it in."""
    refused = _refusal(check_may_sign, actor, user, treatment)
    return {
        "treatment": treatment,
        "form": form,
        "may_not": refused,
        "stopped": treatment.owes_record,
    }


def record_form(data: Any, treatment: Treatment, now: datetime, **options: Any) -> RecordForm:
    """The record form of a treatment, empty or with what was sent."""
    booked = treatment.appointment
    return RecordForm(
        data,
        areas=booked.areas,
        limits=limits_of(treatment, now),
        reacts_to=wording.reacts_to(booked.clearance.screening.flags),
        now=now,
        **options,
    )


def _in_words(answer: Answer, booked: Appointment, now: datetime) -> dict[str, Any]:
    local = timezone.localtime(now)
    return {
        "verdict": answer.verdict.value,
        "headline": booking_words.headline(answer, name=booked.client.full_name),
        "reasons": booking_words.reasons(answer, now=local),
        "todo": booking_words.todo(answer),
    }


def _refusal(check: Any, *args: Any) -> object:
    try:
        check(*args)
    except Refused as refused:
        return refused.message
    return ""
