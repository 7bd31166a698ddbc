"""Reads of the consent room, starting from the actor's site."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from clinic.clients.models import Client
from clinic.consent.freeze import content_sha256
from clinic.consent.models import Consent, ConsentDocument, Signature
from clinic.consent.standing import Facts, Standing, standing
from clinic.core.actor import Actor
from clinic.core.fingerprints import as_kept
from clinic.intake.models import Screening
from clinic.intake.queries import screenings


def consents(actor: Actor) -> QuerySet[Consent]:
    """Consents at the actor's site; for a client on a link, only their own."""
    found = Consent.objects.filter(site_id=actor.at_site)
    if actor.kind == "client":
        found = found.filter(client_id=actor.own_id)
    return found.select_related("client", "site", "procedure", "text", "screening")


def consent(actor: Actor, consent_id: int) -> Consent:
    """One consent in scope, as it was given. Raises Consent.DoesNotExist and NotAsKept."""
    found = consents(actor).get(pk=consent_id)
    vouched(found)
    return found


def vouched(consent: Consent) -> str:
    """The fingerprint of the text as it is now. Raises NotAsKept where it is another one."""
    return as_kept(
        computed=content_sha256(consent.content),
        kept=consent.content_sha256,
        what=f"consent {consent.pk}",
    )


def screening(actor: Actor, screening_id: int) -> Screening:
    """One screening in scope, to give the text for. Raises Screening.DoesNotExist."""
    return screenings(actor).get(pk=screening_id)


def latest(client_id: int, procedure_id: int) -> Consent | None:
    """The newest consent of a client for a procedure, ended or not."""
    found = Consent.objects.filter(client_id=client_id, procedure_id=procedure_id)
    return found.select_related("text").order_by("-pk").first()


def signature(consent: Consent, kind: Signature.Kind) -> Signature | None:
    """The client's or the practitioner's signature, where there is one."""
    return consent.signatures.select_related("signed_by").filter(kind=kind).first()


def signatures(consent: Consent) -> list[Signature]:
    """The signatures in the order of signing."""
    return list(consent.signatures.order_by("signed_at", "pk"))


@dataclass(frozen=True, kw_only=True)
class PhotoChoice:
    """One kind of photos, whether the client permitted it when signing, and took that back."""

    id: str
    title: str
    permitted: bool
    taken_back_at: datetime | None = None

    @property
    def still_permitted(self) -> bool:
        return self.permitted and self.taken_back_at is None


def photo_choices(consent: Consent) -> list[PhotoChoice]:
    """What the client chose about photos; empty until signed. Two queries."""
    signed = signature(consent, Signature.Kind.CLIENT)
    if signed is None:
        return []
    back = dict(consent.photos_taken_back.values_list("photo", "at"))
    return [
        PhotoChoice(
            id=photo["id"],
            title=photo["title"],
            permitted=signed.choices[photo["id"]] == "yes",
            taken_back_at=back.get(photo["id"]),
        )
        for photo in consent.content.get("photos", [])
        if photo["id"] in signed.choices
    ]


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """An appointment that this consent is for, not yet over. `running`: the treatment is on."""

    starts_at: datetime
    practitioner: str
    running: bool = False


def appointments_ahead(consent: Consent, *, today: date) -> list[Ahead]:
    """The client's coming appointments for this procedure, soonest first.

    Read through the client, since the booking room lies above this one.
    """
    rows = Client.objects.filter(
        pk=consent.client_id,
        appointments__procedure_id=consent.procedure_id,
        appointments__local_day__gte=today,
        appointments__status__in=("BOOKED", "ARRIVED", "IN_TREATMENT", "ON_HOLD"),
    ).order_by("appointments__starts_at")
    found = rows.values_list(
        "appointments__starts_at", "appointments__practitioner__name", "appointments__status"
    )
    return [
        Ahead(starts_at=starts_at, practitioner=name, running=status == "IN_TREATMENT")
        for starts_at, name, status in found
    ]


def document(consent: Consent) -> ConsentDocument | None:
    """The newest sealed PDF."""
    return consent.documents.order_by("-signatures").first()


def standing_of(consent: Consent, *, now: datetime, today: date) -> Standing:
    """Where a consent stands. One query."""
    kinds = set(consent.signatures.values_list("kind", flat=True))
    facts = Facts(
        end_kind=consent.end_kind,
        is_current=consent.text.live and consent.screening.live,
        client_signed=Signature.Kind.CLIENT in kinds,
        practitioner_signed=Signature.Kind.PRACTITIONER in kinds,
        cooling_off_until=consent.cooling_off_until,
        expires_on=consent.expires_on,
    )
    return standing(facts, now=now, today=today)


def may_countersign(consent: Consent, actor: Actor) -> bool:
    """Whether the actor is clinical and performs this procedure."""
    return actor.is_clinical and consent.procedure.performers.filter(pk=actor.id).exists()
