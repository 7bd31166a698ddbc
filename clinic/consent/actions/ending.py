"""The client's no: before signing, or at any time after."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.consent.actions.locking import lock
from clinic.consent.errors import ENDING
from clinic.consent.models import Consent, PhotosTakenBack, Signature
from clinic.consent.queries import consents
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.intake.actions import lock_client
from clinic.intake.clearing import end_clearance
from clinic.intake.models import Clearance
from clinic.intake.queries import live_clearance

LONGEST_CAUSE = 500


@transaction.atomic
def refuse(*, actor: Actor, consent: Consent, cause: str, at: datetime) -> Consent:
    """The client does not agree. No reason is needed: an empty `cause` is said in our words.

    Raises Refused when it has ended already, or was signed (then it is withdrawn).
    """
    locked = lock(actor, consent)
    if locked.signatures.filter(kind=Signature.Kind.CLIENT).exists():
        raise Refused(_("This consent is already signed. To take it back, withdraw it."))
    cause = cause.strip() or _("The client did not agree.")
    return end(locked, kind=Consent.End.REFUSED, actor=actor, cause=cause, at=at)


@transaction.atomic
def withdraw(*, actor: Actor, consent: Consent, cause: str, at: datetime) -> Consent:
    """The client takes the consent back, signed or not. No reason is needed.

    From then on nobody can be treated on it: a running treatment stops (the database sees to it),
    and the clearance ends, which puts the appointments that hold it on hold. Raises Refused when
    it has ended already.
    """
    known = consents(actor).get(pk=consent.pk)
    # In the order in which everybody waits: client, clearance, consent; then what hangs on them.
    lock_client(known.client_id)
    held = live_clearance(known.client_id, known.procedure_id)
    if held is not None:
        Clearance.objects.select_for_update(no_key=True).get(pk=held.pk)
    locked = lock(actor, known)
    cause = cause.strip() or _("The client withdrew. No reason is needed.")
    ended = end(locked, kind=Consent.End.WITHDRAWN, actor=actor, cause=cause, at=at)
    if held is not None:
        why = _("The consent was withdrawn.")
        end_clearance(actor=actor, clearance=held, cause=why, at=at)
    return ended


@transaction.atomic
def take_photos_back(*, actor: Actor, consent: Consent, photo: str, at: datetime) -> None:
    """The client no longer permits one kind of photos (`photo` is its id); the consent stands.

    Raises Refused where that was never permitted, or was taken back before.
    """
    locked = lock(actor, consent)
    signed = locked.signatures.filter(kind=Signature.Kind.CLIENT).first()
    if signed is None or signed.choices.get(photo) != "yes":
        raise Refused(_("These photos were not permitted, so there is nothing to take back."))
    if locked.photos_taken_back.filter(photo=photo).exists():
        raise Refused(_("This was taken back already."))
    PhotosTakenBack.objects.create(consent=locked, photo=photo, at=at, **acted_by(actor))
    record(
        actor=actor,
        verb="consent.take_photos_back",
        at=at,
        subject=locked,
        client_id=locked.client_id,
        photo=photo,
    )


def end(consent: Consent, *, kind: Consent.End, actor: Actor, cause: str, at: datetime) -> Consent:
    """End a locked consent, for the actions of this room. Raises Refused if it has ended."""
    if consent.ended_at is not None:
        raise Refused(_("This consent has already ended."))
    try:
        with transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(
                ended_at=at,
                ended_by=actor.name,
                ended_cause=cause[:LONGEST_CAUSE],
                end_kind=kind,
            )
    except IntegrityError as error:
        # A newer text is never given over the head of a running treatment.
        raise refusal_for(error, ENDING) from error
    consent.refresh_from_db()
    record(
        actor=actor,
        verb=f"consent.{_VERBS[kind]}",
        at=at,
        subject=consent,
        client_id=consent.client_id,
    )
    return consent


_VERBS = {
    Consent.End.REFUSED: "refuse",
    Consent.End.WITHDRAWN: "withdraw",
    Consent.End.SUPERSEDED: "supersede",
}
