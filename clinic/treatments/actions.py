"""What happens in the treatment room. Each verb is one transaction with its audit row."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.audit.record import record as audit
from clinic.booking import transitions
from clinic.booking.facts import day_facts
from clinic.booking.gate import missing
from clinic.booking.models import Appointment, CheckIn
from clinic.booking.verdicts import Answer
from clinic.consent.models import Consent
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.treatments import queries, wording
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.people import check_may_perform, check_may_sign
from clinic.treatments.recording import write
from clinic.treatments.values import Done

Status = Appointment.Status


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
    booked = _locked(appointment)
    check_may_perform(actor, user, booked.procedure)
    if treatment := Treatment.objects.filter(appointment=booked).first():
        raise Refused(_say_started(treatment))
    if answers := missing(day_facts(appointment=booked, at=at)):
        raise NotTreatable(answers)
    consent = queries.consent_in_force(booked)
    check_in = booked.check_ins.order_by("-pk").first()
    if consent is None or check_in is None:
        raise Refused(wording.NOT_TREATABLE)
    treatment = _begin(actor, user, booked, consent, check_in, at)
    transitions.apply(
        booked, Status.IN_TREATMENT, actor=actor, at=at, verb="appointment.in_treatment"
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


@transaction.atomic
def sign(
    *, actor: Actor, user: User, treatment: Treatment, done: Done, at: datetime
) -> TreatmentRecord:
    """Sign what was done. Ends the treatment; the appointment becomes DONE.

    Raises NotSignable with each problem beside its field, or Refused when it has ended already.
    """
    running = _running(actor, user, treatment)
    signed = write(
        actor=actor, user=user, treatment=running, done=done, meaning=str(wording.MEANING), at=at
    )
    _end(running, actor=actor, at=at)
    _audit_record("treatment.sign", signed, actor, at)
    return signed


@transaction.atomic
def stop(
    *,
    actor: Actor,
    user: User,
    treatment: Treatment,
    cause: str,
    at: datetime,
    done: Done | None = None,
) -> TreatmentRecord | None:
    """End the treatment early, for a cause. `done` is what had been carried out by then.

    With `done` the appointment becomes DONE, for the skin must rest; without, CANCELLED.
    """
    running = _running(actor, user, treatment)
    if not cause.strip():
        raise Refused(wording.NO_CAUSE)
    meaning = str(wording.MEANING)
    signed = None
    if done is not None:
        signed = write(actor=actor, user=user, treatment=running, done=done, meaning=meaning, at=at)
    _end(running, actor=actor, at=at, cause=cause.strip(), touched=signed is not None)
    audit(
        actor=actor,
        verb="treatment.stop",
        at=at,
        subject=running,
        client_id=running.client_id,
        recorded=signed is not None,
    )
    if signed:
        _audit_record("treatment.sign", signed, actor, at)
    return signed


@transaction.atomic
def correct(
    *,
    actor: Actor,
    user: User,
    record: TreatmentRecord,
    done: Done,
    reason: str,
    at: datetime,
) -> TreatmentRecord:
    """Sign a new record in place of `record`, which stays. The reason is part of its meaning."""
    treatment = _held(record.treatment)
    check_may_sign(actor, user, treatment)
    if treatment.ended_at is None:
        raise Refused(wording.STILL_RUNNING)
    if not reason.strip():
        raise Refused(wording.NO_CAUSE)
    if TreatmentRecord.objects.filter(supersedes=record).exists():
        raise Refused(wording.CORRECTED_MEANWHILE)
    signed = write(
        actor=actor,
        user=user,
        treatment=treatment,
        done=done,
        meaning=f"{wording.CORRECTION_MEANING}\n{_('Reason:')} {reason.strip()}",
        at=at,
        supersedes=record,
    )
    _audit_record("treatment.correct", signed, actor, at)
    return signed


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("client", "procedure").get(pk=appointment.pk)


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
                cooling_off_until=consent.cooling_off_until,
                max_depth_mm=booked.depth_mm,
                consent_depth_mm=consent.depth_mm,
                session_number=queries.sessions_done(booked.client_id, booked.procedure_id) + 1,
                started_at=at,
                **acted_by(actor),
            )
    except IntegrityError as error:
        raise refusal_for(error, wording.START_PROMISES) from error


def _held(treatment: Treatment) -> Treatment:
    rows = Treatment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "procedure", "practitioner", "appointment__clearance__screening"
    ).get(pk=treatment.pk)


def _running(actor: Actor, user: User, treatment: Treatment) -> Treatment:
    held = _held(treatment)
    check_may_sign(actor, user, held)
    if held.ended_at is not None:
        raise Refused(wording.ALREADY_ENDED)
    return held


def _end(
    treatment: Treatment, *, actor: Actor, at: datetime, cause: str = "", touched: bool = True
) -> None:
    # First the treatment: while it runs, it holds its appointment in a live status.
    treatment.ended_at, treatment.stopped_cause = at, cause
    treatment.save(update_fields=["ended_at", "stopped_cause"])
    status = Status.DONE if touched else Status.CANCELLED
    transitions.apply(
        treatment.appointment,
        status,
        actor=actor,
        at=at,
        verb=f"appointment.{status.lower()}",
        cause=cause,
    )


def _audit_record(verb: str, signed: TreatmentRecord, actor: Actor, at: datetime) -> None:
    audit(
        actor=actor,
        verb=verb,
        at=at,
        subject=signed,
        client_id=signed.client_id,
        treatment=signed.treatment_id,
    )
