"""Putting a signed record right: by a new record in its place, never by changing it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.booking import transitions
from clinic.booking.models import Appointment
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.core.form_drafts import forget
from clinic.treatments import wording
from clinic.treatments.actions.signing import audit_record, held_treatment
from clinic.treatments.deviations import Explained, Kind
from clinic.treatments.keys import correction_key
from clinic.treatments.models import Treatment, TreatmentRecord
from clinic.treatments.people import check_may_sign
from clinic.treatments.recording import keep_deviations, write
from clinic.treatments.resting import rest_as_done
from clinic.treatments.values import Done

COPIED = (
    "device",
    "skin_preparation",
    "cartridge_lot",
    "cartridge_expiry",
    "cartridge_kind",
    "more_cartridges",
    "performed_on",
    "finished_at",
)


@transaction.atomic
def correct(
    *,
    actor: Actor,
    user: User,
    record: TreatmentRecord,
    done: Done,
    reason: str,
    at: datetime,
    explained: Iterable[Explained] = (),
) -> TreatmentRecord:
    """Sign a new record in place of `record`, which stays. The reason is part of its meaning."""
    treatment = _correctable(actor, user, record, reason)
    signed = write(
        actor=actor,
        user=user,
        treatment=treatment,
        done=done,
        meaning=f"{wording.CORRECTION_MEANING}\n{_('Reason:')} {reason.strip()}",
        at=at,
        supersedes=record,
        explained=explained,
    )
    rest_as_done(actor=actor, record=signed, done=done, at=at)
    forget(correction_key(record))
    audit_record("treatment.correct", signed, actor, at)
    return signed


@transaction.atomic
def void(
    *,
    actor: Actor,
    user: User,
    record: TreatmentRecord,
    reason: str,
    action: str,
    at: datetime,
) -> TreatmentRecord:
    """Sign that `record` is of another client: nothing in it was done to this one.

    The record stays and can be read; the appointment is CANCELLED and no interval counts from it.
    `action`: what was done about it. It is a deviation that the clinical lead sees.
    """
    treatment = _correctable(actor, user, record, reason)
    if not action.strip():
        raise Refused(wording.NO_ACTION)
    meaning = str(wording.VOID_MEANING) % {"name": record.client.full_name}
    try:
        with transaction.atomic():
            signed = TreatmentRecord.objects.create(
                treatment=treatment,
                client_id=treatment.client_id,
                voids=True,
                meaning=f"{meaning}\n{_('Reason:')} {reason.strip()}",
                signed_at=at,
                signed_by=user,
                supersedes=record,
                **{name: getattr(record, name) for name in COPIED},
                **acted_by(actor),
            )
            why = Explained(
                kind=Kind.WRONG_CLIENT, what=meaning, why=reason.strip(), action=action.strip()
            )
            keep_deviations(signed, [why], actor=actor)
    except IntegrityError as error:
        raise refusal_for(error, wording.RECORD_PROMISES) from error
    if treatment.appointment.status == Appointment.Status.DONE:
        transitions.apply(
            treatment.appointment,
            Appointment.Status.CANCELLED,
            actor=actor,
            at=at,
            verb="appointment.cancel",
            cause=meaning,
        )
    forget(correction_key(record))
    audit_record("treatment.void", signed, actor, at)
    return signed


def _correctable(actor: Actor, user: User, record: TreatmentRecord, reason: str) -> Treatment:
    """The treatment of a record that still holds, held until the transaction ends."""
    treatment = held_treatment(record.treatment)
    check_may_sign(actor, user, treatment)
    if treatment.ended_at is None:
        raise Refused(wording.STILL_RUNNING)
    if not reason.strip():
        raise Refused(wording.NO_CAUSE)
    if TreatmentRecord.objects.filter(supersedes=record).exists():
        raise Refused(wording.CORRECTED_MEANWHILE)
    if record.voids:
        raise Refused(wording.VOID_STAYS)
    return treatment
