"""Signing, stopping, correcting: each one transaction, with its audit rows."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.audit.record import record as audit
from clinic.booking import transitions
from clinic.booking.models import Appointment
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.treatments import wording
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.people import check_may_sign
from clinic.treatments.recording import write
from clinic.treatments.values import Done

Status = Appointment.Status


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
