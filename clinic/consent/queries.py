"""Reads of the consent room, starting from the actor's site."""

from django.db.models import QuerySet

from clinic.consent.models import Consent, ConsentDocument, Signature
from clinic.core.actor import Actor


def consents(actor: Actor) -> QuerySet[Consent]:
    """Consents at the actor's site; for a client on a link, only their own."""
    found = Consent.objects.filter(site_id=actor.at_site)
    if actor.kind == "client":
        found = found.filter(client_id=actor.own_id)
    return found.select_related("client", "site", "procedure", "text", "screening")


def latest(client_id: int, procedure_id: int) -> Consent | None:
    """The newest consent of a client for a procedure, ended or not."""
    found = Consent.objects.filter(client_id=client_id, procedure_id=procedure_id)
    return found.select_related("text").order_by("-given_at", "-pk").first()


def signature(consent: Consent, kind: Signature.Kind) -> Signature | None:
    """The client's or the practitioner's signature, where there is one."""
    return consent.signatures.select_related("signed_by").filter(kind=kind).first()


def document(consent: Consent) -> ConsentDocument | None:
    """The newest sealed PDF."""
    return consent.documents.order_by("-signatures").first()
