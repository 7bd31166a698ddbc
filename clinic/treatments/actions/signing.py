"""Signing and stopping: each one transaction, with its audit rows."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from clinic.accounts.models import User
from clinic.audit.record import record as audit
from clinic.booking import transitions
from clinic.booking.models import Appointment
from clinic.consent.actions import withdraw
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.form_drafts import forget
from clinic.intake.actions import lock_client
from clinic.treatments import wording
from clinic.treatments.deviations import Explained
from clinic.treatments.keys import record_key
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.people import check_may_sign
from clinic.treatments.recording import write
from clinic.treatments.resting import rest_as_done
from clinic.treatments.values import Done

Status = Appointment.Status


@transaction.atomic
def sign(
    *,
    actor: Actor,
    user: User,
    treatment: Treatment,
    done: Done,
    at: datetime,
    explained: Iterable[Explained] = (),
) -> TreatmentRecord:
    """Sign what was done. Ends the treatment, if nothing has stopped it; the appointment is DONE.

    `explained` says why something was done otherwise than cleared. Raises NotSignable with each
    problem beside its field, NotExplained for what differs, or Refused when it has its record.
    """
    held = _without_record(actor, user, treatment)
    signed = write(
        actor=actor,
        user=user,
        treatment=held,
        done=done,
        meaning=str(wording.MEANING),
        explained=explained,
        at=at,
    )
    if held.ended_at is None:
        _end(held, actor=actor, at=at)
    rest_as_done(actor=actor, record=signed, done=done, at=at)
    forget(record_key(held))
    audit_record("treatment.sign", signed, actor, at)
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
    by_client: bool = False,
    explained: Iterable[Explained] = (),
) -> TreatmentRecord | None:
    """End the treatment early, for a cause. `done` is what had been carried out by then.

    With `done` the appointment becomes DONE, for the skin must rest; without, CANCELLED. Where it
    was the client who asked (`by_client`), the consent ends as withdrawn.
    """
    running = _without_record(actor, user, treatment)
    if running.ended_at is not None:
        raise Refused(wording.STOPPED_MEANWHILE)
    if not cause.strip():
        raise Refused(wording.NO_CAUSE)
    meaning = str(wording.MEANING)
    signed = None
    if done is not None:
        signed = write(
            actor=actor,
            user=user,
            treatment=running,
            done=done,
            meaning=meaning,
            explained=explained,
            at=at,
        )
    _end(running, actor=actor, at=at, cause=cause.strip(), touched=signed is not None)
    if signed is not None and done is not None:
        rest_as_done(actor=actor, record=signed, done=done, at=at)
    if by_client and running.consent.live:
        withdraw(actor=actor, consent=running.consent, cause=cause.strip(), at=at)
    forget(record_key(running))
    audit(
        actor=actor,
        verb="treatment.stop",
        at=at,
        subject=running,
        client_id=running.client_id,
        recorded=signed is not None,
    )
    if signed:
        audit_record("treatment.sign", signed, actor, at)
    return signed


@transaction.atomic
def nothing_done(*, actor: Actor, user: User, treatment: Treatment, at: datetime) -> Treatment:
    """Say of a treatment that was stopped over one's head: nothing had been done on the skin.

    There will be no record; the appointment is CANCELLED, and no interval counts from it.
    """
    stopped = _without_record(actor, user, treatment)
    if stopped.ended_at is None:
        raise Refused(wording.STILL_RUNNING)
    stopped.nothing_done_at = at
    stopped.save(update_fields=["nothing_done_at"])
    transitions.apply(
        stopped.appointment,
        Status.CANCELLED,
        actor=actor,
        at=at,
        verb="appointment.cancel",
        cause=stopped.stopped_cause,
    )
    forget(record_key(stopped))
    audit(
        actor=actor,
        verb="treatment.nothing_done",
        at=at,
        subject=stopped,
        client_id=stopped.client_id,
    )
    return stopped


def held_treatment(treatment: Treatment) -> Treatment:
    """The treatment as it is now, held until the transaction ends."""
    # The client first, as everybody who withdraws, reports or books: two who wait for each other
    # would both lose.
    lock_client(treatment.client_id)
    rows = Treatment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "procedure", "practitioner", "consent", "appointment__clearance__screening"
    ).get(pk=treatment.pk)


def _without_record(actor: Actor, user: User, treatment: Treatment) -> Treatment:
    """The treatment, running or stopped over one's head, held until the transaction ends."""
    held = held_treatment(treatment)
    check_may_sign(actor, user, held)
    if held.ended_at is not None and not held.owes_record:
        raise Refused(wording.ALREADY_ENDED)
    return held


def _end(
    treatment: Treatment, *, actor: Actor, at: datetime, cause: str = "", touched: bool = True
) -> None:
    # First the treatment: while it runs, it holds its appointment in a live status.
    treatment.ended_at, treatment.stopped_cause = at, cause
    treatment.stopped_by = actor.name if cause else ""
    treatment.nothing_done_at = None if touched else at
    treatment.save(update_fields=["ended_at", "stopped_cause", "stopped_by", "nothing_done_at"])
    status = Status.DONE if touched else Status.CANCELLED
    transitions.apply(
        treatment.appointment,
        status,
        actor=actor,
        at=at,
        verb=f"appointment.{status.lower()}",
        cause=cause,
    )


def audit_record(verb: str, signed: TreatmentRecord, actor: Actor, at: datetime) -> None:
    """The audit row of a signed record."""
    audit(
        actor=actor,
        verb=verb,
        at=at,
        subject=signed,
        client_id=signed.client_id,
        treatment=signed.treatment_id,
    )
