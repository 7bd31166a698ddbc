"""The two signatures: the client's, then the practitioner's."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.audit.record import record
from clinic.consent.actions.locking import check_counts, lock
from clinic.consent.actions.sealing import seal
from clinic.consent.errors import (
    ALREADY_SIGNED,
    SIGNING,
    TOO_EARLY,
    NotTicked,
    TextChanged,
)
from clinic.consent.models import Consent, Signature
from clinic.consent.saying import Beside
from clinic.consent.standing import can_sign
from clinic.consent.strokes import NotASignature, Stroke, clean
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by

NOTHING_BESIDE = Beside()
PHOTO_ANSWERS = frozenset({"yes", "no"})


@transaction.atomic
def sign_client(
    *,
    actor: Actor,
    consent: Consent,
    printed_name: str,
    method: str,
    strokes: list[Stroke] | None,
    acknowledged: Collection[str],
    choices: Mapping[str, str],
    content_sha256: str,
    at: datetime,
    beside: Beside = NOTHING_BESIDE,
) -> Signature:
    """Take the client's signature, on the clinic's tablet (a staff actor) or by their own link.

    `method` is DRAWN with `strokes`, or TYPED. `acknowledged` names every statement, `choices`
    maps every photo question to "yes" or "no". Raises TextChanged if `content_sha256` is not
    what is on record, NotTicked, and Refused for anything else that does not hold.
    """
    locked = lock(actor, consent)
    _can_be_signed(locked, at)
    if content_sha256 != locked.content_sha256:
        raise TextChanged
    _check_ticks(locked.content, set(acknowledged))
    _check_choices(locked.content, choices)
    plan = locked.content["plan"]
    meaning = _(
        "I have read this text and ticked each statement myself. I agree to %(procedure)s, up to "
        "%(depth)s mm, on these areas: %(areas)s."
    ) % {
        "procedure": plan["procedure"],
        "depth": plan["depth_mm"],
        "areas": plan["areas_in_words"],
    }
    return _sign(
        locked,
        actor=actor,
        at=at,
        kind=Signature.Kind.CLIENT,
        method=method,
        printed_name=printed_name,
        strokes=strokes,
        meaning=meaning,
        on_record=locked.content["client"]["name"],
        beside=beside,
        acknowledged=[ack["id"] for ack in locked.content["acknowledgements"]],
        choices=dict(choices),
    )


@transaction.atomic
def countersign(
    *,
    actor: Actor,
    user: User,
    consent: Consent,
    printed_name: str,
    method: str,
    strokes: list[Stroke] | None,
    beside: Beside,
    at: datetime,
) -> Signature:
    """The practitioner signs after the client: discussed, understood, freely chosen.

    `beside` says all four of capacity, and what was asked. With doubt nobody signs. Raises Refused
    for a part of that missing, for anybody who is not clinical or may not perform the procedure,
    before the client has signed, a second time, and on a consent that no longer counts.
    """
    locked = lock(actor, consent)
    if not actor.is_clinical or user.pk != actor.id:
        raise Refused(_("Only a practitioner can countersign, for themselves."))
    if not locked.procedure.performers.filter(pk=user.pk, is_active=True).exists():
        raise Refused(_("Only somebody who may perform this treatment can countersign."))
    _can_be_signed(locked, at, kind=Signature.Kind.PRACTITIONER)
    if not locked.signatures.filter(kind=Signature.Kind.CLIENT).exists():
        raise Refused(_("The client signs first."))
    beside.check_capacity()
    return _sign(
        locked,
        actor=actor,
        at=at,
        kind=Signature.Kind.PRACTITIONER,
        method=method,
        printed_name=printed_name,
        strokes=strokes,
        meaning=countersigning_means(locked),
        on_record=user.name,
        beside=beside,
        signed_by=user,
    )


def countersigning_means(consent: Consent) -> str:
    """What a practitioner says by countersigning."""
    return _(
        "I have discussed this treatment, its risks and the other choices with %(client)s. The "
        "client understood and chose freely."
    ) % {"client": consent.client.full_name}


def _can_be_signed(
    consent: Consent, at: datetime, *, kind: Signature.Kind = Signature.Kind.CLIENT
) -> None:
    check_counts(consent, at)
    if consent.signatures.filter(kind=kind).exists():
        raise Refused(ALREADY_SIGNED)
    if not can_sign(consent.cooling_off_until, at):
        raise Refused(TOO_EARLY)


def _check_ticks(content: Mapping[str, Any], ticked: set[str]) -> None:
    asked = [ack["id"] for ack in content.get("acknowledgements", [])]
    if missing := [one for one in asked if one not in ticked]:
        raise NotTicked(missing)
    if ticked - set(asked):
        raise TextChanged


def _check_choices(content: Mapping[str, Any], choices: Mapping[str, str]) -> None:
    asked = {photo["id"] for photo in content.get("photos", [])}
    if set(choices) != asked or not set(choices.values()) <= PHOTO_ANSWERS:
        raise Refused(_("Please answer each question about photos with yes or no."))


def _sign(
    consent: Consent,
    *,
    actor: Actor,
    at: datetime,
    kind: Signature.Kind,
    method: str,
    printed_name: str,
    strokes: list[Stroke] | None,
    on_record: str,
    beside: Beside,
    **fields: Any,
) -> Signature:
    name = " ".join(printed_name.split())
    if not name:
        raise Refused(_("Please write your name."))
    differs = beside.check_name(name, on_record=on_record)
    try:
        with transaction.atomic():
            made = Signature.objects.create(
                consent=consent,
                kind=kind,
                method=method,
                printed_name=name,
                name_differs=differs,
                strokes=_strokes(method, strokes),
                content_sha256=consent.content_sha256,
                signed_at=at,
                **beside.columns(),
                **fields,
                **acted_by(actor),
            )
    except IntegrityError as error:
        raise refusal_for(error, SIGNING) from error
    verb = "consent.sign" if kind == Signature.Kind.CLIENT else "consent.countersign"
    record(
        actor=actor,
        verb=verb,
        at=at,
        subject=consent,
        client_id=consent.client_id,
        signature=made.pk,
        content_sha256=consent.content_sha256,
        method=method,
    )
    seal(consent=consent, at=at)
    return made


def _strokes(method: str, strokes: list[Stroke] | None) -> list[Stroke] | None:
    if method == "TYPED":
        return None
    try:
        return clean(strokes)
    except NotASignature as error:
        raise Refused(_("Please sign in the box, or type your name.")) from error
