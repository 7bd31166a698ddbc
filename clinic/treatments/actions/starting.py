"""Beginning a treatment: one transaction, with its audit row."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from clinic.accounts.models import User
from clinic.audit.record import record as audit
from clinic.booking import transitions
from clinic.booking.actions.common import locked
from clinic.booking.facts import day_facts
from clinic.booking.gate import missing
from clinic.booking.models import Appointment, CheckIn
from clinic.booking.verdicts import Answer
from clinic.consent.models import Consent
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.treatments import queries, wording
from clinic.treatments.models import Treatment
from clinic.treatments.people import check_may_perform


class NotTreatable(Refused):
    """The gate says no; `answers` are its verdicts with their reasons, in order."""

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(wording.NOT_TREATABLE)
        self.answers = answers


@transaction.atomic
def start(*, actor: Actor, user: User, appointment: Appointment, at: datetime) -> Treatment:
    """Begin the treatment: gate 2 must be open. The appointment becomes IN_TREATMENT.

    Raises NotTreatable, or Refused for someone who may not, or where a colleague was first.
    """
    booked = locked(appointment)
    check_may_perform(actor, user, booked.procedure)
    if treatment := Treatment.objects.filter(appointment=booked).first():
        raise Refused(_say_started(treatment))
    if answers := missing(day_facts(appointment=booked, at=at)):
        raise NotTreatable(answers)
    consent = queries.consent_in_force(booked)
    check_in = booked.check_ins.order_by("-pk").first()
    if consent is None or consent.cooling_off_until is None or check_in is None:
        raise Refused(wording.NOT_TREATABLE)
    treatment = _begin(
        actor, user, booked, consent, check_in, at, thought_until=consent.cooling_off_until
    )
    transitions.apply(
        booked, Appointment.Status.IN_TREATMENT, actor=actor, at=at, verb="appointment.in_treatment"
    )
    audit(
        actor=actor,
        verb="treatment.start",
        at=at,
        subject=treatment,
        client_id=booked.client_id,
        appointment=booked.pk,
    )
    return treatment


def _say_started(treatment: Treatment) -> str:
    local = treatment.started_at.astimezone(ZoneInfo(treatment.time_zone))
    return str(wording.ALREADY_STARTED) % {
        "name": treatment.practitioner.name,
        "time": f"{local:%H:%M}",
    }


def _begin(
    actor: Actor,
    user: User,
    booked: Appointment,
    consent: Consent,
    check_in: CheckIn,
    at: datetime,
    *,
    thought_until: datetime,
) -> Treatment:
    try:
        with transaction.atomic():
            return Treatment.objects.create(
                appointment=booked,
                client_id=booked.client_id,
                site_id=booked.site_id,
                procedure_id=booked.procedure_id,
                practitioner=user,
                consent=consent,
                text_id=consent.text_id,
                check_in=check_in,
                time_zone=booked.time_zone,
                local_day=booked.local_day,
                nothing_new=check_in.nothing_new,
                cooling_off_until=thought_until,
                max_depth_mm=booked.depth_mm,
                consent_depth_mm=consent.depth_mm,
                session_number=queries.sessions_done(booked.client_id, booked.procedure_id) + 1,
                started_at=at,
                **acted_by(actor),
            )
    except IntegrityError as error:
        raise refusal_for(error, wording.START_PROMISES) from error
