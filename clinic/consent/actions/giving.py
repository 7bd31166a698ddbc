"""Publishing a text, making it ready for a client, and handing it over."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.consent.actions.ending import end
from clinic.consent.actions.locking import check_counts, lock
from clinic.consent.errors import PUBLISHING
from clinic.consent.facts import case_of
from clinic.consent.freeze import content_sha256, frozen_content
from clinic.consent.models import Consent, ConsentText
from clinic.consent.reading import load
from clinic.consent.selection import choose, cooling_off_until, expires_on
from clinic.consent.text import Text
from clinic.core.actor import WRITING_ROLES, Actor, Role
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.intake.models import Screening
from clinic.procedures.models import Modality


@transaction.atomic
def publish_text(*, actor: Actor, text: Text, at: datetime) -> list[ConsentText]:
    """Publish a version for every modality, and end what was in force. Again is no change.

    Raises Refused for anybody but the clinical lead and the system, for a version that was
    published with another content, and while a treatment is under way on the text in force.
    """
    if actor.kind != "system" and not actor.has(Role.CLINICAL_LEAD):
        raise Refused(_("Only the clinical lead publishes a consent text."))
    return [_publish(actor, text, modality, at) for modality in Modality.values]


def _publish(actor: Actor, text: Text, modality: str, at: datetime) -> ConsentText:
    known = ConsentText.objects.filter(modality=modality, version=text.version).first()
    if known and known.sha256 != text.sha256:
        raise Refused(_("This version was published with other words. Give it a new number."))
    if known:
        return known
    cause = _("Version %(version)s was published.") % {"version": text.version}
    try:
        ConsentText.objects.filter(modality=modality, live=True).update(
            ended_at=at, ended_by=actor.name, ended_cause=cause
        )
    except IntegrityError as error:
        raise refusal_for(error, PUBLISHING) from error
    row = ConsentText.objects.create(
        modality=modality, version=text.version, sha256=text.sha256, published_at=at
    )
    record(
        actor=actor,
        verb="consent_text.publish",
        at=at,
        subject=row,
        version=text.version,
        modality=modality,
        sha256=text.sha256,
    )
    return row


@transaction.atomic
def prepare(*, actor: Actor, screening: Screening, at: datetime, today: date) -> Consent:
    """Make the text for this plan ready: freeze what the client will be shown.

    No time runs before it is in the client's hands (`hand_over`). The same text for the same
    screening is made once: the consent in force is returned. One
    with other content ends as SUPERSEDED. Raises Refused for a role that only reads, for answers
    or a plan that no longer count, for a treatment that nobody may give, and where no text is
    published or the clinic has no emergency number to print.
    """
    if not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    locked = _lock(actor, screening)
    row, text = text_in_force(locked.procedure.modality)
    chosen = choose(
        text,
        case_of(locked, today=today),
        clinic_hours=locked.procedure.cooling_off_hours,
        flags=frozenset(locked.flags),
    )
    performers = locked.procedure.performers.filter(is_active=True).order_by("name", "pk")
    content = frozen_content(text=text, chosen=chosen, screening=locked, performers=performers)
    sha256 = content_sha256(content)
    older = _in_force(locked)
    if older and _is_the_same(older, locked, row, sha256, today):
        return older
    if older:
        end(
            older,
            kind=Consent.End.SUPERSEDED,
            actor=actor,
            cause=_("A newer text was made."),
            at=at,
        )
    consent = Consent.objects.create(
        client=locked.client,
        site=locked.site,
        procedure=locked.procedure,
        screening=locked,
        text=row,
        content=content,
        content_sha256=sha256,
        language=text.language,
        prepared_at=at,
        expires_on=expires_on(today, text),
        depth_mm=locked.depth_mm,
        areas=locked.areas,
        anaesthetic_planned=locked.anaesthetic_planned,
        **acted_by(actor),
    )
    consent.refresh_from_db()
    record(
        actor=actor,
        verb="consent.prepare",
        at=at,
        subject=consent,
        client_id=consent.client_id,
        content_sha256=sha256,
        replaces=older.pk if older else None,
    )
    return consent


@transaction.atomic
def hand_over(*, actor: Actor, consent: Consent, how: Consent.Handed, at: datetime) -> Consent:
    """The text is in the client's hands: from now on the time to think runs. Again is no change.

    A client opens it by their link; staff hand over the tablet or a printed copy. Raises Refused
    for a role that only reads, and for a text that has ended or no longer counts.
    """
    locked = lock(actor, consent)
    if locked.given_at is not None:
        return locked
    check_counts(locked, at)
    Consent.objects.filter(pk=locked.pk).update(
        handed=how,
        given_at=at,
        cooling_off_until=cooling_off_until(at, locked.content["cooling_off"]["hours"]),
    )
    locked.refresh_from_db()
    record(
        actor=actor,
        verb="consent.give",
        at=at,
        subject=locked,
        client_id=locked.client_id,
        how=how.value,
    )
    return locked


def _lock(actor: Actor, screening: Screening) -> Screening:
    """The screening, held against being ended meanwhile. Two at once give one after the other."""
    locked = (
        Screening.objects.select_for_update(of=("self",))
        .select_related("client", "site", "procedure", "submission", "pack")
        .get(pk=screening.pk, site_id=actor.at_site)
    )
    if not locked.live:
        raise Refused(_("The answers or the plan have changed. Start from the newest ones."))
    if locked.hard_stop:
        raise Refused(_("This treatment must not be given, so there is nothing to agree to."))
    if not (locked.site.phone and locked.site.emergency_phone):
        raise Refused(_("The clinic's phone numbers are missing. A manager has to add them first."))
    return _as_cleared(locked)


def _as_cleared(screening: Screening) -> Screening:
    """The plan as far as it is cleared: nobody agrees to more than a decision allows. Not saved."""
    cleared = screening.clearances.filter(live=True).first()
    if cleared is not None:
        screening.depth_mm = cleared.depth_mm
        screening.areas = cleared.areas
        screening.anaesthetic_planned = cleared.anaesthetic_planned
    return screening


def text_in_force(modality: str) -> tuple[ConsentText, Text]:
    """The published text. Raises Refused where there is none, or another than was published."""
    row = ConsentText.objects.filter(modality=modality, live=True).first()
    if row is None:
        raise Refused(_("No consent text has been published for this treatment yet."))
    text = load(f"microneedling-{row.version}")
    if text.sha256 != row.sha256:
        raise Refused(_("The consent text is not the one that was published."))
    return row, text


def _in_force(screening: Screening) -> Consent | None:
    found = Consent.objects.select_for_update().filter(
        client_id=screening.client_id, procedure_id=screening.procedure_id, ended_at=None
    )
    return found.first()


def _is_the_same(
    older: Consent, screening: Screening, row: ConsentText, sha256: str, today: date
) -> bool:
    return (
        older.screening_id == screening.pk
        and older.text_id == row.pk
        and older.content_sha256 == sha256
        and older.expires_on >= today
    )
