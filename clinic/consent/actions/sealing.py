"""Keeping the paper: the PDF of a signed consent, as bytes that never change."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.consent.models import Consent, ConsentDocument
from clinic.consent.pdf import consent_pdf
from clinic.consent.queries import vouched
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused


def paper_of(*, consent: Consent, at: datetime) -> ConsentDocument:
    """The newest PDF; made now if the signatures are there without one (an imported consent).

    Raises ConsentDocument.DoesNotExist while nobody has signed.
    """
    if not consent.signatures.exists():
        raise ConsentDocument.DoesNotExist
    return seal(consent=consent, at=at)


@transaction.atomic
def seal(*, consent: Consent, at: datetime) -> ConsentDocument:
    """The PDF with the signatures there are now: made once, the same ever after.

    Raises Refused while nobody has signed, and NotAsKept where the text is another than was given.
    """
    locked = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("client", "procedure")
        .get(pk=consent.pk)
    )
    signatures = list(locked.signatures.select_related("signed_by").order_by("signed_at", "pk"))
    if not signatures:
        raise Refused(_("There is no paper yet: nobody has signed."))
    kept = locked.documents.filter(signatures=len(signatures)).first()
    if kept:
        return kept
    vouched(locked)
    pdf = consent_pdf(locked, signatures)
    made = ConsentDocument.objects.create(
        consent=locked,
        signatures=len(signatures),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=at,
    )
    record(
        actor=replace(SYSTEM, site_id=locked.site_id),
        verb="consent.seal",
        at=at,
        subject=made,
        client_id=locked.client_id,
        sha256=made.sha256,
    )
    return made
